package org.deadletteroffice.kafka;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/// The moment by which a call must have ended, whatever steps it takes, and whether somebody closed
/// what it works for.
record Deadline(long nanoTime, BooleanSupplier stopped) {
    static Deadline in(Duration time) {
        return new Deadline(System.nanoTime() + time.toNanos(), () -> false);
    }

    /// The same moment, for a call that also ends when `condition` becomes true.
    Deadline unless(BooleanSupplier condition) {
        return new Deadline(nanoTime, condition);
    }

    boolean isStopped() {
        return stopped.getAsBoolean();
    }

    /// What is left, never negative.
    Duration left() {
        return Duration.ofNanos(Math.max(0, nanoTime - System.nanoTime()));
    }

    boolean passed() {
        return nanoTime - System.nanoTime() <= 0;
    }

    /// What is left, but not more than `most`.
    Duration leftUpTo(Duration most) {
        var left = left();
        return left.compareTo(most) < 0 ? left : most;
    }
}
