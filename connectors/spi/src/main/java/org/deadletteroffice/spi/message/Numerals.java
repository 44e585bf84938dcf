package org.deadletteroffice.spi.message;

import java.util.Locale;

/// Numerals in sentences, written alike on every machine whatever its language: `12,345`.
public final class Numerals {
    /// Grouped by thousands.
    public static String of(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    /// `1 message`, `12 messages`.
    public static String of(long number, String singular, String plural) {
        return of(number) + " " + (number == 1 ? singular : plural);
    }

    private Numerals() {}
}
