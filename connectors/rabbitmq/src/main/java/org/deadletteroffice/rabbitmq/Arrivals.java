package org.deadletteroffice.rabbitmq;

import com.rabbitmq.client.AMQP.BasicProperties;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.DefaultConsumer;
import com.rabbitmq.client.Delivery;
import com.rabbitmq.client.Envelope;
import com.rabbitmq.client.ShutdownSignalException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// What comes to one consumer, in its order, for another thread to take. As many are in memory as
/// its prefetch allows.
final class Arrivals extends DefaultConsumer {
    private final LinkedBlockingQueue<Arrival> arrivals = new LinkedBlockingQueue<>();

    /// @param message null where the consumer has ended
    record Arrival(@Nullable Delivery message) {}

    Arrivals(Channel channel) {
        super(channel);
    }

    /// The next one; null where none came in time.
    @Nullable Arrival poll(long time, TimeUnit unit) throws InterruptedException {
        return arrivals.poll(time, unit);
    }

    /// How many came and were not taken yet.
    int count() {
        return arrivals.size();
    }

    @Override
    public void handleDelivery(
            String tag, Envelope envelope, BasicProperties properties, byte[] body) {
        arrivals.add(new Arrival(new Delivery(envelope, properties, body)));
    }

    @Override
    public void handleCancelOk(String tag) {
        arrivals.add(new Arrival(null));
    }

    @Override
    public void handleCancel(String tag) {
        arrivals.add(new Arrival(null));
    }

    @Override
    public void handleShutdownSignal(String tag, ShutdownSignalException closed) {
        arrivals.add(new Arrival(null));
    }
}
