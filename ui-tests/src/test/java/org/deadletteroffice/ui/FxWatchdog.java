package org.deadletteroffice.ui;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import javafx.application.Platform;

/// Watches that the FX thread is never kept from the operator.
///
/// The rule, from one heartbeat to the next (they are posted every 10 ms): the FX thread never
/// stands still for more than [#LIMIT] in a wait of the program's own (a lock, a queue, a socket, a
/// sleep), and spends at most [#LIMIT] times [#COLD] of processor time. Processor time is measured
/// rather than the clock, since on a shared machine the thread may be kept from running through no
/// fault of its own; the factor is for a JVM in which each screen is drawn for the first time.
final class FxWatchdog implements AutoCloseable {
    /// What a person does not feel.
    static final Duration LIMIT = Duration.ofMillis(100);

    private static final Duration BEAT = Duration.ofMillis(10);

    /// How much slower than a warm JVM one is that still interprets its code, styles a screen for
    /// the first time, and sees several events in one heartbeat.
    private static final int COLD = 6;

    private final Thread fx;
    private final List<String> busy = new ArrayList<>();
    private final AtomicLong beats = new AtomicLong();
    private final Thread watch;
    private volatile boolean closed;

    private FxWatchdog(Thread fx) {
        this.fx = fx;
        watch = Thread.ofPlatform().daemon().name("fx-watchdog").start(this::run);
    }

    static FxWatchdog start() {
        return new FxWatchdog(Desktop.call(Thread::currentThread));
    }

    /// What was seen that should not be; empty when all was well.
    synchronized List<String> findings() {
        return List.copyOf(busy);
    }

    @Override
    public void close() {
        closed = true;
        watch.interrupt();
    }

    private void run() {
        var threads = ManagementFactory.getThreadMXBean();
        try {
            while (!closed) {
                long seen = beats.get();
                long before = threads.getThreadCpuTime(fx.threadId());
                Platform.runLater(beats::incrementAndGet);
                var stack = "";
                int stood = 0;
                while (beats.get() == seen && !closed) {
                    // The thread that is watched must not be asked to tell when it is stuck.
                    Thread.sleep(BEAT);
                    var now = fx.getStackTrace();
                    if (ownWait(now)) {
                        stood++;
                    }
                    long spent = threads.getThreadCpuTime(fx.threadId()) - before;
                    if (spent > LIMIT.toNanos() / 2 || stood > 0) {
                        stack = words(now);
                    }
                }
                long spent = threads.getThreadCpuTime(fx.threadId()) - before;
                if (spent > LIMIT.toNanos() * COLD) {
                    find("busy for " + spent / 1_000_000 + " ms", stack);
                }
                if (stood * BEAT.toMillis() > LIMIT.toMillis()) {
                    find("waited for " + stood * BEAT.toMillis() + " ms", stack);
                }
                // One look a beat, so that watching costs the tests little.
                Thread.sleep(BEAT);
            }
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized void find(String what, String stack) {
        busy.add("The FX thread " + what + ":\n" + stack);
    }

    /// A wait that the program itself asked for: a lock, a queue, a socket, a sleep.
    private boolean ownWait(StackTraceElement[] stack) {
        return switch (fx.getState()) {
            case WAITING, TIMED_WAITING, BLOCKED ->
                    Arrays.stream(stack)
                            .anyMatch(
                                    frame ->
                                            frame.getClassName().startsWith("org.deadletteroffice.")
                                                    && !frame.getClassName()
                                                            .startsWith(
                                                                    "org.deadletteroffice.ui."));
            case NEW, RUNNABLE, TERMINATED -> false;
        };
    }

    private static String words(StackTraceElement[] stack) {
        return Arrays.stream(stack)
                .limit(25)
                .map(frame -> "    at " + frame)
                .collect(Collectors.joining("\n"));
    }
}
