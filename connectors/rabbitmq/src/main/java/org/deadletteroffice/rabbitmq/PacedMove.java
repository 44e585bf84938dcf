package org.deadletteroffice.rabbitmq;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.deadletteroffice.rabbitmq.Shovels.Handle;
import org.deadletteroffice.spi.connector.ServerSideMover.MoveStatus;
import org.deadletteroffice.spi.connector.ServerSideMover.MoveStatus.State;
import org.deadletteroffice.spi.error.BrokerException;

/// A move at a pace: each second one shovel that ends after as many messages as the second may
/// have.
final class PacedMove {
    private final Shovels shovels;
    private final Handle handle;
    private final int perSecond;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private State state = State.RUNNING;
    private long moved;
    private String sentence = "";

    PacedMove(Shovels shovels, Handle handle, int perSecond) {
        this.shovels = shovels;
        this.handle = handle;
        this.perSecond = Math.max(1, perSecond);
    }

    void start() {
        Thread.ofVirtual().name("move " + handle.from()).start(this::run);
    }

    private void run() {
        try {
            while (isRunning()) {
                var began = System.nanoTime();
                var portion = (int) Math.min(perSecond, handle.count() - moved);
                if (portion <= 0) {
                    end(State.DONE, "");
                    return;
                }
                portion(portion);
                pause(TimeUnit.SECONDS.toNanos(1) - (System.nanoTime() - began));
            }
        } catch (BrokerException failed) {
            end(State.FAILED, failed.sentence());
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            end(State.FAILED, "The program stopped it.");
        }
    }

    private void portion(int portion) throws BrokerException, InterruptedException {
        var before = shovels.ready(handle.from());
        if (before == 0) {
            // Somebody else took the rest.
            end(State.DONE, "");
            return;
        }
        var name = handle.name() + '-' + moved;
        shovels.create(name, handle, (int) Math.min(portion, before), shovels.deadline());
        while (shovels.exists(name, shovels.deadline())) {
            if (!isRunning()) {
                shovels.remove(name, shovels.deadline());
            }
            pause(TimeUnit.MILLISECONDS.toNanos(100));
        }
        lock.lock();
        try {
            moved += Math.min(portion, before);
        } finally {
            lock.unlock();
        }
    }

    /// Waits, or until somebody cancels.
    private void pause(long nanos) throws InterruptedException {
        lock.lock();
        try {
            var left = nanos;
            while (left > 0 && state == State.RUNNING) {
                left = changed.awaitNanos(left);
            }
        } finally {
            lock.unlock();
        }
    }

    private boolean isRunning() {
        lock.lock();
        try {
            return state == State.RUNNING;
        } finally {
            lock.unlock();
        }
    }

    private void end(State how, String why) {
        lock.lock();
        try {
            if (state == State.RUNNING) {
                state = how;
                sentence = why;
            }
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    MoveStatus status() {
        lock.lock();
        try {
            return new MoveStatus(state, moved, sentence);
        } finally {
            lock.unlock();
        }
    }

    void cancel() {
        end(State.CANCELLED, "");
    }
}
