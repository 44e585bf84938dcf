package org.deadletteroffice.rabbitmq;

import java.util.function.Function;
import org.deadletteroffice.spi.message.DeadLetter;
import org.deadletteroffice.spi.message.Failure;
import org.deadletteroffice.spi.message.Headers;
import org.deadletteroffice.spi.message.MessageId;
import org.deadletteroffice.spi.message.QueueRef;

/// What RabbitMQ's client delivers as a [DeadLetter].
final class Letters {
    private Letters() {}

    /// @param id given the headers that make up the message's name
    static DeadLetter of(
            Arrivals.Delivered message, QueueRef queue, Function<Headers, MessageId> id) {
        var properties = message.properties();
        var envelope = message.envelope();
        var headers =
                Properties.read(
                        properties,
                        FieldTable.read(message.table()),
                        envelope.getExchange(),
                        envelope.getRoutingKey(),
                        queue.name());
        var time = properties.getTimestamp();
        return new DeadLetter(
                queue,
                id.apply(headers),
                null,
                message.body(),
                headers,
                time == null ? null : time.toInstant(),
                Properties.deliveries(properties),
                Failure.NONE,
                null);
    }
}
