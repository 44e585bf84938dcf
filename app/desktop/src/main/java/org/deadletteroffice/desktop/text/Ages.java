package org.deadletteroffice.desktop.text;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.deadletteroffice.core.Durations;

/// Times as the window writes them, in the operator's time zone.
public final class Ages {
    private static final DateTimeFormatter CLOCK =
            DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ENGLISH);
    private static final DateTimeFormatter MINUTE =
            DateTimeFormatter.ofPattern("HH:mm", Locale.ENGLISH);
    private static final DateTimeFormatter DAY =
            DateTimeFormatter.ofPattern("d MMM", Locale.ENGLISH);
    private static final DateTimeFormatter DAY_OF_YEAR =
            DateTimeFormatter.ofPattern("d MMM yyyy", Locale.ENGLISH);
    private static final DateTimeFormatter FULL =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSS", Locale.ENGLISH);

    /// As [Durations#words], for views, which see no engine.
    public static String of(Duration duration) {
        return Durations.words(duration);
    }

    /// One unit only: `3 d`, `40 s`.
    public static String rough(Duration duration) {
        var text = Durations.words(duration);
        var second = text.indexOf(' ', text.indexOf(' ') + 1);
        return second < 0 ? text : text.substring(0, second);
    }

    /// How long ago, in one unit: `now`, `2 min ago`.
    public static String ago(Instant then, Instant now) {
        var age = Duration.between(then, now);
        return age.toSeconds() < 10 ? "now" : rough(age) + " ago";
    }

    /// The shortest that is clear: `11:42:04` today, `12 Nov 11:42` this year, else with the year.
    public static String at(Instant time, Instant now, ZoneId zone) {
        var local = time.atZone(zone);
        var today = LocalDate.ofInstant(now, zone);
        if (local.toLocalDate().equals(today)) {
            return CLOCK.format(local);
        }
        var day = local.getYear() == today.getYear() ? DAY : DAY_OF_YEAR;
        return day.format(local) + " " + MINUTE.format(local);
    }

    /// To the millisecond, for what has to be exact: `2026-11-12 11:42:04.120`.
    public static String exact(Instant time, ZoneId zone) {
        return FULL.format(time.atZone(zone));
    }

    private Ages() {}
}
