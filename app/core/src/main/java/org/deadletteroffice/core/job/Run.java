package org.deadletteroffice.core.job;

import java.time.Duration;
import org.deadletteroffice.core.job.JobControl.Halt;
import org.deadletteroffice.core.ledger.JobRow;
import org.deadletteroffice.core.ledger.JobTable;
import org.deadletteroffice.core.ledger.Wish;
import org.deadletteroffice.core.store.StoreUnavailable;
import org.jspecify.annotations.Nullable;

/// A job at work in this process, on threads of its own.
abstract class Run {
    final JobRow job;
    final JobControl control = new JobControl();
    private final Thread thread;

    /// @param atEnd told once the run has ended, however it did
    Run(JobRow job, Runnable atEnd) {
        this.job = job;
        this.thread =
                Thread.ofVirtual()
                        .name("job " + job.id())
                        .unstarted(
                                () -> {
                                    try {
                                        run();
                                    } finally {
                                        atEnd.run();
                                    }
                                });
    }

    /// From the start of the run to its end.
    abstract void run();

    /// Does at once what was asked for through the store. Any thread; of no effect once the run has
    /// ended.
    abstract void hear(Wish wish);

    final void start() {
        thread.start();
    }

    /// Lets what is in flight finish and leaves the job interrupted.
    final void close() throws InterruptedException {
        control.halt(new Halt.Close());
        thread.join();
    }

    final boolean isAlive() {
        return thread.isAlive();
    }

    final void join(Duration most) throws InterruptedException {
        thread.join(most);
    }

    /// Why nothing goes on though nobody paused it, in words; null while it does.
    final @Nullable String held() {
        return control.held();
    }

    /// What it waits for before a broker is asked again, in words; null where it waits for none.
    final @Nullable String waits() {
        return control.waits();
    }

    /// Says that this process lives and what it waits for, and hears what others ask. A store that
    /// cannot be written to just now holds the work, and not its pulse.
    final void beat(JobTable table, Standing standing, @Nullable Double rate) {
        try {
            table.heartbeat(job.lease(), rate).ifPresent(this::hear);
            standing.waits(waits());
        } catch (StoreUnavailable unavailable) {
            if (!unavailable.problem().mayPass()) {
                throw unavailable;
            }
        }
    }
}
