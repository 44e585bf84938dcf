package org.deadletteroffice.core;

import java.time.Duration;

/// How long something takes or lasts, as a person reads it.
public final class Durations {
    /// The two largest units: `3 d 4 h`, `40 s`, `4 min 10 s`, or one where the other is none: `2
    /// h`; from ten days on days alone. What is negative reads as nothing: `0 s`.
    public static String words(Duration duration) {
        var seconds = Math.max(0, duration.toSeconds());
        if (seconds < 60) {
            return seconds + " s";
        }
        if (seconds < 3600) {
            return pair(seconds / 60, "min", seconds % 60, "s");
        }
        if (seconds < 86_400) {
            return pair(seconds / 3600, "h", seconds % 3600 / 60, "min");
        }
        var days = seconds / 86_400;
        return days >= 10 ? days + " d" : pair(days, "d", seconds % 86_400 / 3600, "h");
    }

    private static String pair(long large, String largeUnit, long small, String smallUnit) {
        var first = large + " " + largeUnit;
        return small == 0 ? first : first + " " + small + " " + smallUnit;
    }

    private Durations() {}
}
