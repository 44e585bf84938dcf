package org.deadletteroffice.memory;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.deadletteroffice.spi.connector.ServerSideMover.KnownMove;
import org.deadletteroffice.spi.connector.ServerSideMover.MoveStatus;
import org.deadletteroffice.spi.error.BrokerException;
import org.jspecify.annotations.Nullable;

/// One move of a whole queue by the broker itself, on a thread of its own.
final class Move {
    private static final int BATCH = 100;

    private final MemoryBroker broker;
    private final ReentrantLock lock;
    private final String from;
    private final @Nullable String to;
    private final @Nullable Integer perSecond;
    private final CountDownLatch over = new CountDownLatch(1);
    private volatile MoveStatus status = new MoveStatus(MoveStatus.State.RUNNING, 0, "");

    /// @param to null: each message's origin
    Move(
            MemoryBroker broker,
            ReentrantLock lock,
            String from,
            @Nullable String to,
            @Nullable Integer perSecond) {
        this.broker = broker;
        this.lock = lock;
        this.from = from;
        this.to = to;
        this.perSecond = perSecond;
    }

    void start() {
        Thread.ofVirtual().name("move " + from).start(this::run);
    }

    private void run() {
        while (status.state() == MoveStatus.State.RUNNING) {
            lock.lock();
            try {
                step();
            } catch (BrokerException wrong) {
                end(MoveStatus.State.FAILED, wrong.sentence());
            } finally {
                lock.unlock();
            }
            if (perSecond != null && !pause(1_000L / perSecond)) {
                return;
            }
        }
    }

    private void step() throws BrokerException {
        if (status.state() != MoveStatus.State.RUNNING) {
            return;
        }
        var queue = broker.queue(from);
        var messages =
                queue.between(0, queue.end()).stream()
                        .limit(perSecond == null ? BATCH : 1)
                        .toList();
        if (messages.isEmpty()) {
            end(MoveStatus.State.DONE, "");
            return;
        }
        for (var stored : messages) {
            var destination = to == null ? stored.message().failure().origin().queue() : to;
            if (destination == null) {
                end(MoveStatus.State.FAILED, "A message does not say where it came from.");
                return;
            }
            broker.queue(destination).add(stored.message());
            queue.remove(MemoryQueue.id(stored));
            status = new MoveStatus(MoveStatus.State.RUNNING, status.moved() + 1, "");
        }
    }

    /// Keeps the pace.
    ///
    /// @return false when there is nothing more to do
    private boolean pause(long millis) {
        try {
            return !over.await(millis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private void end(MoveStatus.State state, String sentence) {
        status = new MoveStatus(state, status.moved(), sentence);
        over.countDown();
    }

    String from() {
        return from;
    }

    KnownMove known(String handle) {
        return new KnownMove(handle, handle, to);
    }

    MoveStatus status() {
        return status;
    }

    void cancel() {
        if (status.state() == MoveStatus.State.RUNNING) {
            end(MoveStatus.State.CANCELLED, "");
        }
    }
}
