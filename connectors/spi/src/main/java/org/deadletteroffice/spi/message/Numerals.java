package org.deadletteroffice.spi.message;

import java.util.Locale;

/// Numerals in sentences, written alike on every machine whatever its language: `12,345`.
public final class Numerals {
    private static final String[] UNITS = {"KiB", "MiB", "GiB", "TiB", "PiB", "EiB"};

    /// Grouped by thousands.
    public static String of(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    /// `1 message`, `12 messages`.
    public static String of(long number, String singular, String plural) {
        return of(number) + " " + (number == 1 ? singular : plural);
    }

    /// With so many decimals: `1,234.5`.
    public static String decimal(double number, int decimals) {
        return String.format(Locale.ROOT, "%,." + decimals + "f", number);
    }

    /// Bytes in units of 1,024, with a decimal where the number is small: `812 B`, `1.0 MiB`, `50
    /// GiB`.
    public static String bytes(long bytes) {
        if (bytes < 1024) {
            return of(bytes) + " B";
        }
        var size = bytes / 1024.0;
        var unit = 0;
        while (size >= 1023.5 && unit < UNITS.length - 1) {
            size /= 1024;
            unit++;
        }
        return decimal(size, size < 9.95 ? 1 : 0) + ' ' + UNITS[unit];
    }

    private Numerals() {}
}
