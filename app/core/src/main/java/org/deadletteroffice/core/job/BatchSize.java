package org.deadletteroffice.core.job;

import java.time.Duration;

/// How many messages go together: more while that is quick, since each batch costs a round of
/// commits, and fewer when it is slow, since a pause waits for the batch in flight. One thread at a
/// time.
final class BatchSize {
    private static final int LEAST = 500;
    private static final long QUICK = Duration.ofMillis(250).toNanos();
    private static final long SLOW = Duration.ofMillis(500).toNanos();

    private final int most;
    private int now;

    /// @param most never more than this
    BatchSize(int most) {
        this.most = most;
        this.now = Math.min(LEAST, most);
    }

    int now() {
        return now;
    }

    /// A batch of so many was sent and took so long.
    void took(int messages, long nanos) {
        if (nanos > SLOW) {
            now = Math.max(Math.min(LEAST, most), now / 2);
        } else if (nanos < QUICK && messages >= now) {
            now = Math.min(most, now * 2);
        }
    }
}
