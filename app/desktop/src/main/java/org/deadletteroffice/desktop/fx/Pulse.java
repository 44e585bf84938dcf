package org.deadletteroffice.desktop.fx;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import javafx.animation.AnimationTimer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Collects updates and runs them at the next pulse, before its layout: a thousand updates between
/// two frames cost one layout. A pulse spends at most [#BUDGET_NANOS] on them; the rest waits for
/// the next, so that a flood never freezes the window.
final class Pulse {
    private static final Logger LOG = LoggerFactory.getLogger(Pulse.class);
    private static final long BUDGET_NANOS = 12_000_000;

    private final Queue<Runnable> updates = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean scheduled = new AtomicBoolean();
    private final Consumer<Runnable> toFxThread;

    /// @param toFxThread runs a task on the FX thread later
    Pulse(Consumer<Runnable> toFxThread) {
        this.toFxThread = toFxThread;
    }

    void add(Runnable update) {
        updates.add(update);
        if (scheduled.compareAndSet(false, true)) {
            toFxThread.accept(() -> new Timer().start());
        }
    }

    private final class Timer extends AnimationTimer {
        @Override
        public void handle(long now) {
            var end = System.nanoTime() + BUDGET_NANOS;
            var failures = new ArrayDeque<RuntimeException>();
            Runnable update;
            while (System.nanoTime() < end && (update = updates.poll()) != null) {
                try {
                    update.run();
                } catch (RuntimeException failure) {
                    failures.add(failure);
                }
            }
            failures.forEach(failure -> LOG.error("An update of the window failed", failure));
            if (updates.isEmpty()) {
                stop();
                scheduled.set(false);
                // An update added between the two lines above saw `scheduled` still set.
                if (!updates.isEmpty() && scheduled.compareAndSet(false, true)) {
                    start();
                }
            }
        }
    }
}
