package org.deadletteroffice.ui;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import javafx.application.Platform;

/// Watches that the FX thread is never kept from the operator.
///
/// The rule, from one heartbeat to the next (they are posted every 10 ms): the FX thread never
/// stands still for more than [#LIMIT] in a wait of the program's own (a lock, a queue, a socket, a
/// sleep), and spends at most [#BUSY] of processor time. Processor time is measured rather than the
/// clock, since on a shared machine the thread may be kept from running through no fault of its
/// own. What a test itself does on that thread, to look and to take pictures, is not counted; nor
/// is the first time in a JVM that a screen is drawn: see [WarmUp].
final class FxWatchdog implements AutoCloseable {
    /// What a person does not feel.
    static final Duration LIMIT = Duration.ofMillis(100);

    /// What opening a screen may cost, of which nearly all is JavaFX matching styles to new nodes;
    /// on a busy machine twice of what it is on an idle one, since cores are shared in pairs.
    static final Duration BUSY = Duration.ofMillis(600);

    private static final Duration BEAT = Duration.ofMillis(10);

    /// Processor time of the tests themselves on the FX thread, in nanoseconds.
    private static final AtomicLong EXCUSED = new AtomicLong();

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

    /// Runs what a test does on the FX thread and the program does not.
    static <T> T uncounted(Callable<T> work) throws Exception {
        var threads = ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadCpuTime();
        try {
            return work.call();
        } finally {
            EXCUSED.addAndGet(threads.getCurrentThreadCpuTime() - before);
        }
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
        try {
            while (!closed) {
                long seen = beats.get();
                long before = spent();
                Platform.runLater(beats::incrementAndGet);
                var stacks = new ArrayList<StackTraceElement[]>();
                int stood = 0;
                while (beats.get() == seen && !closed) {
                    // The thread that is watched must not be asked to tell when it is stuck.
                    Thread.sleep(BEAT);
                    var now = fx.getStackTrace();
                    stacks.add(now);
                    if (ownWait(now)) {
                        stood++;
                    }
                }
                long spent = spent() - before;
                if (spent > BUSY.toNanos()) {
                    find("busy for " + spent / 1_000_000 + " ms", stacks);
                }
                if (stood * BEAT.toMillis() > LIMIT.toMillis()) {
                    find("waited for " + stood * BEAT.toMillis() + " ms", stacks);
                }
                // One look a beat, so that watching costs the tests little.
                Thread.sleep(BEAT);
            }
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }

    private long spent() {
        return ManagementFactory.getThreadMXBean().getThreadCpuTime(fx.threadId()) - EXCUSED.get();
    }

    /// With what it did in the middle of that time.
    private synchronized void find(String what, List<StackTraceElement[]> stacks) {
        busy.add(
                "The FX thread "
                        + what
                        + ":\n"
                        + (stacks.isEmpty() ? "" : words(stacks.get(stacks.size() / 2))));
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
