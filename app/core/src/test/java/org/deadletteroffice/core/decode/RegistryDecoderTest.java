package org.deadletteroffice.core.decode;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import org.deadletteroffice.spi.decode.Decoded;
import org.deadletteroffice.spi.decode.PayloadDecoder;
import org.deadletteroffice.spi.message.Header;
import org.deadletteroffice.spi.message.Headers;
import org.junit.jupiter.api.Test;

class RegistryDecoderTest extends DecoderContractTest {
    private static final UUID GUID = UUID.fromString("7a1c2f6e-93a0-4b52-9d5e-0f6a4a1b2c3d");
    private static final byte[] AVRO = {0, 0, 0, 0, 41, 2, 10, 'h', 'e', 'l', 'l', 'o'};

    @Override
    PayloadDecoder decoder() {
        return new RegistryDecoder();
    }

    @Override
    List<Sample> samples() {
        return List.of(
                new Sample("confluent avro", AVRO, Headers.NONE),
                new Sample("confluent json schema", framed("{\"a\":1}"), Headers.NONE),
                new Sample("confluent guid", guid(1), Headers.NONE),
                new Sample("glue", guid(3, 0), Headers.NONE),
                new Sample("apicurio", new byte[] {0, 0, 0, 0, 0, 0, 0, 0, 7, 2, 4}, Headers.NONE),
                new Sample(
                        "confluent header",
                        new byte[] {2, 4},
                        Headers.of(new Header("__value_schema_id", new byte[] {0, 0, 0, 0, 41}))),
                new Sample(
                        "apicurio header",
                        new byte[] {2, 4},
                        Headers.of(
                                new Header(
                                        "apicurio.value.globalId",
                                        new byte[] {0, 0, 0, 0, 0, 0, 0, 7}))),
                new Sample(
                        "azure",
                        new byte[] {2, 4},
                        Headers.of(
                                Header.of(
                                        "content-type",
                                        "avro/binary+0123456789abcdef0123456789abcdef"))));
    }

    @Override
    List<Edit> edits() {
        return List.of(
                new Edit(samples().get(1), text -> text.replace("1", "2"), framed("{\"a\":2}")));
    }

    @Override
    List<String> impossible() {
        return List.of("anything");
    }

    @Test
    void explains_an_avro_message_with_its_schema_id() {
        var reading = Decoders.standard().decode(AVRO, Headers.NONE, null);

        assertThat(reading.decoder()).isEqualTo("registry");
        assertThat(reading.decoded())
                .isInstanceOfSatisfying(
                        Decoded.Opaque.class,
                        it -> {
                            assertThat(it.format()).isEqualTo("avro?");
                            assertThat(it.reason())
                                    .contains("Confluent, schema id 41")
                                    .contains("No schema registry is set");
                        });
    }

    @Test
    void names_the_schema_of_every_framing() {
        assertThat(reason(guid(1), Headers.NONE)).contains("Confluent, schema GUID " + GUID);
        assertThat(reason(guid(3, 5), Headers.NONE))
                .contains("AWS Glue, schema version " + GUID + ", zlib");
        assertThat(reason(new byte[] {0, 0, 0, 0, 0, 0, 0, 0, 7, 2, 4}, Headers.NONE))
                .contains("Apicurio, global id 7");
        assertThat(reason(new byte[] {9}, samples().get(5).headers())).contains("schema id 41");
        assertThat(reason(new byte[] {9}, samples().getLast().headers()))
                .contains("Azure, schema id 0123456789abcdef");
    }

    @Test
    void other_binary_that_begins_with_zero_is_bytes() {
        assertThat(
                        Decoders.standard()
                                .decode(new byte[] {0, 1, 2, 3, 4, 5, 6}, Headers.NONE, null)
                                .decoder())
                .isNotEqualTo("json");
        assertThat(
                        Decoders.standard()
                                .decode(new byte[] {0, 0, 0, 0, 0, 0, 0, 42}, Headers.NONE, null)
                                .decoder())
                .isEqualTo("number");
        assertThat(
                        Decoders.standard()
                                .decode(
                                        "{\"a\":1}".getBytes(StandardCharsets.UTF_16BE),
                                        Headers.NONE,
                                        null)
                                .decoder())
                .isEqualTo("json");
    }

    private static String reason(byte[] payload, Headers headers) {
        return ((Decoded.Opaque) Decoders.standard().decode(payload, headers, null).decoded())
                .reason();
    }

    private static byte[] framed(String json) {
        return ByteBuffer.allocate(5 + json.length())
                .put((byte) 0)
                .putInt(41)
                .put(json.getBytes(StandardCharsets.UTF_8))
                .array();
    }

    private static byte[] guid(int... begin) {
        var bytes = ByteBuffer.allocate(begin.length + 18);
        for (int b : begin) {
            bytes.put((byte) b);
        }
        return bytes.putLong(GUID.getMostSignificantBits())
                .putLong(GUID.getLeastSignificantBits())
                .put((byte) 2)
                .put((byte) 4)
                .array();
    }
}
