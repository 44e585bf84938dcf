package org.deadletteroffice.core.query;

import com.google.protobuf.ByteString;
import dev.cel.common.values.NullValue;
import dev.cel.runtime.CelVariableResolver;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.deadletteroffice.core.decode.Trees;
import org.deadletteroffice.spi.decode.Decoded;
import org.deadletteroffice.spi.decode.Tree;
import org.deadletteroffice.spi.message.QueueKind;
import org.jspecify.annotations.Nullable;

/// What an expression sees of one message; each variable is made when it is first asked for.
final class CelVariables implements CelVariableResolver {
    private final Searched view;
    private final boolean withFormat;
    private final Map<String, Optional<Object>> made = new HashMap<>(4);

    /// @param withFormat whether `message` has its format, for which the payload is decoded
    CelVariables(Searched view, boolean withFormat) {
        this.view = view;
        this.withFormat = withFormat;
    }

    @Override
    public Optional<Object> find(String name) {
        var known = made.get(name);
        if (known != null) {
            return known;
        }
        Optional<Object> value =
                switch (name) {
                    case "message" -> Optional.of(message());
                    case "payload" -> payload(view.decoded());
                    case "headers" -> Optional.of(headers());
                    case "cause" -> Optional.of(cause());
                    default -> Optional.empty();
                };
        made.put(name, value);
        return value;
    }

    private Map<String, Object> message() {
        var letter = view.letter();
        var fields = new HashMap<String, Object>();
        fields.put("id", letter.id().text());
        put(
                fields,
                "key",
                letter.key() == null ? null : new String(letter.key(), StandardCharsets.UTF_8));
        put(fields, "timestamp", letter.timestamp());
        put(fields, "deliveries", letter.deliveries() == null ? null : (long) letter.deliveries());
        fields.put("size", letter.payload() == null ? 0L : (long) letter.payload().length);
        if (withFormat) {
            fields.put("format", view.decoded().format());
        }
        fields.put("tombstone", letter.payload() == null);
        fields.put("queue", letter.queue().name());
        put(fields, "partition", partition());
        return fields;
    }

    /// The ids of a topic are partition and offset.
    private @Nullable Long partition() {
        var id = view.letter().id().text();
        int dash = id.indexOf('-');
        if (view.letter().queue().kind() != QueueKind.TOPIC || dash <= 0) {
            return null;
        }
        try {
            return Long.parseLong(id.substring(0, dash));
        } catch (NumberFormatException otherKindOfId) {
            return null;
        }
    }

    private Map<String, Object> headers() {
        var fields = LinkedHashMap.<String, Object>newLinkedHashMap(view.letter().headers().size());
        for (var header : view.letter().headers()) {
            var text = header.text();
            fields.put(header.name(), text == null ? NullValue.NULL_VALUE : text);
        }
        return fields;
    }

    private Map<String, Object> cause() {
        var failure = view.failure();
        var fields = new HashMap<String, Object>();
        put(fields, "type", failure.type());
        put(fields, "message", failure.message());
        put(fields, "stackTrace", failure.stackTrace());
        put(fields, "origin", failure.origin().queue());
        put(
                fields,
                "partition",
                failure.origin().partition() == null ? null : (long) failure.origin().partition());
        put(fields, "position", failure.origin().position());
        put(fields, "consumer", failure.consumer());
        put(fields, "tries", failure.tries() == null ? null : (long) failure.tries());
        fields.put("fingerprint", view.fingerprint());
        return fields;
    }

    /// What is absent is no field, so that `has(cause.tries)` tells it.
    private static void put(Map<String, Object> fields, String name, @Nullable Object value) {
        if (value != null) {
            fields.put(name, value);
        }
    }

    private static Optional<Object> payload(Decoded decoded) {
        return switch (decoded) {
            case Decoded.Structured(_, _, var tree, _) -> Optional.of(value(tree));
            case Decoded.PlainText(_, _, var text, _) -> Optional.of(text);
            case Decoded.Wrapped(_, _, var inner, _) -> payload(inner);
            case Decoded.Opaque(var format, _, _) ->
                    format.endsWith("tombstone")
                            ? Optional.of(NullValue.NULL_VALUE)
                            : Optional.empty();
        };
    }

    private static Object value(Tree tree) {
        var value = Trees.toJava(tree, NullValue.NULL_VALUE);
        return value instanceof byte[] bytes ? ByteString.copyFrom(bytes) : value;
    }
}
