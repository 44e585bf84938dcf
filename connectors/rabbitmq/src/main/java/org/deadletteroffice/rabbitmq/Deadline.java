package org.deadletteroffice.rabbitmq;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.Lock;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.IntSupplier;

/// How long a call may wait, and who may end it sooner: its caller's interruption, or whoever
/// closes what it works for.
///
/// RabbitMQ's client waits for answers without heeding interruption; so its calls run on threads of
/// their own, and the caller waits here.
final class Deadline {
    /// How soon a wait notices that somebody closed what it waits for.
    private static final long SLICE = TimeUnit.MILLISECONDS.toNanos(50);

    private final long time;
    private final BooleanSupplier stopped;
    private long end;

    private Deadline(long time, BooleanSupplier stopped) {
        this.time = time;
        this.stopped = stopped;
        this.end = System.nanoTime() + time;
    }

    static Deadline in(Duration time, BooleanSupplier stopped) {
        return new Deadline(time.toNanos(), stopped);
    }

    /// The broker answered with some of what is asked for, so there is as much time again for the
    /// rest.
    void renew() {
        end = Math.max(end, System.nanoTime() + time);
    }

    boolean isStopped() {
        return stopped.getAsBoolean();
    }

    /// Nanoseconds that are left, never negative.
    long left() {
        return Math.max(0, end - System.nanoTime());
    }

    /// Runs `work` on a thread of its own and waits for it.
    ///
    /// @param late is given a result that came when nobody waited any more
    /// @throws InterruptedException when the caller was interrupted, at once
    /// @throws CancellationException when it was stopped
    /// @throws TimeoutException when the time is over
    /// @throws Exception what `work` threw
    <T> T await(Callable<T> work, Consumer<T> late) throws Exception {
        return await(work, late, () -> 0);
    }

    private <T> T await(Callable<T> work, Consumer<T> late, IntSupplier progress) throws Exception {
        var before = progress.getAsInt();
        var abandoned = new AtomicBoolean();
        var task =
                new FutureTask<T>(
                        () -> {
                            var result = work.call();
                            if (!abandoned.compareAndSet(false, true)) {
                                late.accept(result);
                            }
                            return result;
                        });
        Thread.ofVirtual().name("rabbitmq call").start(task);
        try {
            while (true) {
                check();
                before = renewed(before, progress);
                try {
                    return task.get(Math.min(SLICE, left() + 1), TimeUnit.NANOSECONDS);
                } catch (TimeoutException _) {
                    // looks again whether to wait on
                }
            }
        } catch (ExecutionException failed) {
            throw failed.getCause() instanceof Exception cause ? cause : failed;
        } catch (InterruptedException | CancellationException | TimeoutException over) {
            if (!abandoned.compareAndSet(false, true) && task.state() == FutureTask.State.SUCCESS) {
                late.accept(task.resultNow());
            }
            throw over;
        }
    }

    void await(Work work) throws Exception {
        await(work, () -> 0);
    }

    /// @param progress of the work: as long as it changes, it is waited for
    void await(Work work, IntSupplier progress) throws Exception {
        Object _ =
                await(
                        () -> {
                            work.run();
                            return "done";
                        },
                        _ -> {},
                        progress);
    }

    private int renewed(int before, IntSupplier progress) {
        var now = progress.getAsInt();
        if (now != before) {
            renew();
        }
        return now;
    }

    /// Waits for something else to be over, which uses up none of this deadline's time.
    ///
    /// @param most how long that may take
    /// @throws TimeoutException when it takes longer
    void awaitBefore(Work other, Duration most) throws Exception {
        var began = System.nanoTime();
        in(most, stopped).await(other);
        end += System.nanoTime() - began;
    }

    interface Work {
        void run() throws Exception;
    }

    /// @throws TimeoutException when another held it for too long
    void lock(Lock lock) throws InterruptedException, TimeoutException {
        lock(lock, () -> 0);
    }

    /// @param progress of the one who has the lock: as long as it changes, it is waited for
    void lock(Lock lock, IntSupplier progress) throws InterruptedException, TimeoutException {
        var before = progress.getAsInt();
        do {
            check();
            before = renewed(before, progress);
        } while (!lock.tryLock(Math.min(SLICE, left() + 1), TimeUnit.NANOSECONDS));
    }

    /// @throws CancellationException when it was stopped
    void check() throws InterruptedException, TimeoutException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        if (isStopped()) {
            throw new CancellationException();
        }
        if (left() == 0) {
            throw new TimeoutException();
        }
    }
}
