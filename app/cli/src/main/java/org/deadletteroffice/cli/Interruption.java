package org.deadletteroffice.cli;

import org.jspecify.annotations.Nullable;

/// Ctrl+C or SIGTERM. Without a handler the working thread is interrupted; a command that can end
/// in good order takes the request over with [#handle].
public final class Interruption {
    private final Thread worker;
    private volatile boolean requested;
    private @Nullable Runnable handler;

    public Interruption(Thread worker) {
        this.worker = worker;
    }

    /// From now on a request runs `taken` (once, on the requesting thread) instead of interrupting.
    public synchronized void handle(Runnable taken) {
        handler = taken;
        if (requested) {
            taken.run();
        }
    }

    public synchronized void request() {
        requested = true;
        if (handler == null) {
            worker.interrupt();
        } else {
            handler.run();
        }
    }

    public boolean isRequested() {
        return requested;
    }
}
