package org.deadletteroffice.core.decode;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.deadletteroffice.core.browse.MessageView.CloudEventInfo;
import org.deadletteroffice.spi.decode.Decoded;
import org.deadletteroffice.spi.decode.Tree;
import org.deadletteroffice.spi.message.Headers;
import org.jspecify.annotations.Nullable;

/// Recognises a CloudEvent in any binding's spelling (CloudEvents 1.0.2, protocol bindings).
final class CloudEvents {
    private static final BytePattern SPEC_VERSION = BytePattern.of("\"specversion\"");

    /// Attributes may stand behind the data; but an event whose data is larger than this and that
    /// has no content type is rare.
    private static final int SEARCHED = 1 << 20;

    static final List<String> REQUIRED = List.of("specversion", "id", "source", "type");

    /// Spellings of attribute names: Kafka `ce_`, HTTP and NATS `ce-` (percent-encoded values),
    /// AMQP `cloudEvents:` and `cloudEvents_`.
    private static final List<String> PREFIXES =
            List.of("ce_", "ce-", "cloudevents:", "cloudevents_");

    enum Mode {
        STRUCTURED("structured"),
        BATCH("batch"),
        BINARY("binary"),
        BY_SHAPE("by shape"),
        NONE("");

        private final String word;

        Mode(String word) {
            this.word = word;
        }

        String word() {
            return word;
        }
    }

    /// By the headers alone; NONE leaves BY_SHAPE open.
    static Mode modeByHeaders(Headers headers) {
        var type = ContentType.of(headers).map(ContentType::type).orElse("");
        if (type.startsWith("application/cloudevents-batch")) {
            return Mode.BATCH;
        }
        if (type.startsWith("application/cloudevents")) {
            return Mode.STRUCTURED;
        }
        for (var header : headers) {
            if (attributeName(header.name()).filter("specversion"::equals).isPresent()) {
                return Mode.BINARY;
            }
        }
        return Mode.NONE;
    }

    /// Whether the bytes may be an event's JSON: cheap, before anything is parsed.
    static boolean mayHaveShape(byte[] payload) {
        return payload.length > 40
                && payload[firstSignificant(payload)] == '{'
                && SPEC_VERSION.isIn(payload, SEARCHED);
    }

    private static int firstSignificant(byte[] payload) {
        int at = 0;
        while (at < payload.length - 1 && payload[at] <= ' ' && payload[at] >= 0) {
            at++;
        }
        return at;
    }

    static boolean hasShape(Tree tree) {
        return tree instanceof Tree.Obj object
                && REQUIRED.stream()
                        .allMatch(name -> object.get(name).orElse(null) instanceof Tree.Text);
    }

    /// The attribute that a header of this name holds.
    static Optional<String> attributeName(String header) {
        // All spellings begin with the same letter, and every header of a scan passes here.
        if (header.isEmpty() || (header.charAt(0) | 0x20) != 'c') {
            return Optional.empty();
        }
        var lower = header.toLowerCase(Locale.ROOT);
        for (var prefix : PREFIXES) {
            if (lower.startsWith(prefix) && lower.length() > prefix.length()) {
                return Optional.of(lower.substring(prefix.length()));
            }
        }
        return Optional.empty();
    }

    /// Attributes of a binary event, in order; the last of a repeated one.
    static Map<String, String> attributes(Headers headers) {
        var attributes = new LinkedHashMap<String, String>();
        for (var header : headers) {
            var text = header.text();
            var name = attributeName(header.name());
            if (name.isPresent() && text != null) {
                boolean encoded = header.name().startsWith("ce-");
                attributes.put(name.get(), encoded ? percentDecoded(text) : text);
            }
        }
        return attributes;
    }

    private static String percentDecoded(String text) {
        if (text.indexOf('%') < 0) {
            return text;
        }
        try {
            return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException notEncoded) {
            return text;
        }
    }

    /// The attributes of what was decoded; null for anything but a CloudEvent.
    static @Nullable CloudEventInfo info(Headers headers, Decoded decoded) {
        var mode = modeByHeaders(headers);
        if (mode == Mode.BINARY) {
            var attributes = attributes(headers);
            return info(mode, name -> attributes.getOrDefault(name, ""));
        }
        var tree = tree(decoded);
        if (tree == null || !decoded.format().contains("cloudevents")) {
            return null;
        }
        return switch (tree) {
            case Tree.Obj object ->
                    info(mode == Mode.NONE ? Mode.BY_SHAPE : mode, name -> text(object, name));
            case Tree.Arr(var items)
                    when !items.isEmpty() && items.getFirst() instanceof Tree.Obj first ->
                    info(Mode.BATCH, name -> text(first, name));
            default -> null;
        };
    }

    private static CloudEventInfo info(
            Mode mode, java.util.function.UnaryOperator<String> attribute) {
        return new CloudEventInfo(
                mode.word(),
                attribute.apply("specversion"),
                attribute.apply("id"),
                attribute.apply("source"),
                attribute.apply("type"));
    }

    private static String text(Tree.Obj object, String name) {
        return object.get(name).orElse(Tree.NULL) instanceof Tree.Text(var value) ? value : "";
    }

    private static @Nullable Tree tree(Decoded decoded) {
        return switch (decoded) {
            case Decoded.Structured(_, _, var tree, _) -> tree;
            case Decoded.Wrapped(_, _, var inner, _) -> tree(inner);
            case Decoded.PlainText _, Decoded.Opaque _ -> null;
        };
    }

    private CloudEvents() {}
}
