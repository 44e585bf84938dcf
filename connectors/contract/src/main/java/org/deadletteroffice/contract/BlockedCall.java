package org.deadletteroffice.contract;

import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/// A call on a virtual thread of its own, as the program makes them, and how it ended.
final class BlockedCall {
    private final CountDownLatch ended = new CountDownLatch(1);
    private final Thread thread;
    private volatile @Nullable Throwable outcome;
    private volatile boolean interrupted;

    interface Body {
        void run() throws Exception;
    }

    private BlockedCall(Body body) {
        thread = Thread.ofVirtual().unstarted(() -> run(body));
    }

    static BlockedCall start(Body body) {
        var call = new BlockedCall(body);
        call.thread.start();
        return call;
    }

    private void run(Body body) {
        try {
            body.run();
        } catch (Throwable thrown) {
            outcome = thrown;
        } finally {
            interrupted = Thread.currentThread().isInterrupted();
            ended.countDown();
        }
    }

    void interrupt() {
        thread.interrupt();
    }

    boolean hasEnded() {
        return ended.getCount() == 0;
    }

    /// What it threw; null while it runs and when it threw nothing.
    @Nullable Throwable outcome() {
        return outcome;
    }

    boolean flagWasSetAgain() {
        return interrupted;
    }
}
