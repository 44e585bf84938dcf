package org.deadletteroffice.rabbitmq;

import com.rabbitmq.client.AMQP.BasicProperties;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.DefaultConsumer;
import com.rabbitmq.client.Envelope;
import com.rabbitmq.client.ShutdownSignalException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// What comes to one consumer, in its order, for other threads to take. As many are in memory as
/// its prefetch allows. Called by the thread that reads the connection ([CallingThread]).
final class Arrivals extends DefaultConsumer {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition enough = lock.newCondition();
    private final ArrayDeque<Arrival> arrivals = new ArrayDeque<>();
    private int waiting;

    /// The fewest that somebody waits for.
    private int wanted = 1;

    private boolean ended;
    private @Nullable RuntimeException failure;

    private final DeliveredHeaders.Lane headers;

    /// A message as it was delivered.
    ///
    /// @param table its headers as they lay on the wire
    record Delivered(Envelope envelope, BasicProperties properties, byte[] table, byte[] body) {
        long tag() {
            return envelope.getDeliveryTag();
        }
    }

    /// @param message null where the consumer has ended
    record Arrival(@Nullable Delivered message) {}

    Arrivals(Channel channel, DeliveredHeaders.Lane headers) {
        super(channel);
        this.headers = headers;
    }

    /// The next one; null where none came in time.
    @Nullable Arrival poll(long time, TimeUnit unit) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            await(1, unit.toNanos(time));
            return arrivals.poll();
        } finally {
            lock.unlock();
        }
    }

    /// What came, as soon as that is `least` or the consumer has ended, else what came in time. To
    /// wait for each one alone would cost more than the message does.
    List<Arrival> poll(int least, long time, TimeUnit unit) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            await(least, unit.toNanos(time));
            var some = new ArrayList<>(arrivals);
            arrivals.clear();
            return some;
        } finally {
            lock.unlock();
        }
    }

    /// Waits until so many are here, the consumer has ended, or the time is over.
    void await(int least, long time, TimeUnit unit) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            await(least, unit.toNanos(time));
        } finally {
            lock.unlock();
        }
    }

    private void await(int least, long nanos) throws InterruptedException {
        wanted = waiting == 0 ? least : Math.min(wanted, least);
        waiting++;
        try {
            var left = nanos;
            while (arrivals.size() < least && !ended && left > 0) {
                left = enough.awaitNanos(left);
            }
        } finally {
            waiting--;
        }
    }

    /// Whether the consumer has ended: the queue was deleted, or the channel closed.
    boolean ended() {
        lock.lock();
        try {
            return ended;
        } finally {
            lock.unlock();
        }
    }

    /// Why it ended by itself: the queue was deleted, or the channel closed.
    Exception reason(String queue) {
        lock.lock();
        try {
            if (failure != null) {
                return failure;
            }
        } finally {
            lock.unlock();
        }
        var closed = getChannel().getCloseReason();
        return closed == null ? RabbitErrors.noQueue(queue, null) : closed;
    }

    /// How many came and were not taken yet.
    int count() {
        lock.lock();
        try {
            return arrivals.size();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void handleDelivery(
            String tag, Envelope envelope, BasicProperties properties, byte[] body) {
        try {
            var table = headers.of(envelope.getDeliveryTag());
            add(new Arrival(new Delivered(envelope, properties, table, body)));
        } catch (RuntimeException failed) {
            // The client would close the channel from here, and wait for an answer that only this
            // thread can read.
            fail(failed);
        }
    }

    private void fail(RuntimeException reason) {
        lock.lock();
        try {
            failure = reason;
        } finally {
            lock.unlock();
        }
        add(new Arrival(null));
    }

    @Override
    public void handleCancelOk(String tag) {
        add(new Arrival(null));
    }

    @Override
    public void handleCancel(String tag) {
        add(new Arrival(null));
    }

    @Override
    public void handleShutdownSignal(String tag, ShutdownSignalException closed) {
        add(new Arrival(null));
    }

    private void add(Arrival one) {
        lock.lock();
        try {
            ended |= one.message() == null;
            arrivals.add(one);
            if (ended || arrivals.size() >= wanted) {
                enough.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }
}
