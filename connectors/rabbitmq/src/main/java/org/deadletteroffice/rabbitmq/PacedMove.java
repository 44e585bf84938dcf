package org.deadletteroffice.rabbitmq;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.deadletteroffice.spi.connector.ServerSideMover.MoveStatus;
import org.deadletteroffice.spi.connector.ServerSideMover.MoveStatus.State;
import org.deadletteroffice.spi.error.BrokerException;
import org.slf4j.LoggerFactory;

/// A move at a pace: each second one shovel that ends after as many messages as the second may
/// have.
final class PacedMove {
    /// A shovel that finds nothing for so long has lost its messages to somebody else.
    private static final int LOOKS_AT_NONE = 50;

    private static final Duration LOOK_EVERY = Duration.ofMillis(100);

    /// One look of so many asks whether the broker stopped the shovel.
    private static final int LOOKS_AT_TROUBLE = 10;

    private static final Duration ASK_AGAIN = Duration.ofSeconds(1);

    /// About a minute.
    private static final int TRIES = 60;

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
        } catch (RuntimeException defect) {
            LoggerFactory.getLogger(PacedMove.class).error("A move ended by a defect.", defect);
            end(State.FAILED, "A defect of this program ended it (see the log).");
        }
    }

    private interface Call<T> {
        T answer() throws BrokerException;
    }

    /// A broker that does not answer is asked again for a while.
    private <T> T asked(Call<T> call) throws BrokerException, InterruptedException {
        for (var tries = 1; ; tries++) {
            try {
                return call.answer();
            } catch (BrokerException failed) {
                if (!failed.isTransient() || tries == TRIES || isCalledOff()) {
                    throw failed;
                }
                pause(ASK_AGAIN.toNanos());
            }
        }
    }

    private long ready() throws BrokerException, InterruptedException {
        return asked(() -> shovels.ready(handle.from()));
    }

    private void portion(int portion) throws BrokerException, InterruptedException {
        var before = ready();
        if (before == 0) {
            // Somebody else took the rest.
            end(State.DONE, "");
            return;
        }
        var most = Math.min(portion, before);
        var name = handle.name(moved);
        Object _ = asked(() -> made(name, (int) most));
        var moves = most;
        var empty = 0;
        var looks = 0;
        // Also when it was called off: a shovel that ends by itself sends nothing twice.
        while (asked(() -> shovels.exists(name, shovels.deadline()))) {
            empty = ready() == 0 ? empty + 1 : 0;
            var trouble = ++looks % LOOKS_AT_TROUBLE == 0 ? trouble(name) : Shovels.Trouble.NONE;
            if (empty > LOOKS_AT_NONE || trouble.isLasting()) {
                shovels.remove(name, handle.from(), shovels.deadline());
                moves = Math.clamp(before - ready(), 0, most);
                if (trouble.isLasting()) {
                    end(State.FAILED, trouble.sentence());
                }
                break;
            }
            LockSupport.parkNanos(LOOK_EVERY.toNanos());
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
        }
        lock.lock();
        try {
            moved += moves;
        } finally {
            lock.unlock();
        }
    }

    private Shovels.Trouble trouble(String shovel) throws BrokerException, InterruptedException {
        return asked(() -> shovels.trouble(shovel, shovels.deadline()));
    }

    private String made(String shovel, int count) throws BrokerException {
        shovels.create(shovel, handle, count, shovels.deadline());
        return shovel;
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
