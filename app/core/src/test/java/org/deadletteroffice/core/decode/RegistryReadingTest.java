package org.deadletteroffice.core.decode;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.deadletteroffice.core.schema.SchemaChoice;
import org.deadletteroffice.core.schema.SchemaRef;
import org.deadletteroffice.core.schema.SchemaText;
import org.deadletteroffice.core.schema.SchemaText.Kind;
import org.deadletteroffice.core.schema.Schemas;
import org.deadletteroffice.core.schema.Schemas.Answer;
import org.deadletteroffice.spi.decode.Decoded;
import org.deadletteroffice.spi.decode.PayloadDecoder;
import org.deadletteroffice.spi.message.Header;
import org.deadletteroffice.spi.message.Headers;
import org.junit.jupiter.api.Test;

/// Framed payloads whose schemas can be had.
class RegistryReadingTest extends DecoderContractTest {
    private static final UUID GUID = UUID.fromString("7a1c2f6e-93a0-4b52-9d5e-0f6a4a1b2c3d");
    private static final String AVRO =
            "{\"type\":\"record\",\"name\":\"Order\",\"fields\":[{\"name\":\"country\",\"type\":\"string\"}]}";
    private static final String PROTO =
            "syntax = \"proto3\"; message Order { string country = 1; }";
    private static final String JSON =
            "{\"title\":\"Order\",\"type\":\"object\",\"properties\":{\"country\":{\"type\":\"string\"}},\"required\":[\"country\"],\"additionalProperties\":false}";
    private static final byte[] AVRO_XX = {4, 'X', 'X'};
    private static final byte[] PROTO_XX = {0, 10, 2, 'X', 'X'};

    private final Schemas schemas =
            ref ->
                    switch (ref) {
                        case SchemaRef.Id(int id) when id == 1 -> found(Kind.AVRO, AVRO);
                        case SchemaRef.Id(int id) when id == 2 -> found(Kind.PROTOBUF, PROTO);
                        case SchemaRef.Id(int id) when id == 3 -> found(Kind.JSON, JSON);
                        case SchemaRef.Id(int id) when id == 4 -> found(Kind.AVRO, "nonsense");
                        case SchemaRef.Id _ -> new Answer.Missing("There is no such schema");
                        default -> found(Kind.AVRO, AVRO);
                    };

    private static Answer found(Kind kind, String text) {
        return new Answer.Found(new SchemaText(kind, text, Map.of(), "a schema"));
    }

    private final Decoders decoders = Decoders.standard().with(schemas);

    Decoders decoders() {
        return decoders;
    }

    @Override
    PayloadDecoder decoder() {
        return decoders.named("registry").orElseThrow();
    }

    @Override
    List<Sample> samples() {
        return List.of(
                new Sample("avro", framed(1, AVRO_XX), Headers.NONE),
                new Sample("protobuf", framed(2, PROTO_XX), Headers.NONE),
                new Sample("json", framed(3, utf8("{\"country\":\"XX\"}")), Headers.NONE),
                new Sample("guid", joined(guid(1), AVRO_XX), Headers.NONE),
                new Sample("glue", joined(guid(3, 0), AVRO_XX), Headers.NONE),
                new Sample(
                        "glue, zlib",
                        joined(guid(3, 5), Compression.ZLIB.compress(AVRO_XX, AVRO_XX)),
                        Headers.NONE),
                new Sample(
                        "single object",
                        joined(new byte[] {(byte) 0xC3, 1, 1, 2, 3, 4, 5, 6, 7, 8}, AVRO_XX),
                        Headers.NONE),
                new Sample(
                        "apicurio header",
                        AVRO_XX,
                        Headers.of(
                                new Header(
                                        "apicurio.value.globalId",
                                        new byte[] {0, 0, 0, 0, 0, 0, 0, 7}))));
    }

    @Override
    List<Edit> edits() {
        var samples = samples();
        byte[] avro = {4, 'D', 'E'};
        return List.of(
                edit(samples.get(0), framed(1, avro)),
                edit(samples.get(1), framed(2, new byte[] {0, 10, 2, 'D', 'E'})),
                edit(samples.get(2), framed(3, utf8("{\"country\":\"DE\"}"))),
                edit(samples.get(3), joined(guid(1), avro)),
                edit(samples.get(5), joined(guid(3, 5), Compression.ZLIB.compress(avro, avro))),
                edit(samples.get(7), avro));
    }

