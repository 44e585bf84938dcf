package org.deadletteroffice.rabbitmq;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.deadletteroffice.spi.connector.ServerSideMover.MoveStatus;
import org.deadletteroffice.spi.connector.ServerSideMover.MoveStatus.State;
import org.deadletteroffice.spi.error.BrokerException;

/// A move at a pace: each second one shovel that ends after as many messages as the second may
/// have.
final class PacedMove {
    /// A shovel that finds nothing for so long has lost its messages to somebody else.
    private static final int LOOKS_AT_NONE = 50;

    private static final Duration LOOK_EVERY = Duration.ofMillis(100);

    private final Shovels shovels;
    private final MoveHandle handle;
    private final Thread runner;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private State state = State.RUNNING;
    private boolean calledOff;
    private long moved;
    private String sentence = "";

    /// @param moved how many were moved by a program that is gone
    PacedMove(Shovels shovels, MoveHandle handle, long moved) {
        this.shovels = shovels;
        this.handle = handle;
        this.moved = moved;
        this.runner = Thread.ofVirtual().name("move " + handle.from()).unstarted(this::run);
    }

    MoveHandle handle() {
        return handle;
    }

    /// Whether it moves messages of this queue now.
    boolean isOf(String queue) {
        return handle.from().equals(queue) && status().state() == State.RUNNING;
    }

    void start() {
        runner.start();
    }

    private void run() {
        try {
            while (status().state() == State.RUNNING && !isCalledOff()) {
                var began = System.nanoTime();
                var portion = (int) Math.min(handle.perSecond(), handle.count() - moved);
                if (portion <= 0) {
                    end(State.DONE, "");
                    return;
                }
                portion(portion);
                pause(TimeUnit.SECONDS.toNanos(1) - (System.nanoTime() - began));
            }
            end(State.CANCELLED, "");
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
        var most = Math.min(portion, before);
        var name = handle.name(moved);
        shovels.create(name, handle, (int) most, shovels.deadline());
        var empty = 0;
        // Also when it was called off: a shovel that ends by itself sends nothing twice.
        while (shovels.exists(name, shovels.deadline())) {
            empty = shovels.ready(handle.from()) == 0 ? empty + 1 : 0;
            if (empty > LOOKS_AT_NONE) {
                shovels.remove(name, handle.from(), shovels.deadline());
                most = Math.clamp(before - shovels.ready(handle.from()), 0, most);
                break;
            }
            LockSupport.parkNanos(LOOK_EVERY.toNanos());
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
        }
        lock.lock();
        try {
            moved += most;
        } finally {
            lock.unlock();
        }
    }

    /// Waits, or until somebody cancels.
    private void pause(long nanos) throws InterruptedException {
        lock.lock();
        try {
            var left = nanos;
            while (left > 0 && !calledOff) {
                left = changed.awaitNanos(left);
            }
        } finally {
            lock.unlock();
        }
    }

    private boolean isCalledOff() {
        lock.lock();
        try {
            return calledOff;
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

    /// Returns when nothing of it runs any more.
    void cancel(Deadline deadline) throws Exception {
        lock.lock();
        try {
            calledOff = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        deadline.await(() -> runner.join());
    }
}
