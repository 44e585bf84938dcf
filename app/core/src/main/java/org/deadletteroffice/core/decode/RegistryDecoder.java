package org.deadletteroffice.core.decode;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.deadletteroffice.spi.decode.Decoded;
import org.deadletteroffice.spi.decode.Decoded.Issue;
import org.deadletteroffice.spi.decode.PayloadDecoder;
import org.deadletteroffice.spi.decode.PayloadDecoder.Match.Certainty;
import org.deadletteroffice.spi.message.Header;
import org.deadletteroffice.spi.message.Headers;
import org.jspecify.annotations.Nullable;

/// Payloads whose schema lies in a registry: recognises the framing of Confluent (id and GUID, in
/// the payload or in headers), AWS Glue, Apicurio and Azure, and says which schema it names. Where
/// the framed bytes are JSON (a JSON Schema message) they are read; others stay bytes with the
/// reason, since no registry is asked.
public final class RegistryDecoder implements PayloadDecoder {
    private static final Match NO = new Match(Certainty.NO, "no schema registry framing");

    /// Ids count up from 1; a larger number is rather the start of some other format.
    private static final int LARGEST_ID = 50_000_000;

    private final JsonDecoder json = new JsonDecoder();

    /// @param name whose framing it is
    /// @param schema which schema it names, in words
    /// @param format what the payload probably is: `avro?`, or without the mark where a header says
    /// @param prefix bytes before the framed content
    /// @param declared a header says so
    private record Frame(String name, String schema, String format, int prefix, boolean declared) {
        Match match() {
            return declared
                    ? new Match(Certainty.DECLARED, "a header names its schema: " + schema)
                    : new Match(
                            Certainty.CONTENT,
                            "it begins with the framing of " + name + ": " + schema);
        }
    }

    @Override
    public String name() {
        return "registry";
    }

    @Override
    public Match match(byte[] payload, Headers headers) {
        var frame = frame(payload, headers);
        return frame == null ? NO : frame.match();
    }

    private static @Nullable Frame frame(byte[] payload, Headers headers) {
        var declared = fromHeaders(headers);
        if (declared != null) {
            return declared;
        }
        return fromBytes(payload);
    }

    private static @Nullable Frame fromBytes(byte[] payload) {
        if (payload.length < 6) {
            return null;
        }
        var bytes = ByteBuffer.wrap(payload);
        if (payload.length == 8 && NumberDecoder.isTime(bytes.getLong(0))) {
            return null;
        }
        switch (payload[0]) {
            case 0 -> {
                int id = bytes.getInt(1);
                if (id > 0 && id <= LARGEST_ID) {
                    return new Frame("Confluent", "schema id " + id, "avro?", 5, false);
                }
                if (id == 0 && payload.length > 9) {
                    long globalId = bytes.getLong(1);
                    if (globalId > 0 && globalId <= LARGEST_ID) {
                        return new Frame("Apicurio", "global id " + globalId, "avro?", 9, false);
                    }
                }
                return null;
            }
            case 1 -> {
                return payload.length > 17 && looksLikeUuid(payload, 1)
                        ? new Frame(
                                "Confluent", "schema GUID " + uuid(bytes, 1), "avro?", 17, false)
                        : null;
            }
            case 3 -> {
                boolean glue =
                        payload.length > 18
                                && (payload[1] == 0 || payload[1] == 5)
                                && looksLikeUuid(payload, 2);
                return glue
                        ? new Frame(
                                "AWS Glue",
                                "schema version "
                                        + uuid(bytes, 2)
                                        + (payload[1] == 5 ? ", zlib" : ""),
                                "avro?",
                                18,
                                false)
                        : null;
            }
            default -> {
                return null;
            }
        }
    }

    /// Version 1 to 8 and the variant of RFC 9562: random bytes pass this once in 32 times.
    private static boolean looksLikeUuid(byte[] payload, int at) {
        int version = (payload[at + 6] & 0xF0) >> 4;
        return version >= 1 && version <= 8 && (payload[at + 8] & 0xC0) == 0x80;
    }

    private static UUID uuid(ByteBuffer bytes, int at) {
        return new UUID(bytes.getLong(at), bytes.getLong(at + 8));
    }

