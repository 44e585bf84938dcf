package org.deadletteroffice.rabbitmq;

import com.rabbitmq.client.Delivery;
import java.util.List;
import java.util.function.Function;
import org.deadletteroffice.spi.message.DeadLetter;
import org.deadletteroffice.spi.message.Failure;
import org.deadletteroffice.spi.message.Headers;
import org.deadletteroffice.spi.message.MessageId;
import org.deadletteroffice.spi.message.QueueRef;
import org.jspecify.annotations.Nullable;

/// What RabbitMQ's client delivers as a [DeadLetter].
final class Letters {
    private Letters() {}

    /// @param names of the headers in their order on the wire; null where nobody saw them
    /// @param id given the headers that make up the message's name
    static DeadLetter of(
            Delivery message,
            @Nullable List<String> names,
            QueueRef queue,
            Function<Headers, MessageId> id) {
        var properties = message.getProperties();
        var envelope = message.getEnvelope();
        var headers =
                Properties.read(
                        properties,
                        names == null ? List.of() : names,
                        envelope.getExchange(),
                        envelope.getRoutingKey(),
                        queue.name());
        var time = properties.getTimestamp();
        return new DeadLetter(
                queue,
                id.apply(headers),
                null,
                message.getBody(),
                headers,
                time == null ? null : time.toInstant(),
                Properties.deliveries(properties),
                Failure.NONE,
                null);
    }
}
