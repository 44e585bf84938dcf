package org.deadletteroffice.rabbitmq;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.deadletteroffice.spi.message.DeadLetter;

/// Where a message goes: straight to a queue (through the default exchange, so that only that queue
/// gets it), or by an exchange, as when it was sent first.
///
/// @param exchange empty for the default exchange
/// @param routingKey for the default exchange the queue's name
record Destination(String exchange, String routingKey) {
    /// Before the name of an exchange: `exchange:orders` or, with a key of its own,
    /// `exchange:orders/created.eu`.
    static final String EXCHANGE = "exchange:";

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

    /// The key of the first death, which stands last in `x-death`.
    private static String firstKey(DeadLetter original) {
        var deaths = original.headers().lastText("x-death");
        if (deaths.isPresent()) {
            try {
                var all = JSON.readTree(deaths.get());
                var key = all.path(all.size() - 1).path("routing-keys").path(0);
                if (key.isTextual()) {
                    return key.textValue();
                }
            } catch (JsonProcessingException edited) {
                // no x-death of the broker's
            }
        }
        return original.headers().lastText(Properties.ROUTING_KEY).orElse(original.queue().name());
    }

    /// For sentences.
    String words() {
        return exchange.isEmpty()
                ? "the queue " + routingKey
                : "the exchange " + exchange + " with the key '" + routingKey + "'";
    }
}