    private static @Nullable Frame fromHeaders(Headers headers) {
        for (Header header : headers) {
            var value = header.value();
            if (value == null) {
                continue;
            }
            switch (header.name()) {
                case "__value_schema_id" -> {
                    return new Frame("Confluent", confluentId(value), "avro?", 0, true);
                }
                case "apicurio.value.globalId" -> {
                    return new Frame(
                            "Apicurio", "global id " + number(value), encoding(headers), 0, true);
                }
                case "apicurio.value.contentId" -> {
                    return new Frame(
                            "Apicurio", "content id " + number(value), encoding(headers), 0, true);
                }
                case "apicurio.value.artifactId" -> {
                    return new Frame(
                            "Apicurio", "artifact " + header.text(), encoding(headers), 0, true);
                }
                default -> {}
            }
        }
        var type = ContentType.of(headers);
        if (type.isEmpty()) {
            return null;
        }
        if (type.get().isAvro()) {
            int plus = type.get().type().indexOf("avro/binary+");
            return plus >= 0
                    ? new Frame(
                            "Azure",
                            "schema id " + type.get().type().substring(plus + 12),
                            "avro",
                            0,
                            true)
                    : new Frame("Avro", "not named", "avro", 0, true);
        }
        return type.get().isProtobuf()
                ? new Frame("Protobuf", "not named", "protobuf", 0, true)
                : null;
    }

    private static String confluentId(byte[] value) {
        var bytes = ByteBuffer.wrap(value);
        if (value.length >= 5 && value[0] == 0) {
            return "schema id " + bytes.getInt(1);
        }
        if (value.length >= 17 && value[0] == 1) {
            return "schema GUID " + uuid(bytes, 1);
        }
        return "an id of " + value.length + " bytes";
    }

    private static String number(byte[] value) {
        return value.length == 8
                ? Long.toString(ByteBuffer.wrap(value).getLong())
                : value.length == 4
                        ? Integer.toString(ByteBuffer.wrap(value).getInt())
                        : "of " + value.length + " bytes";
    }

    private static String encoding(Headers headers) {
        return headers.lastText("apicurio.value.encoding").filter("JSON"::equals).isPresent()
                ? "json"
                : "avro?";
    }

    @Override
    public Decoded decode(byte[] payload, Headers headers, Limits limits) {
        var frame = frame(payload, headers);
        if (frame == null) {
            return new Decoded.Opaque(
                    "bytes",
                    "It has no framing of a schema registry.",
                    List.of(
                            new Issue(
                                    Issue.Severity.ERROR,
                                    "",
                                    "No schema registry framing was found.")));
        }
        var named = frame.name() + ", " + frame.schema();
        int prefix = prefix(frame, payload);
        var content = Arrays.copyOfRange(payload, prefix, payload.length);
        if (looksLikeJson(content)) {
            var inner = json.decode(content, Headers.NONE, limits);
            if (inner instanceof Decoded.Structured(var format, _, var tree, var issues)) {
                var all = new IssueList().addAll(issues).info("", "Framed by " + named + ".");
                return prefix == 0
                        ? new Decoded.Structured(format, named, tree, all.all())
                        : new Decoded.Wrapped(
                                "registry",
                                content,
                                new Decoded.Structured(format, named, tree, issues),
                                all.all());
            }
        }
        return new Decoded.Opaque(
                frame.format(),
                named
                        + ". No schema registry is set for this profile, so its fields cannot be read; it is"
                        + " shown as bytes and can be replayed unchanged.",
                List.of(
                        new Issue(
                                Issue.Severity.INFO,
                                "",
                                "Framed by " + named + "; the schema is needed to read it.")));
    }

    /// In a JSON Schema message of a header-named schema there is no prefix; a compressed Glue
    /// message is not looked into.
    private static int prefix(Frame frame, byte[] payload) {
        return Math.min(frame.prefix(), payload.length);
    }

    private static boolean looksLikeJson(byte[] content) {
        return content.length > 1
                && (content[0] == '{' || content[0] == '[')
                && (content[content.length - 1] == '}' || content[content.length - 1] == ']');
    }

    @Override
    public Optional<String> editText(byte[] payload, Headers headers, Limits limits) {
        var frame = frame(payload, headers);
        if (frame == null || payload.length > limits.bytes()) {
            return Optional.empty();
        }
        var content = Arrays.copyOfRange(payload, prefix(frame, payload), payload.length);
        return looksLikeJson(content) && JsonReader.read(content, limits.depth()).strict()
                ? json.editText(content, Headers.NONE, limits)
                : Optional.empty();
    }

    @Override
    public byte[] encode(String edited, byte[] original, Headers headers) throws EditException {
        var frame = frame(original, headers);
        if (frame == null || editText(original, headers, Limits.STANDARD).isEmpty()) {
            throw new EditException(
                    "Without its schema this message cannot be edited as text; edit it as hex.",
                    0,
                    0);
        }
        int prefix = prefix(frame, original);
        var content = Arrays.copyOfRange(original, prefix, original.length);
        var encoded = json.encode(edited, content, Headers.NONE);
        if (Arrays.equals(encoded, content)) {
            return original;
        }
        var whole = Arrays.copyOf(original, prefix + encoded.length);
        System.arraycopy(encoded, 0, whole, prefix, encoded.length);
        return whole;
    }
}
