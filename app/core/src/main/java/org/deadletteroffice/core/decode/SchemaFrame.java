package org.deadletteroffice.core.decode;

import java.nio.ByteBuffer;
import java.util.UUID;
import org.deadletteroffice.core.schema.SchemaRef;
import org.deadletteroffice.spi.decode.PayloadDecoder.Match;
import org.deadletteroffice.spi.decode.PayloadDecoder.Match.Certainty;
import org.deadletteroffice.spi.message.Header;
import org.deadletteroffice.spi.message.Headers;
import org.deadletteroffice.spi.message.Numerals;
import org.jspecify.annotations.Nullable;

/// How a payload names its schema: the framings of Confluent (id and GUID, in the payload or in
/// headers), AWS Glue, Apicurio, Avro's single-object encoding, and Azure's content type.
///
/// @param name whose framing it is
/// @param ref which schema it names
/// @param format what the payload probably is: `avro?`, or without the mark where a header says
/// @param prefix bytes before the framed content
/// @param declared a header says so
/// @param deflated the content is compressed by zlib
record SchemaFrame(
        String name, SchemaRef ref, String format, int prefix, boolean declared, boolean deflated) {
    /// Ids count up from 1; a larger number is rather the start of some other format.
    private static final int LARGEST_ID = 50_000_000;

    private static SchemaFrame inPayload(String name, SchemaRef ref, int prefix) {
        return new SchemaFrame(name, ref, "avro?", prefix, false, false);
    }

    private static SchemaFrame inHeaders(String name, SchemaRef ref, String format) {
        return new SchemaFrame(name, ref, format, 0, true, false);
    }

    Match match() {
        return declared
                ? new Match(Certainty.DECLARED, "a header names its schema: " + schema())
                : new Match(
                        Certainty.CONTENT,
                        "it begins with the framing of " + name + ": " + schema());
    }

    /// Which schema it names, in words.
    String schema() {
        return ref.words() + (deflated ? ", zlib" : "");
    }

    /// Null where there is none.
    static @Nullable SchemaFrame of(byte[] payload, Headers headers) {
        var declared = fromHeaders(headers);
        return declared == null ? fromBytes(payload) : declared;
    }

    private static @Nullable SchemaFrame fromBytes(byte[] payload) {
        if (payload.length < 6) {
            return null;
        }
        return switch (payload[0]) {
            case 0 -> numbered(ByteBuffer.wrap(payload), payload.length);
            case 1 -> guid(payload);
            case 3 -> glue(payload);
            case (byte) 0xC3 -> singleObject(payload);
            default -> null;
        };
    }

    private static @Nullable SchemaFrame guid(byte[] payload) {
        return payload.length > 17 && looksLikeUuid(payload, 1)
                ? inPayload("Confluent", new SchemaRef.Guid(uuid(ByteBuffer.wrap(payload), 1)), 17)
                : null;
    }

    private static @Nullable SchemaFrame glue(byte[] payload) {
        boolean deflated = payload[1] == 5;
        if (payload.length <= 18 || (payload[1] != 0 && !deflated) || !looksLikeUuid(payload, 2)) {
            return null;
        }
        var version = new SchemaRef.GlueVersion(uuid(ByteBuffer.wrap(payload), 2));
        return new SchemaFrame("AWS Glue", version, "avro?", 18, false, deflated);
    }

    /// Avro 1.12, "Single-object encoding": C3 01 and eight bytes, the lowest first.
    private static @Nullable SchemaFrame singleObject(byte[] payload) {
        if (payload.length <= 10 || payload[1] != 1) {
            return null;
        }
        long crc = Long.reverseBytes(ByteBuffer.wrap(payload).getLong(2));
        return new SchemaFrame(
                "Avro single object", new SchemaRef.AvroFingerprint(crc), "avro", 10, false, false);
    }

    private static @Nullable SchemaFrame numbered(ByteBuffer bytes, int length) {
        if (length == 8 && NumberDecoder.isTime(bytes.getLong(0))) {
            return null;
        }
        int id = bytes.getInt(1);
        if (id > 0 && id <= LARGEST_ID) {
            return inPayload("Confluent", new SchemaRef.Id(id), 5);
        }
        if (id == 0 && length > 9) {
            long globalId = bytes.getLong(1);
            if (globalId > 0 && globalId <= LARGEST_ID) {
                return inPayload("Apicurio", new SchemaRef.ApicurioGlobalId(globalId), 9);
            }
        }
        return null;
    }

    /// Version 1 to 8 and the variant of RFC 9562: random bytes pass this once in 32 times.
    private static boolean looksLikeUuid(byte[] payload, int at) {
        int version = (payload[at + 6] & 0xF0) >> 4;
        return version >= 1 && version <= 8 && (payload[at + 8] & 0xC0) == 0x80;
    }

    private static UUID uuid(ByteBuffer bytes, int at) {
        return new UUID(bytes.getLong(at), bytes.getLong(at + 8));
    }

    private static @Nullable SchemaFrame fromHeaders(Headers headers) {
        for (Header header : headers) {
            var value = header.value();
            if (value == null) {
                continue;
            }
            switch (header.name()) {
                case "__value_schema_id" -> {
                    return inHeaders("Confluent", confluentId(value), "avro?");
                }
                case "apicurio.value.globalId" -> {
                    var id = number(value);
                    return inHeaders(
                            "Apicurio",
                            id < 0
                                    ? new SchemaRef.Other(
                                            "global id of %s bytes".formatted(value.length))
                                    : new SchemaRef.ApicurioGlobalId(id),
                            encoding(headers));
                }
                case "apicurio.value.contentId" -> {
                    var id = number(value);
                    return inHeaders(
                            "Apicurio",
                            id < 0
                                    ? new SchemaRef.Other(
                                            "content id of %s bytes".formatted(value.length))
                                    : new SchemaRef.ApicurioContentId(id),
                            encoding(headers));
                }
                case "apicurio.value.artifactId" -> {
                    return inHeaders(
                            "Apicurio",
                            new SchemaRef.Other("artifact " + header.text()),
                            encoding(headers));
                }
                default -> {}
            }
        }
        return fromContentType(headers);
    }

    private static @Nullable SchemaFrame fromContentType(Headers headers) {
        var type = ContentType.of(headers);
        if (type.isEmpty()) {
            return null;
        }
        if (type.get().isAvro()) {
            int plus = type.get().type().indexOf("avro/binary+");
            return plus >= 0
                    ? inHeaders(
                            "Azure",
                            new SchemaRef.Other(
                                    "schema id " + type.get().type().substring(plus + 12)),
                            "avro")
                    : inHeaders("Avro", new SchemaRef.Other("not named"), "avro");
        }
        return type.get().isProtobuf()
                ? inHeaders("Protobuf", new SchemaRef.Other("not named"), "protobuf")
                : null;
    }

    private static SchemaRef confluentId(byte[] value) {
        var bytes = ByteBuffer.wrap(value);
        if (value.length >= 5 && value[0] == 0) {
            return new SchemaRef.Id(bytes.getInt(1));
        }
        if (value.length >= 17 && value[0] == 1) {
            return new SchemaRef.Guid(uuid(bytes, 1));
        }
        return new SchemaRef.Other("an id of " + Numerals.of(value.length, "byte", "bytes"));
    }

    /// -1 for what is no number.
    private static long number(byte[] value) {
        return value.length == 8
                ? Math.max(-1, ByteBuffer.wrap(value).getLong())
                : value.length == 4 ? Math.max(-1, ByteBuffer.wrap(value).getInt()) : -1;
    }

    private static String encoding(Headers headers) {
        return headers.lastText("apicurio.value.encoding").filter("JSON"::equals).isPresent()
                ? "json"
                : "avro?";
    }
}