    private static Edit edit(Sample sample, byte[] expected) {
        return new Edit(sample, text -> text.replace("XX", "DE"), expected);
    }

    @Override
    List<String> impossible() {
        return List.of("{", "{}", "{\"country\":1}", "{\"country\":\"X\",\"more\":1}");
    }

    @Test
    void says_by_which_schema_it_was_read() {
        var reading = decoders.decode(framed(1, AVRO_XX), Headers.NONE, null);

        assertThat(reading.decoded().format()).isEqualTo("avro");
        assertThat(((Decoded.Structured) reading.decoded()).schema())
                .isEqualTo("Confluent, schema id 1, Order");
    }

    @Test
    void json_that_breaks_its_schema_is_read_and_told() {
        var decoded =
                decoders.decode(framed(3, utf8("{\"contry\":\"XX\"}")), Headers.NONE, null)
                        .decoded();

        assertThat(decoded.issues().stream().map(Decoded.Issue::sentence).toList())
                .containsExactly(
                        "$.country is missing, and is required.",
                        "$.contry is unknown: the schema has no such field. Is 'country' meant?");
    }

    @Test
    void what_cannot_be_read_by_schema_is_bytes_with_the_reason() {
        assertThat(reason(framed(9, AVRO_XX))).contains("There is no such schema", "unchanged");
        assertThat(reason(framed(4, AVRO_XX))).contains("no Avro schema");
        assertThat(reason(framed(1, new byte[] {40, 'X'}))).contains("does not fit this schema");
        assertThat(reason(framed(2, new byte[] {0, 9, 1, 2, 3})))
                .contains("does not fit this schema");
    }

    @Test
    void an_edit_is_checked_before_it_is_written() {
        var gzip = Compression.GZIP.compress(framed(1, AVRO_XX), new byte[0]);
        for (var payload : List.of(framed(1, AVRO_XX), framed(2, PROTO_XX), gzip)) {
            assertThat(
                            decoders.judge(
                                            "{\"country\":\"DE\"}",
                                            payload,
                                            Headers.NONE,
                                            null,
                                            SchemaChoice.OWN)
                                    .misfits())
                    .isEmpty();
            assertThat(
                            decoders.judge(
                                            "{\"contry\":\"DE\"}",
                                            payload,
                                            Headers.NONE,
                                            null,
                                            SchemaChoice.OWN)
                                    .misfits())
                    .anyMatch(issue -> issue.where().equals("$.contry"));
        }
        assertThat(
                        decoders.judge(
                                        "{\"a\":1}",
                                        utf8("{\"a\":2}"),
                                        Headers.NONE,
                                        null,
                                        SchemaChoice.OWN)
                                .misfits())
                .isEmpty();
    }

    @Test
    void a_wrapped_one_is_read_by_its_schema_too() {
        var gzip = Compression.GZIP.compress(framed(1, AVRO_XX), new byte[0]);

        assertThat(decoders.decode(gzip, Headers.NONE, null).decoded().format())
                .isEqualTo("gzip+avro");
    }

    private String reason(byte[] payload) {
        return ((Decoded.Opaque) decoders.decode(payload, Headers.NONE, null).decoded()).reason();
    }

    private static byte[] framed(int id, byte[] content) {
        return joined(ByteBuffer.allocate(5).put((byte) 0).putInt(id).array(), content);
    }

    private static byte[] guid(int... begin) {
        var bytes = ByteBuffer.allocate(begin.length + 16);
        for (int b : begin) {
            bytes.put((byte) b);
        }
        return bytes.putLong(GUID.getMostSignificantBits())
                .putLong(GUID.getLeastSignificantBits())
                .array();
    }

    private static byte[] joined(byte[] one, byte[] other) {
        var out = new ByteArrayOutputStream();
        out.writeBytes(one);
        out.writeBytes(other);
        return out.toByteArray();
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
