package org.deadletteroffice.rabbitmq;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.rabbitmq.client.AMQP.BasicProperties;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.deadletteroffice.rabbitmq.FieldTable.Field;
import org.deadletteroffice.spi.message.Header;
import org.deadletteroffice.spi.message.Headers;
import org.jspecify.annotations.Nullable;

/// AMQP's properties as headers and back.
///
/// A message's own headers come first, under their names. What AMQP keeps beside them follows under
/// names that begin with `amqp-`: content type, message id and so on; the exchange and routing key
/// by which it came, unless that was straight to its queue; and in `amqp-types` the types of those
/// headers that are no text. So archive, export and another broker carry them too, and a message
/// that comes back from there is the same.
final class Properties {
    static final String PREFIX = "amqp-";
    static final String EXCHANGE = PREFIX + "exchange";
    static final String ROUTING_KEY = PREFIX + "routing-key";
    static final String TYPES = PREFIX + "types";

    /// Before a header whose own name begins with the prefix.
    private static final String ESCAPE = PREFIX + "header.";

    /// Bytes of 14 properties of at most 255 each, and their frame.
    private static final int MOST_WITHOUT_TABLE = 4 << 10;

    private static final String PERSISTENT = "2";
    private static final String UNSAID = "unsaid";

    /// What the broker counts, and where it lies, not what the message says.
    private static final List<String> COUNTERS =
            List.of("x-delivery-count", "x-acquired-count", "x-stream-offset");

    private static final ObjectMapper JSON = new ObjectMapper();

    private Properties() {}

    /// @param table the headers as they lay on the wire
    /// @param queue the queue that it lay in
    static Headers read(
            BasicProperties properties,
            Map<String, Field> table,
            String exchange,
            String routingKey,
            String queue) {
        var all = new ArrayList<Header>();
        var types = new TreeMap<String, String>();
        for (var field : table.entrySet()) {
            var name = field.getKey();
            if (COUNTERS.contains(name)) {
                continue;
            }
            var value = TypedValue.of(field.getValue());
            all.add(new Header(name.startsWith(PREFIX) ? ESCAPE + name : name, value.bytes()));
            if (value.type() != TypedValue.STRING && value.type() != TypedValue.VOID) {
                types.put(name, String.valueOf(value.type()));
            }
        }
        if (!exchange.isEmpty() || !routingKey.equals(queue)) {
            all.add(Header.of(EXCHANGE, exchange));
            all.add(Header.of(ROUTING_KEY, routingKey));
        }
        plain(properties, all);
        if (!types.isEmpty()) {
            all.add(Header.of(TYPES, json(types)));
        }
        return new Headers(all);
    }

    private static void plain(BasicProperties from, List<Header> all) {
        add(all, "content-type", from.getContentType());
        add(all, "content-encoding", from.getContentEncoding());
        var mode = from.getDeliveryMode() == null ? UNSAID : from.getDeliveryMode().toString();
        add(all, "delivery-mode", mode.equals(PERSISTENT) ? null : mode);
        add(all, "priority", from.getPriority() == null ? null : from.getPriority().toString());
        add(all, "correlation-id", from.getCorrelationId());
        add(all, "reply-to", from.getReplyTo());
        add(all, "expiration", from.getExpiration());
        add(all, "message-id", from.getMessageId());
        add(all, "type", from.getType());
        add(all, "user-id", from.getUserId());
        add(all, "app-id", from.getAppId());
        add(all, "cluster-id", from.getClusterId());
    }

    private static void add(List<Header> all, String name, @Nullable String value) {
        if (value != null) {
            all.add(Header.of(PREFIX + name, value));
        }
    }

    /// How often a quorum queue handed it out before; null where the queue does not count.
    static @Nullable Integer deliveries(BasicProperties properties) {
        var headers = properties.getHeaders();
        return headers != null && headers.get("x-delivery-count") instanceof Number count
                ? Integer.valueOf(count.intValue())
                : null;
    }

    /// Whether a header belongs to AMQP's properties rather than to the message's headers.
    static boolean isProperty(String name) {
        return name.startsWith(PREFIX) && !name.startsWith(ESCAPE);
    }

