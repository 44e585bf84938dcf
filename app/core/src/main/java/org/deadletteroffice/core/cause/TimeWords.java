package org.deadletteroffice.core.cause;

import java.util.Locale;
import java.util.Set;

/// Words that say when, or how long.
final class TimeWords {
    private static final Set<String> DAYS_AND_MONTHS =
            Set.of(
                    "mon",
                    "tue",
                    "wed",
                    "thu",
                    "fri",
                    "sat",
                    "sun",
                    "monday",
                    "tuesday",
                    "wednesday",
                    "thursday",
                    "friday",
                    "saturday",
                    "sunday",
                    "jan",
                    "feb",
                    "mar",
                    "apr",
                    "may",
                    "jun",
                    "jul",
                    "aug",
                    "sep",
                    "oct",
                    "nov",
                    "dec",
                    "january",
                    "february",
                    "march",
                    "april",
                    "june",
                    "july",
                    "august",
                    "september",
                    "october",
                    "november",
                    "december");

    /// Times that need no number.
    private static final Set<String> TOLD_FROM_NOW =
            Set.of("yesterday", "today", "tomorrow", "tonight", "noon", "midnight");

    /// What follows one of these may be a time.
    private static final Set<String> BEFORE_TIMES =
            Set.of(
                    "since", "until", "till", "before", "after", "by", "on", "from", "to", "in",
                    "for", "next", "last", "every", "between", "and");

    private static final Set<String> SHORT_UNITS =
            Set.of("ns", "us", "µs", "ms", "s", "sec", "secs", "m", "min", "mins", "h", "d");

    private static final Set<String> LONG_UNITS =
            Set.of(
                    "millisecond",
                    "milliseconds",
                    "second",
                    "seconds",
                    "minute",
                    "minutes",
                    "hour",
                    "hours",
                    "day",
                    "days",
                    "week",
                    "weeks",
                    "month",
                    "months",
                    "year",
                    "years");

    static boolean isDayOrMonth(String word) {
        return word.length() <= 9 && DAYS_AND_MONTHS.contains(word.toLowerCase(Locale.ROOT));
    }

    /// `since March`, `until noon`.
    static boolean isTime(String word, String before) {
        return BEFORE_TIMES.contains(before)
                && (TOLD_FROM_NOW.contains(word)
                        || (Character.isUpperCase(word.charAt(0)) && isDayOrMonth(word)));
    }

    /// A word behind a number: which unit it is, is as much data as the number.
    static boolean isUnit(String word) {
        return isShortUnit(word) || LONG_UNITS.contains(word);
    }

    static boolean isShortUnit(String letters) {
        return SHORT_UNITS.contains(letters);
    }

    private TimeWords() {}
}
