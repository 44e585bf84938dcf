package org.deadletteroffice.core.job;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// The gate of a running job: open, closed for a pause, or ended for a reason. The first reason
/// counts.
final class JobControl {
    /// Why a run ends before its work is done.
    sealed interface Halt {
        /// The operator stopped it.
        record Stop() implements Halt {}

        /// A stop rule did.
        record Rule(String sentence) implements Halt {}

        /// The program is closed.
        record Close() implements Halt {}

        /// Something failed that it could not mend.
        record Broken(Throwable cause) implements Halt {}
    }

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private boolean paused;
    private @Nullable Halt halt;

    void pause(boolean value) {
        change(() -> paused = value);
    }

    void halt(Halt reason) {
        change(
                () -> {
                    if (halt == null) {
                        halt = reason;
                    }
                });
    }

    private void change(Runnable change) {
        lock.lock();
        try {
            change.run();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    @Nullable Halt halt() {
        lock.lock();
        try {
            return halt;
        } finally {
            lock.unlock();
        }
    }

    boolean isPaused() {
        lock.lock();
        try {
            return paused && halt == null;
        } finally {
            lock.unlock();
        }
    }

    /// Waits while paused.
    ///
    /// @return whether to go on
    boolean go() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (paused && halt == null) {
                changed.await();
            }
            return halt == null;
        } finally {
            lock.unlock();
        }
    }

    /// Waits for a time, and then while paused.
    ///
    /// @return whether to go on
    boolean goAfter(Duration wait) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            var left = wait.toNanos();
            while (left > 0 && halt == null) {
                left = changed.awaitNanos(left);
            }
        } finally {
            lock.unlock();
        }
        return go();
    }

    /// Waits until it was halted, at most `wait`.
    boolean awaitHalt(Duration wait) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            var left = wait.toNanos();
            while (left > 0 && halt == null) {
                left = changed.awaitNanos(left);
            }
            return halt != null;
        } finally {
            lock.unlock();
        }
    }
}
