package org.deadletteroffice.core.job;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;

/// Messages per second over the last few seconds. One thread at a time.
final class RateMeter {
    private static final long WINDOW_NANOS = Duration.ofSeconds(3).toNanos();

    private final Deque<Mark> marks = new ArrayDeque<>();

    private record Mark(long at, long count) {}

    /// @param count so far in all
    /// @param now [System#nanoTime]
    double rate(long count, long now) {
        marks.addLast(new Mark(now, count));
        while (marks.size() > 2 && now - marks.getFirst().at() > WINDOW_NANOS) {
            marks.removeFirst();
        }
        var first = marks.getFirst();
        return now == first.at() ? 0 : (count - first.count()) * 1e9 / (now - first.at());
    }
}
