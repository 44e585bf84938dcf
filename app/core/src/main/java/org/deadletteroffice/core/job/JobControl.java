package org.deadletteroffice.core.job;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.deadletteroffice.core.store.StoreUnavailable;
import org.jspecify.annotations.Nullable;

/// The gate of a running job: open, closed for a pause, or ended for a reason. The first reason
/// counts.
final class JobControl implements ScopeReader.Waiter {
    private static final Duration AGAIN = Duration.ofSeconds(1);

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
    private boolean closing;
    private volatile @Nullable String held;
    private final Map<Backoff, String> waits = new ConcurrentHashMap<>();

    void pause(boolean value) {
        change(() -> paused = value);
    }

    void halt(Halt reason) {
        change(
                () -> {
                    closing |= reason instanceof Halt.Close;
                    if (halt == null) {
                        halt = reason;
                    }
                });
    }

    /// Does what writes to the disk. Where that cannot be done now and may be later (the disk is
    /// full), the run is held here until it can, and nothing goes on meanwhile. `act` has to give
    /// the same when it was done in part before.
    ///
    /// @throws StoreUnavailable when waiting is of no use, or the run is halted meanwhile
    <T> T durably(Supplier<T> act) throws InterruptedException {
        while (true) {
            try {
                var result = act.get();
                held = null;
                return result;
            } catch (StoreUnavailable unavailable) {
                var problem = unavailable.problem();
                if (!problem.mayPass()) {
                    throw unavailable;
                }
                held = problem.getMessage() + " " + problem.remedy() + " The job then goes on.";
                if (awaitHalt(AGAIN)) {
                    throw unavailable;
                }
            }
        }
    }

    /// Waits a little, unless the program is being closed.
    ///
    /// @return false when it is, or the waiting thread shall end
    boolean mayWait() {
        lock.lock();
        try {
            var left = AGAIN.toNanos();
            while (left > 0 && !closing) {
                left = changed.awaitNanos(left);
            }
            return !closing;
        } catch (InterruptedException end) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            lock.unlock();
        }
    }

    /// Why nothing goes on, in words; null while it does.
    @Nullable String held() {
        return held;
    }

    @Override
    public Backoff backoff() {
        return new Backoff(this::waits);
    }

    private void waits(Backoff who, String words) {
        if (words.isEmpty()) {
            waits.remove(who);
        } else {
            waits.put(who, words);
        }
    }

    /// What it waits for before a broker is asked again, in words; null where it waits for none, or
    /// is to end.
    @Nullable String waits() {
        return halt() == null ? waits.values().stream().findFirst().orElse(null) : null;
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
    @Override
    public boolean goAfter(Duration wait) throws InterruptedException {
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
