package org.deadletteroffice.core.job;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Spaces batches so that no more than so many messages a second go out. One thread at a time.
final class Pacer {
    /// Sends are never bunched up for longer than this to make up for time lost.
    private static final long CATCH_UP_NANOS = Duration.ofMillis(100).toNanos();

    private final @Nullable Double perSecond;
    private long nextAt = Long.MIN_VALUE;

    /// @param perSecond null: no limit
    Pacer(@Nullable Double perSecond) {
        this.perSecond = perSecond;
    }

    /// How large a batch may be so that a second still has about ten of them.
    int batch(int most) {
        return perSecond == null ? most : (int) Math.clamp(Math.floor(perSecond / 10), 1, most);
    }

    /// How long to wait before these may go; then they count as gone.
    ///
    /// @param now [System#nanoTime]
    Duration delay(int messages, long now) {
        if (perSecond == null) {
            return Duration.ZERO;
        }
        var earliest = nextAt == Long.MIN_VALUE ? now : Math.max(nextAt, now - CATCH_UP_NANOS);
        nextAt = earliest + (long) (messages * 1e9 / perSecond);
        return Duration.ofNanos(Math.max(0, earliest - now));
    }
}