    /// The properties to send.
    ///
    /// @param time null for none
    /// @param user who sends; the broker closes the channel over the user-id of another
    /// @throws IllegalArgumentException with a sentence for the operator, when AMQP cannot hold
    ///     them
    static WrittenProperties write(Headers headers, @Nullable Instant time, String user) {
        var types = headers.lastText(TYPES).map(Properties::types).orElse(Map.of());
        var builder = new BasicProperties.Builder().deliveryMode(2);
        var table = new LinkedHashMap<String, Field>();
        for (var header : headers) {
            if (isProperty(header.name())) {
                property(builder, header.name().substring(PREFIX.length()), header.text());
                continue;
            }
            var name =
                    header.name().startsWith(ESCAPE)
                            ? header.name().substring(ESCAPE.length())
                            : header.name();
            if (table.containsKey(name)) {
                throw new IllegalArgumentException(
                        "AMQP cannot hold the header " + name + " twice.");
            }
            if (!isShort(name)) {
                throw new IllegalArgumentException(
                        "AMQP takes no header whose name is longer than 255 bytes.");
            }
            table.put(name, field(name, types.getOrDefault(name, "S"), header.value()));
        }
        if (time != null) {
            builder.timestamp(Date.from(time));
        }
        var plain = builder.build();
        var foreign = plain.getUserId() != null && !plain.getUserId().equals(user);
        return new WrittenProperties(foreign ? builder.userId(null).build() : plain, table);
    }

    private static Field field(String name, String type, byte @Nullable [] bytes) {
        try {
            return new TypedValue(type.charAt(0), bytes).field();
        } catch (IllegalArgumentException malformed) {
            throw new IllegalArgumentException(
                    "The header " + name + " is no value of its AMQP type '" + type + "' any more.",
                    malformed);
        }
    }

    private static void property(BasicProperties.Builder to, String name, @Nullable String value) {
        if (value == null) {
            return;
        }
        if (!isShort(value) && !name.equals("types")) {
            throw new IllegalArgumentException(
                    "AMQP takes no more than 255 bytes as the property " + name + '.');
        }
        switch (name) {
            case "content-type" -> to.contentType(value);
            case "content-encoding" -> to.contentEncoding(value);
            case "delivery-mode" ->
                    to.deliveryMode(value.equals(UNSAID) ? null : number(name, value));
            case "priority" -> to.priority(number(name, value));
            case "correlation-id" -> to.correlationId(value);
            case "reply-to" -> to.replyTo(value);
            case "expiration" -> to.expiration(value);
            case "message-id" -> to.messageId(value);
            case "type" -> to.type(value);
            case "user-id" -> to.userId(value);
            case "app-id" -> to.appId(value);
            case "cluster-id" -> to.clusterId(value);
            default -> {
                // Exchange, routing key and types say where it came from and how to read the rest.
            }
        }
    }

    private static int number(String name, String value) {
        try {
            return Integer.parseInt(value);
        } catch (NumberFormatException malformed) {
            throw new IllegalArgumentException(
                    "The property " + name + " is no number any more.", malformed);
        }
    }

    private static boolean isShort(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length <= 255;
    }

    private static Map<String, String> types(String json) {
        try {
            var types = new TreeMap<String, String>();
            JSON.readTree(json)
                    .properties()
                    .forEach(
                            member -> {
                                if (member.getValue().asText().length() == 1) {
                                    types.put(member.getKey(), member.getValue().asText());
                                }
                            });
            return types;
        } catch (JsonProcessingException edited) {
            return Map.of();
        }
    }

    private static String json(Map<String, String> types) {
        try {
            return JSON.writeValueAsString(types);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /// Whether the properties fit the one frame that they must travel in.
    ///
    /// @param most how large that may be, in bytes
    static boolean fit(WrittenProperties properties, int most) throws IOException {
        // To write them out only to know costs more than to send them.
        return properties.tableBytes() <= most - MOST_WITHOUT_TABLE
                || properties.toFrame(0, 0).size() <= most;
    }
}
