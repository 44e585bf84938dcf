package org.deadletteroffice.core.archive;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Base64;
import org.deadletteroffice.spi.message.DeadLetter;
import org.deadletteroffice.spi.message.Failure;
import org.deadletteroffice.spi.message.Header;
import org.deadletteroffice.spi.message.Headers;
import org.deadletteroffice.spi.message.MessageId;
import org.deadletteroffice.spi.message.Origin;
import org.deadletteroffice.spi.message.QueueRef;
import org.jspecify.annotations.Nullable;

/// A message as one line of JSON, for other programs and for its way back: bytes in base64, null
/// for what the message does not have, headers in their order. The names are those of `dlo browse`.
public final class LetterJson {
    private static final ObjectMapper JSON = mapper();

    private static ObjectMapper mapper() {
        var mapper = JsonMapper.builder().build();
        // A payload of a message may be larger than what Jackson takes for a sane text.
        mapper.getFactory()
                .setStreamReadConstraints(
                        StreamReadConstraints.builder().maxStringLength(256 << 20).build());
        return mapper;
    }

    /// Without the end of the line.
    public static String write(DeadLetter letter) {
        var root = JSON.createObjectNode();
        root.put("profile", letter.queue().profile());
        root.put("queue", letter.queue().name());
        root.put("id", letter.id().text());
        root.put("keyBase64", letter.key());
        root.put("payloadBase64", letter.payload());
        var headers = root.putArray("headers");
        for (var header : letter.headers()) {
            headers.addObject().put("name", header.name()).put("valueBase64", header.value());
        }
        var timestamp = letter.timestamp();
        root.put("timestamp", timestamp == null ? null : timestamp.toString());
        root.put("deliveries", letter.deliveries());
        var from = letter.failure().origin();
        if (!from.equals(Origin.UNKNOWN)) {
            root.putObject("origin")
                    .put("queue", from.queue())
                    .put("partition", from.partition())
                    .put("position", from.position());
        }
        try {
            return JSON.writeValueAsString(root);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /// @param id what the message is called from now on: its old id names nothing any more
    /// @throws IOException when the line is no message, with the reason in words
    static DeadLetter read(String line, QueueRef queue, MessageId id) throws IOException {
        JsonNode root;
        try {
            root = JSON.readTree(line);
        } catch (JsonProcessingException noJson) {
            throw new IOException("it is not JSON", noJson);
        }
        if (!root.isObject() || !root.has("payloadBase64")) {
            throw new IOException("it has no payloadBase64");
        }
        var headers = new ArrayList<Header>();
        for (var header : root.path("headers")) {
            if (!header.path("name").isTextual()) {
                throw new IOException("a header has no name");
            }
            headers.add(new Header(header.get("name").textValue(), bytes(header, "valueBase64")));
        }
        var from = root.path("origin");
        var origin =
                new Origin(
                        from.path("queue").textValue(),
                        from.hasNonNull("partition") ? from.get("partition").intValue() : null,
                        from.hasNonNull("position") ? from.get("position").longValue() : null);
        return new DeadLetter(
                queue,
                id,
                bytes(root, "keyBase64"),
                bytes(root, "payloadBase64"),
                new Headers(headers),
                timestamp(root),
                root.hasNonNull("deliveries") ? root.get("deliveries").intValue() : null,
                origin.equals(Origin.UNKNOWN)
                        ? Failure.NONE
                        : Failure.builder().origin(origin).build(),
                null);
    }

    private static @Nullable Instant timestamp(JsonNode root) throws IOException {
        if (!root.hasNonNull("timestamp")) {
            return null;
        }
        try {
            return Instant.parse(root.get("timestamp").asText());
        } catch (DateTimeParseException none) {
            throw new IOException("its timestamp is no time", none);
        }
    }

    private static byte @Nullable [] bytes(JsonNode node, String name) throws IOException {
        if (!node.hasNonNull(name)) {
            return null;
        }
        try {
            return Base64.getDecoder().decode(node.get(name).asText());
        } catch (IllegalArgumentException notBase64) {
            throw new IOException("its " + name + " is not base64", notBase64);
        }
    }

    private LetterJson() {}
}
