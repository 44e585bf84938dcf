package org.deadletteroffice.core.decode;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.format.TextStyle;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/// What a payload that is one short word may be besides text: a UUID, a date, a time.
final class Scalars {
    private static final int LONGEST = 40;

    /// From 1582 to 1970 in units of 100 ns: the clock of time-based UUIDs (RFC 9562, section 5.1).
    private static final long GREGORIAN = 0x01B21DD213814000L;

    /// A sentence for the operator; empty for any other text.
    static Optional<String> told(String text) {
        var word = text.strip();
        if (word.length() < 8 || word.length() > LONGEST) {
            return Optional.empty();
        }
        if (word.length() == 36 && word.charAt(8) == '-') {
            return uuid(word);
        }
        if (word.charAt(4) == '-' && Character.isDigit(word.charAt(0))) {
            return date(word);
        }
        return Optional.empty();
    }

    private static Optional<String> uuid(String word) {
        try {
            var uuid = UUID.fromString(word);
            var time =
                    switch (uuid.version()) {
                        case 1 ->
                                Optional.of(
                                        Instant.ofEpochMilli(
                                                (uuid.timestamp() - GREGORIAN) / 10_000));
                        case 7 ->
                                Optional.of(
                                        Instant.ofEpochMilli(uuid.getMostSignificantBits() >>> 16));
                        default -> Optional.<Instant>empty();
                    };
            return Optional.of(
                    "It is a UUID of version "
                            + uuid.version()
                            + time.map(it -> ", made at " + it + ".").orElse("."));
        } catch (IllegalArgumentException notOne) {
            return Optional.empty();
        }
    }

    private static Optional<String> date(String word) {
        try {
            return word.length() == 10
                    ? Optional.of("It is a date: " + weekday(LocalDate.parse(word)) + ".")
                    : Optional.of("It is a time: " + OffsetDateTime.parse(word).toInstant() + ".");
        } catch (DateTimeException notOne) {
            return Optional.empty();
        }
    }

    private static String weekday(LocalDate date) {
        return date.getDayOfWeek().getDisplayName(TextStyle.FULL, Locale.ENGLISH);
    }

    private Scalars() {}
}
