package org.deadletteroffice.desktop.fx;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import javafx.application.Platform;
import org.deadletteroffice.core.Signal.Subscription;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The one gate between the FX thread and the rest: work runs on virtual threads, what is to be
/// shown comes back on the FX thread, all of one pulse together.
///
/// Safe to use from any thread.
public final class Background {
    private static final Logger LOG = LoggerFactory.getLogger(Background.class);

    /// Where work runs.
    private interface Runner {
        Running run(Runnable work);
    }

    /// Work that blocks: asks a broker, the disk, the store.
    @FunctionalInterface
    public interface Work<T> {
        T run() throws Exception;
    }

    /// Work without a result.
    @FunctionalInterface
    public interface Act {
        void run() throws Exception;
    }

    /// Work under way.
    @FunctionalInterface
    public interface Running {
        /// Work that is not there.
        Running NOTHING = () -> {};

        /// Interrupts the work; neither its result nor its failure is shown afterwards. Harmless
        /// when it has ended.
        void cancel();
    }

    private final Runner runner;
    private final Consumer<Runnable> shower;
    private final boolean inline;

    private Background(Runner runner, Consumer<Runnable> shower, boolean inline) {
        this.runner = runner;
        this.shower = shower;
        this.inline = inline;
    }

    /// For the window: virtual threads, and the FX thread once a pulse.
    public static Background onVirtualThreads() {
        var pulse = new Pulse(Platform::runLater);
        return new Background(
                work -> Thread.ofVirtual().name("background").start(work)::interrupt,
                pulse::add,
                false);
    }

    /// For tests of models: everything happens at once, on the thread that asks.
    public static Background onCallingThread() {
        return new Background(
                work -> {
                    work.run();
                    return Running.NOTHING;
                },
                Runnable::run,
                true);
    }

    /// For tests of answers that come late: `holder` gets the work, and runs it when it likes, on
    /// its own thread.
    public static Background heldBy(Consumer<Runnable> holder) {
        return new Background(
                work -> {
                    holder.accept(work);
                    return Running.NOTHING;
                },
                Runnable::run,
                true);
    }

    /// Runs `work`, then calls `done` with its result or `failed` with what went wrong, on the FX
    /// thread.
    public <T> Running run(
            Work<? extends T> work, Consumer<? super T> done, Consumer<Problem> failed) {
        var cancelled = new Cancelled();
        var running =
                runner.run(
                        () -> {
                            Runnable ending;
                            try {
                                var result = work.run();
                                ending = () -> done.accept(result);
                            } catch (Exception | LinkageError failure) {
                                var problem = Problem.of(failure);
                                if (problem.unexpected() && !cancelled.is) {
                                    LOG.error("Background work failed", failure);
                                }
                                ending = () -> failed.accept(problem);
                            }
                            var last = ending;
                            show(
                                    () -> {
                                        if (!cancelled.is) {
                                            last.run();
                                        }
                                    });
                        });
        return () -> {
            cancelled.is = true;
            running.cancel();
        };
    }

    /// As [#run(Work, Consumer, Consumer)], for work whose success has nothing to tell.
    public Running run(Act act, Runnable done, Consumer<Problem> failed) {
        return run(
                () -> {
                    act.run();
                    return Boolean.TRUE;
                },
                _ -> done.run(),
                failed);
    }

    /// Calls `update` on the FX thread, after those asked for before it.
    public void show(Runnable update) {
        shower.accept(update);
    }

    /// A listener that may be called from any thread, as often as it likes: `target` gets the
    /// latest value, at most once a pulse, on the FX thread.
    public <T> Consumer<T> latest(Consumer<? super T> target) {
        if (inline) {
            return target::accept;
        }
        var pending = new AtomicReference<Latest<T>>();
        return value -> {
            if (pending.getAndSet(new Latest<>(value)) == null) {
                show(
                        () -> {
                            var last = pending.getAndSet(null);
                            if (last != null) {
                                target.accept(last.value());
                            }
                        });
            }
        };
    }

    /// Calls `act` on the FX thread after `delay`, unless cancelled before. On the calling thread
    /// (in tests): at once.
    public Running after(Duration delay, Runnable act) {
        return run(
                () -> {
                    if (!inline) {
                        // The pause is what was asked for; cancelling interrupts it.
                        Thread.sleep(delay);
                    }
                },
                act,
                _ -> {});
    }

    /// Calls `update` on the FX thread now and then every `period`, until closed. On the calling
    /// thread (in tests): once.
    public Subscription every(Duration period, Runnable update) {
        if (inline) {
            update.run();
            return () -> {};
        }
        var ticks = latest((Boolean _) -> update.run());
        var closed = new CountDownLatch(1);
        Thread.ofVirtual()
                .name("every " + period)
                .start(
                        () -> {
                            try {
                                do {
                                    ticks.accept(true);
                                } while (!closed.await(period.toNanos(), TimeUnit.NANOSECONDS));
                            } catch (InterruptedException stop) {
                                Thread.currentThread().interrupt();
                            }
                        });
        return closed::countDown;
    }

    private record Latest<T>(T value) {}

    private static final class Cancelled {
        private volatile boolean is;
    }
}
