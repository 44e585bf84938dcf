package org.deadletteroffice.sqs;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import org.deadletteroffice.spi.error.BrokerException;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkClientException;

/// Asks the service, each question on a thread of its own, so that every wait ends: with the
/// answer, with the time that is given, with an interruption, or when this is closed from another
/// thread. Thread-safe.
final class Calls implements AutoCloseable {
    /// Threads that last: the SDK, its JSON and the JDK's digests keep buffers by thread, which a
    /// new thread for each question would have to make anew. One that is idle for a minute ends.
    private static final Executor ASKING =
            Executors.newCachedThreadPool(Thread.ofPlatform().daemon().name("sqs-", 0).factory());

    private final SqsErrors errors;
    private final Duration timeout;
    private final @Nullable Calls parent;
    private final Set<FutureTask<?>> running = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    Calls(SqsErrors errors, Duration timeout) {
        this(errors, timeout, null);
    }

    private Calls(SqsErrors errors, Duration timeout, @Nullable Calls parent) {
        this.errors = errors;
        this.timeout = timeout;
        this.parent = parent;
    }

    /// Calls that end with this one, and can be ended before.
    Calls within() {
        return to(errors);
    }

    /// As [#within], to another service.
    ///
    /// @param errors what is told of that one
    Calls to(SqsErrors errors) {
        return new Calls(errors, timeout, this);
    }

    boolean isClosed() {
        return closed || (parent != null && parent.isClosed());
    }

    Duration timeout() {
        return timeout;
    }

    <T> T call(Act act, Callable<T> question) throws BrokerException {
        return call(act, timeout, question);
    }

    /// @throws BrokerException what the service or its client said, in the operator's words
    <T> T call(Act act, Duration most, Callable<T> question) throws BrokerException {
        var task = new FutureTask<>(asked(act, question));
        start(act, task);
        try {
            return task.get(most.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw SqsErrors.cancelled(act, stop);
        } catch (CancellationException closing) {
            throw SqsErrors.cancelled(act, closing);
        } catch (TimeoutException late) {
            throw errors.late(act, most, late);
        } catch (ExecutionException failed) {
            var cause = failed.getCause();
            throw told(act, cause == null ? failed : cause);
        } finally {
            forget(task);
        }
    }

    private static <T> Callable<T> asked(Act act, Callable<T> question) {
        return act.isRepeatable() ? again(question) : question;
    }

    private BrokerException told(Act act, Throwable failure) {
        return failure instanceof BrokerException told ? told : errors.of(failure, act);
    }

    /// Connections that were kept open may have been closed by the other side meanwhile; that shows
    /// only when one is used, and then the next may be no better.
    private static <T> Callable<T> again(Callable<T> question) {
        return () -> {
            for (var stale = 0; ; stale++) {
                try {
                    return question.call();
                } catch (SdkClientException failed) {
                    if (stale == Clients.CONNECTIONS
                            || !SqsErrors.isStale(failed)
                            || Thread.currentThread().isInterrupted()) {
                        throw failed;
                    }
                }
            }
        };
    }

    private void start(Act act, FutureTask<?> task) throws BrokerException {
        register(task);
        if (isClosed() || Thread.currentThread().isInterrupted()) {
            forget(task);
            throw SqsErrors.cancelled(act, null);
        }
        ASKING.execute(task);
    }

    /// Asks one question after the other.
    private static final class Asker {
        private final FutureTask<Boolean> task;

        /// When it asked its latest question, by [System#nanoTime].
        private volatile long began = System.nanoTime();

        /// @param askNext false when there is none left
        Asker(BooleanSupplier askNext) {
            task =
                    new FutureTask<>(
                            () -> {
                                while (askNext.getAsBoolean()) {
                                    began = System.nanoTime();
                                }
                                return true;
                            });
        }
    }

    /// Waits for the end of an asker.
    ///
    /// @param failure is set where it waits for one answer longer than `most`
    private void await(
            Act act, Duration most, Asker asker, AtomicReference<@Nullable BrokerException> failure)
            throws BrokerException {
        while (true) {
            var left = most.toNanos() - (System.nanoTime() - asker.began);
            try {
                asker.task.get(Math.max(0, left), TimeUnit.NANOSECONDS);
                return;
            } catch (TimeoutException late) {
                if (System.nanoTime() - asker.began >= most.toNanos()) {
                    failure.compareAndSet(null, errors.late(act, most, late));
                    return;
                }
            } catch (InterruptedException stop) {
                Thread.currentThread().interrupt();
                throw SqsErrors.cancelled(act, stop);
            } catch (CancellationException closing) {
                throw SqsErrors.cancelled(act, closing);
            } catch (ExecutionException defect) {
                throw told(act, defect);
            }
        }
    }

    /// Many questions, some at once, in their order. The first that fails ends all.
    ///
    /// @param width how many at once
    <T> List<T> all(Act act, List<? extends Callable<T>> questions, int width)
            throws BrokerException {
        return all(act, timeout, questions, width);
    }

    /// @param most how long each may take
    <T> List<T> all(Act act, Duration most, List<? extends Callable<T>> questions, int width)
            throws BrokerException {
        if (questions.size() == 1) {
            return List.of(call(act, most, questions.getFirst()));
        }
        var answers = new ArrayList<@Nullable T>(Collections.nCopies(questions.size(), null));
        var next = new AtomicInteger();
        var failure = new AtomicReference<@Nullable BrokerException>();
        BooleanSupplier askNext =
                () -> {
                    if (isClosed() || Thread.currentThread().isInterrupted()) {
                        failure.compareAndSet(null, SqsErrors.cancelled(act, null));
                    }
                    var n = failure.get() == null ? next.getAndIncrement() : answers.size();
                    if (n >= answers.size()) {
                        return false;
                    }
                    try {
                        answers.set(n, asked(act, questions.get(n)).call());
                    } catch (Exception failed) {
                        failure.compareAndSet(null, told(act, failed));
                    }
                    return true;
                };
        var askers = new ArrayList<Asker>();
        try {
            for (var i = 0; i < Math.min(width, questions.size()); i++) {
                var asker = new Asker(askNext);
                askers.add(asker);
                start(act, asker.task);
            }
            for (var asker : askers) {
                // Who waits too long for one answer is given up; what the others asked for counts.
                await(act, most, asker, failure);
            }
        } finally {
            // Whoever leaves early lets nobody ask on.
            next.set(answers.size());
            askers.forEach(asker -> forget(asker.task));
        }
        var failed = failure.get();
        if (failed != null) {
            throw failed;
        }
        var all = new ArrayList<T>(answers.size());
        for (var answer : answers) {
            if (answer == null) {
                throw new IllegalStateException("a question was not asked");
            }
            all.add(answer);
        }
        return all;
    }

    private void register(FutureTask<?> task) {
        running.add(task);
        if (parent != null) {
            parent.register(task);
        }
    }

    /// Ends it if it runs still.
    private void forget(FutureTask<?> task) {
        task.cancel(true);
        running.remove(task);
        if (parent != null) {
            parent.running.remove(task);
        }
    }

    /// Ends all that waits.
    @Override
    public void close() {
        closed = true;
        running.forEach(task -> task.cancel(true));
    }
}
