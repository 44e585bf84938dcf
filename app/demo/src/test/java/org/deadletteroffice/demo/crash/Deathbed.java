package org.deadletteroffice.demo.crash;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/// Where the process waits to be killed from outside.
final class Deathbed {
    /// What the process says when it is there.
    static final String WAITS = "waits to be killed";

    private final String step;
    private final AtomicInteger left;

    /// @param step empty for none
    /// @param at how often the step is passed before, this time included
    Deathbed(String step, int at) {
        this.step = step;
        this.left = new AtomicInteger(at);
    }

    void passes(String place) throws InterruptedException {
        if (place.equals(step) && left.decrementAndGet() == 0) {
            System.out.println(WAITS);
            System.out.flush();
            new CountDownLatch(1).await();
        }
    }
}
