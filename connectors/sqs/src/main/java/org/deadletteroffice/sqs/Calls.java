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
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
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
        var task = new FutureTask<>(act.isRepeatable() ? again(question) : question);
        return await(act, most, task, start(act, task, ASKING));
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

    private <T> FutureTask<T> start(Act act, FutureTask<T> task, Executor threads)
            throws BrokerException {
        register(task);
        if (isClosed() || Thread.currentThread().isInterrupted()) {
            forget(task);
            throw SqsErrors.cancelled(act, null);
        }
        threads.execute(task);
        return task;
    }

    private <T> T await(Act act, Duration most, FutureTask<T> task, Future<T> answer)
            throws BrokerException {
        try {
            return answer.get(most.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw SqsErrors.cancelled(act, stop);
        } catch (CancellationException closing) {
            throw SqsErrors.cancelled(act, closing);
        } catch (TimeoutException late) {
            throw errors.unreachable(act, late);
        } catch (ExecutionException failed) {
            var cause = failed.getCause();
            throw cause instanceof BrokerException told
                    ? told
                    : errors.of(cause == null ? failed : cause, act);
        } finally {
            forget(task);
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
        Callable<Boolean> worker =
                () -> {
                    for (int i;
                            failure.get() == null
                                    && (i = next.getAndIncrement()) < answers.size(); ) {
                        try {
                            answers.set(i, call(act, most, questions.get(i)));
                        } catch (BrokerException failed) {
                            failure.compareAndSet(null, failed);
                        }
                    }
                    return true;
                };
        var workers = new ArrayList<FutureTask<Boolean>>();
        try {
            for (var i = 0; i < Math.min(width, questions.size()); i++) {
                workers.add(start(act, new FutureTask<>(worker), Thread::startVirtualThread));
            }
            for (var each : workers) {
                // Each question has its own bound; together they may take longer.
                await(act, Duration.ofDays(1), each, each);
            }
        } finally {
            workers.forEach(this::forget);
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
