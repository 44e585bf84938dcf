package org.deadletteroffice.desktop.text;

import org.deadletteroffice.spi.message.Count;
import org.deadletteroffice.spi.message.Numerals;
import org.jspecify.annotations.Nullable;

/// Numbers as the window writes them: grouped by thousands, with a sign or a unit where one helps.
public final class Amounts {
    /// What stands where a number is not known.
    public static final String UNKNOWN = "–";

    private static final double PER_MINUTE_BELOW = 0.05;

    public static String of(long number) {
        return Numerals.of(number);
    }

    public static String of(@Nullable Long number) {
        return number == null ? UNKNOWN : of(number.longValue());
    }

    /// A count with what its precision says: `≈ 12`, `≤ 12`, `≥ 12`.
    public static String of(Count count) {
        return switch (count.precision()) {
            case EXACT -> of(count.value());
            case APPROXIMATE -> "≈ " + of(count.value());
            case AT_MOST -> "≤ " + of(count.value());
            case AT_LEAST -> "≥ " + of(count.value());
        };
    }

    /// `1 message`, `12 messages`.
    public static String of(long number, String singular, String plural) {
        return Numerals.of(number, singular, plural);
    }

    /// `+1,822`, `−12`, `0`.
    public static String signed(long number) {
        return number > 0 ? "+" + of(number) : number < 0 ? "−" + of(-number) : "0";
    }

    /// Messages per second, in the unit that needs no decimals: `482 /s`, `31 /min`, `4 /h`.
    public static String rate(double perSecond) {
        var size = Math.abs(perSecond);
        if (size == 0) {
            return "0";
        }
        if (size >= 0.95) {
            return of(Math.round(perSecond)) + " /s";
        }
        if (size >= PER_MINUTE_BELOW) {
            return of(Math.max(1, Math.round(size * 60))) + " /min";
        }
        return of(Math.max(1, Math.round(size * 3600))) + " /h";
    }

    /// As [#rate], with its sign.
    public static String signedRate(double perSecond) {
        var text = rate(Math.abs(perSecond));
        return perSecond > 0 ? "+" + text : perSecond < 0 ? "−" + text : text;
    }

    /// Bytes in units of 1,024: `812 B`, `1.0 MiB`.
    public static String bytes(long bytes) {
        return Numerals.bytes(bytes);
    }

    /// `97.1 %`; a share is 0 to 1. Only all is `100 %` and only none is `0 %`.
    public static String percent(double share) {
        if (share <= 0 || share >= 1) {
            return share <= 0 ? "0 %" : "100 %";
        }
        var tenths = Math.clamp(Math.round(share * 1000), 1, 999);
        return tenths % 10 == 0 ? tenths / 10 + " %" : tenths / 10 + "." + tenths % 10 + " %";
    }

    private Amounts() {}
}
