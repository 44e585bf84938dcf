package org.deadletteroffice.rabbitmq;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.rabbitmq.client.AMQP.BasicProperties;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.deadletteroffice.rabbitmq.FieldTable.Field;
import org.deadletteroffice.spi.error.BrokerException;
import org.deadletteroffice.spi.error.Remedy;

/// What RabbitMQ routes a message by besides its key: the names in its headers `CC` and `BCC`, of
/// which it takes the second off. (RabbitMQ's documentation of sender-selected distribution.)
final class Copies {
    /// In upper case, as RabbitMQ looks for them.
    private static final List<String> HEADERS = List.of("CC", "BCC");

    private Copies() {}

    /// Who else gets a message that goes there; empty where nobody does by its headers.
    static Optional<String> warning(Destination to, BasicProperties properties) {
        var names = names(properties);
        names.remove(to.routingKey());
        if (names.isEmpty()) {
            return Optional.empty();
        }
        var many = names.size() > 1 ? "s " : " ";
        return Optional.of(
                "RabbitMQ sends it "
                        + (to.exchange().isEmpty()
                                ? "to the queue" + many
                                : "through the exchange " + to.exchange() + " by the key" + many)
                        + String.join(", ", names)
                        + " as well, which its header CC or BCC names."
                        + " Drop that header where they must not get it.");
    }

    private static Set<String> names(BasicProperties properties) {
        var names = new LinkedHashSet<String>();
        for (var value : values(properties).values()) {
            if (value instanceof List<?> list) {
                // It passes over all that is no text.
                list.stream()
                        .filter(Field.class::isInstance)
                        .map(Field.class::cast)
                        .filter(name -> name.type() == TypedValue.STRING)
                        .forEach(name -> names.add(new String(name.bytes(), UTF_8)));
            }
        }
        return names;
    }

    /// Why the broker would close the channel over a message instead of taking it; empty where it
    /// would not.
    static Optional<BrokerException> refusal(BasicProperties properties) {
        return values(properties).entrySet().stream()
                .filter(header -> !(header.getValue() instanceof List))
                .findFirst()
                .map(
                        header ->
                                new BrokerException.Unsupported(
                                        "Its header "
                                                + header.getKey()
                                                + " is no list of names, and RabbitMQ takes no"
                                                + " message with such a one.",
                                        new Remedy.Advice(
                                                "Drop that header, or give it another name."),
                                        null));
    }

    private static Map<String, Object> values(BasicProperties properties) {
        var values = new LinkedHashMap<String, Object>();
        var headers = properties.getHeaders();
        for (var name : HEADERS) {
            if (headers != null && headers.get(name) != null) {
                values.put(name, headers.get(name));
            }
        }
        return values;
    }
}
