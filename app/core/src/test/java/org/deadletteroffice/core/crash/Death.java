package org.deadletteroffice.core.crash;

import java.util.concurrent.atomic.AtomicInteger;

/// Where the process ends at once: no hook runs, nothing is flushed.
final class Death {
    private final String step;
    private final AtomicInteger left;

    /// @param step name of the place; empty for none
    /// @param at how often it is passed before the process dies there, this time included
    Death(String step, int at) {
        this.step = step;
        this.left = new AtomicInteger(at);
    }

    void passes(String place) {
        if (place.equals(step) && left.decrementAndGet() == 0) {
            Runtime.getRuntime().halt(137);
        }
    }
}
