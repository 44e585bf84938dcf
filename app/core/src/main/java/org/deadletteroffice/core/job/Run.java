package org.deadletteroffice.core.job;

import java.time.Duration;
import org.deadletteroffice.core.ledger.Wish;
import org.jspecify.annotations.Nullable;

/// A job at work in this process, on threads of its own.
interface Run {
    void start();

    /// Lets what is in flight finish and leaves the job interrupted.
    void close() throws InterruptedException;

    boolean isAlive();

    void join(Duration most) throws InterruptedException;

    /// Does at once what was asked for through the store. Any thread; of no effect once the run has
    /// ended.
    void hear(Wish wish);

    /// Why nothing goes on though nobody paused it, in words; null while it does.
    @Nullable String held();
}
