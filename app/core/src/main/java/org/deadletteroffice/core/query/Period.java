package org.deadletteroffice.core.query;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The time in which a message died: `from:2026-11-30T08:00:00Z to:2026-11-30T09:00:00Z`, either
/// one alone too, at the head of a filter.
///
/// @param from the first moment; null for no beginning
/// @param to the first moment after it; null for no end
public record Period(@Nullable Instant from, @Nullable Instant to) {
    /// No bounds.
    public static final Period EVER = new Period(null, null);

    private static final Pattern BOUND = Pattern.compile("(from|to):(\\S+)\\s*");

    /// A period and the filter behind it.
    ///
    /// @param at where that begins in the text
    record Head(Period period, String rest, int at) {}

    /// A filter's text with this period in the place of its own.
    public static String within(String filter, Period period) {
        return (period.text() + read(filter.strip()).rest()).strip();
    }

    /// What is no time is left to the rest: a text may be searched for that begins like one.
    static Head read(String text) {
        var period = EVER;
        int at = 0;
        for (var bound = BOUND.matcher(text).region(0, text.length());
                bound.lookingAt();
                bound.region(at, text.length())) {
            var time = time(bound);
            if (time == null) {
                break;
            }
            period =
                    period.and(
                            bound.group(1).equals("from")
                                    ? new Period(time, null)
                                    : new Period(null, time));
            at = bound.end();
        }
        return new Head(period, text.substring(at), at);
    }

    private static @Nullable Instant time(Matcher bound) {
        try {
            return OffsetDateTime.parse(bound.group(2)).toInstant();
        } catch (DateTimeException noTime) {
            return null;
        }
    }

    /// What lies in both: from the later beginning to the earlier end.
    public Period and(Period other) {
        return new Period(
                from == null || (other.from != null && other.from.isAfter(from))
                        ? other.from
                        : from,
                to == null || (other.to != null && other.to.isBefore(to)) ? other.to : to);
    }

    /// Whether it ends before it could hold a moment.
    public boolean isEmpty() {
        return from != null && to != null && !from.isBefore(to);
    }

    public boolean isEver() {
        return from == null && to == null;
    }

    /// Whether a message of this time is meant; one without a time is in no period.
    boolean holds(@Nullable Instant time) {
        return isEver()
                || (time != null
                        && (from == null || !time.isBefore(from))
                        && (to == null || time.isBefore(to)));
    }

    /// As it is read, with a space behind it; empty for [#EVER].
    public String text() {
        return (from == null ? "" : "from:" + from + " ") + (to == null ? "" : "to:" + to + " ");
    }
}
