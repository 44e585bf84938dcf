package org.deadletteroffice.cli.command;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Optional;
import org.deadletteroffice.core.Durations;
import org.deadletteroffice.core.browse.Completeness;
import org.deadletteroffice.spi.message.Count;
import org.deadletteroffice.spi.message.Numerals;
import org.jspecify.annotations.Nullable;

/// Values as a person reads them in a table.
final class Text {
    private Text() {}

    static String count(Count count) {
        var number = Numerals.of(count.value());
        return switch (count.precision()) {
            case EXACT -> number;
            case APPROXIMATE -> "~" + number;
            case AT_MOST -> "≤" + number;
            case AT_LEAST -> "≥" + number;
        };
    }

    /// As [#count], with what is counted: `~1 message`.
    static String count(Count count, String singular, String plural) {
        return count(count) + " " + (count.value() == 1 ? singular : plural);
    }

    static @Nullable String bytes(@Nullable Long bytes) {
        return bytes == null ? null : Numerals.bytes(bytes);
    }

    static @Nullable String rate(@Nullable Double perSecond) {
        return perSecond == null ? null : Numerals.decimal(perSecond, 1);
    }

    static @Nullable String share(@Nullable Double share) {
        return share == null ? null : Numerals.decimal(share * 100, 0) + " %";
    }

    /// To the second, UTC.
    static @Nullable String instant(@Nullable Instant instant) {
        return instant == null ? null : instant.truncatedTo(ChronoUnit.SECONDS).toString();
    }

    /// `850 ms`, else as [Durations#words].
    static @Nullable String duration(@Nullable Duration duration) {
        if (duration == null) {
            return null;
        }
        return duration.toSeconds() == 0 ? duration.toMillis() + " ms" : Durations.words(duration);
    }

    /// How far a scan is.
    static String soFar(Completeness completeness) {
        return Numerals.of(completeness.read())
                + " of "
                + count(completeness.total())
                + " read, "
                + Numerals.of(completeness.matched())
                + " match";
    }

    /// What a list leaves out, in words; empty when it is whole.
    static Optional<String> limits(Completeness completeness) {
        return completeness.complete() || completeness.sentence().isBlank()
                ? Optional.empty()
                : Optional.of(completeness.sentence());
    }

    /// `DEAD_LETTER` → `dead letter`.
    static String words(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
