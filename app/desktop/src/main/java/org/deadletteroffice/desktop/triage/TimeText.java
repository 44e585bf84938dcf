package org.deadletteroffice.desktop.triage;

import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/// A moment as an operator types it: `14:30`, `2026-11-12`, `2026-11-12 14:30`, an RFC 3339
/// instant, `2 h`, `3 days ago`, `yesterday`.
public final class TimeText {
    private static final Pattern AGO =
            Pattern.compile(
                    "(\\d{1,6})\\s*(s|sec|m|min|minutes?|h|hours?|d|days?|w|weeks?)(\\s+ago)?");

    private TimeText() {}

    /// Empty when it is no moment.
    public static Optional<Instant> parse(String typed, Clock clock) {
        var text = typed.strip();
        var ago = AGO.matcher(text.toLowerCase(Locale.ROOT));
        if (ago.matches()) {
            return Optional.of(clock.instant().minus(span(ago.group(1), ago.group(2))));
        }
        var zone = clock.getZone();
        var today = LocalDate.now(clock);
        if (text.equalsIgnoreCase("yesterday")) {
            return Optional.of(today.minusDays(1).atStartOfDay(zone).toInstant());
        }
        if (text.equalsIgnoreCase("today")) {
            return Optional.of(today.atStartOfDay(zone).toInstant());
        }
        var spaced = text.replaceFirst("(?<=\\d)\\s+(?=\\d)", "T");
        List<Function<String, Instant>> forms =
                List.of(
                        Instant::parse,
                        t -> OffsetDateTime.parse(t).toInstant(),
                        t -> ZonedDateTime.parse(t).toInstant(),
                        t -> LocalDateTime.parse(t).atZone(zone).toInstant(),
                        t -> LocalDate.parse(t).atStartOfDay(zone).toInstant(),
                        t -> LocalTime.parse(t).atDate(today).atZone(zone).toInstant());
        for (var form : forms) {
            try {
                return Optional.of(form.apply(spaced));
            } catch (DateTimeException _) {
                // The next form may fit.
            }
        }
        return Optional.empty();
    }

    private static Duration span(String number, String unit) {
        long count = Long.parseLong(number);
        return switch (unit.charAt(0)) {
            case 's' -> Duration.ofSeconds(count);
            case 'm' -> Duration.ofMinutes(count);
            case 'h' -> Duration.ofHours(count);
            case 'd' -> Duration.ofDays(count);
            default -> Duration.ofDays(7 * count);
        };
    }
}
