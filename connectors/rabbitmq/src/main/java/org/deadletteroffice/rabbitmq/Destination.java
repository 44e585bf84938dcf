package org.deadletteroffice.rabbitmq;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Optional;
import org.deadletteroffice.spi.message.DeadLetter;
import org.deadletteroffice.spi.message.Headers;

/// Where a message goes: straight to a queue (through the default exchange, so that only that queue
/// gets it), or by an exchange, as when it was sent first.
///
/// @param exchange empty for the default exchange
/// @param routingKey for the default exchange the queue's name
record Destination(String exchange, String routingKey) {
    /// Before the name of an exchange: `exchange:orders` or, with a key of its own,
    /// `exchange:orders/created.eu`.
    static final String EXCHANGE = "exchange:";

    /// What Spring AMQP leaves of the key where it sends a message to an error queue itself.
    private static final String SPRINGS_KEY = "x-original-routingKey";

    private static final ObjectMapper JSON = new ObjectMapper();

    /// @param name a queue, or an exchange as above; without a key the one by which the message was
    ///     sent before it died
    static Destination of(String name, DeadLetter original) {
        if (!name.startsWith(EXCHANGE)) {
            return new Destination("", name);
        }
        var rest = name.substring(EXCHANGE.length());
        var slash = rest.indexOf('/');
        return slash < 0
                ? new Destination(rest, firstKey(original))
                : new Destination(rest.substring(0, slash), rest.substring(slash + 1));
    }

    private static String firstKey(DeadLetter original) {
        var headers = original.headers();
        return ofFirstDeath(headers)
                .or(() -> headers.lastText(SPRINGS_KEY))
                .or(() -> headers.lastText(Properties.ROUTING_KEY))
                .orElse(original.queue().name());
    }

    /// `x-death` has its newest event first, and each time that a message dies again in a queue the
    /// entry of that queue moves there: in a retry loop the first death is seldom the last entry.
    private static Optional<String> ofFirstDeath(Headers headers) {
        var text = headers.lastText("x-death");
        if (text.isEmpty()) {
            return Optional.empty();
        }
        try {
            var deaths = JSON.readTree(text.get());
            var first = deaths.path(deaths.size() - 1);
            for (var death : deaths) {
                if (isSaid(headers, "x-first-death-queue", death.path("queue"))
                        && isSaid(headers, "x-first-death-reason", death.path("reason"))) {
                    first = death;
                }
            }
            return Optional.ofNullable(first.path("routing-keys").path(0).textValue());
        } catch (JsonProcessingException edited) {
            return Optional.empty();
        }
    }

    private static boolean isSaid(Headers headers, String name, JsonNode value) {
        return headers.lastText(name).filter(value.asText()::equals).isPresent();
    }

    /// For sentences.
    String words() {
        return exchange.isEmpty()
                ? "the queue " + routingKey
                : "the exchange " + exchange + " with the key '" + routingKey + "'";
    }
}
