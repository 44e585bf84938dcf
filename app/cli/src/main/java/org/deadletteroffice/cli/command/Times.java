package org.deadletteroffice.cli.command;

import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import org.deadletteroffice.core.OperatorException;
import org.deadletteroffice.spi.profile.ProfileSchema;

/// Instants as typed: RFC 3339, a date (its start in UTC), or how long ago (`2h`, `3d`).
final class Times {
    private Times() {}

    static Instant parse(String text, Clock clock) throws OperatorException {
        try {
            if (text.matches("\\d{4}-\\d{2}-\\d{2}")) {
                return LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant();
            }
            if (text.matches("\\d{4}-.*")) {
                return OffsetDateTime.parse(text).toInstant();
            }
            return clock.instant().minus(ProfileSchema.parseDuration(text));
        } catch (IllegalArgumentException | DateTimeException | ArithmeticException notATime) {
            throw new OperatorException(
                    OperatorException.Kind.WRONG_USE,
                    "'" + text + "' is no time.",
                    "Give one such as 2026-01-31T08:00:00Z, 2026-01-31, or how long ago: 2h.",
                    notATime);
        }
    }
}
