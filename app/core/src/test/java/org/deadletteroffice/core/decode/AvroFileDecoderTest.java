package org.deadletteroffice.core.decode;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.file.CodecFactory;
import org.apache.avro.file.DataFileReader;
import org.apache.avro.file.DataFileWriter;
import org.apache.avro.file.SeekableByteArrayInput;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.deadletteroffice.spi.decode.Decoded;
import org.deadletteroffice.spi.decode.PayloadDecoder;
import org.deadletteroffice.spi.decode.PayloadDecoder.EditException;
import org.deadletteroffice.spi.message.Headers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AvroFileDecoderTest extends DecoderContractTest {
    private static final Schema SCHEMA =
            new Schema.Parser()
                    .parse(
                            "{\"type\":\"record\",\"name\":\"Order\",\"fields\":[{\"name\":\"id\",\"type\":\"string\"},{\"name\":\"n\",\"type\":\"int\"}]}");

    @Override
    PayloadDecoder decoder() {
        return new AvroFileDecoder();
    }

    @Override
    List<Sample> samples() {
        return List.of(
                new Sample("plain", file("null"), Headers.NONE),
                new Sample("deflate", file("deflate"), Headers.NONE));
    }

    @Override
    List<Edit> edits() {
        return List.of();
    }

    @Override
    List<String> impossible() {
        return List.of("[", "{}", "[{\"id\":\"a\"}]", "[{\"id\":\"a\",\"n\":\"x\"}]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "deflate", "snappy", "zstandard"})
    void the_library_reads_what_was_edited(String codec) throws EditException, IOException {
        var bytes = file(codec);
        var reading = Decoders.standard().decode(bytes, Headers.NONE, null);
        var text =
                decoder()
                        .editText(bytes, Headers.NONE, PayloadDecoder.Limits.STANDARD)
                        .orElseThrow();
        var edited = decoder().encode(text.replace("o-1", "o-9"), bytes, Headers.NONE);

        assertThat(reading.decoder()).isEqualTo("avro-file");
        assertThat(((Decoded.Structured) reading.decoded()).schema()).isEqualTo("its own, Order");
        try (var reader =
                new DataFileReader<GenericRecord>(
                        new SeekableByteArrayInput(edited), new GenericDatumReader<>())) {
            assertThat(reader.next().get("id").toString()).isEqualTo("o-0");
            assertThat(reader.next().get("id").toString()).isEqualTo("o-9");
            assertThat(reader.getMetaString("avro.codec")).isEqualTo(codec);
        }
    }

    @Test
    void a_codec_that_is_not_read_is_named() {
        var bytes = file("null");
        var text = new String(bytes, java.nio.charset.StandardCharsets.ISO_8859_1);
        var other =
                text.replace("avro.codec\u0008null", "avro.codec\u0008bzip")
                        .getBytes(java.nio.charset.StandardCharsets.ISO_8859_1);

        assertThat(
                        decoder()
                                .decode(other, Headers.NONE, PayloadDecoder.Limits.STANDARD)
                                .issues()
                                .getFirst()
                                .sentence())
                .contains("'bzip'");
    }

    /// Avro's parser answers with a NullPointerException.
    @Test
    void a_schema_with_a_type_that_is_not_known_is_told() {
        var latin = java.nio.charset.StandardCharsets.ISO_8859_1;
        var broken = new String(file("null"), latin).replace("\"int\"", "\"inu\"").getBytes(latin);

        assertThat(
                        decoder()
                                .decode(broken, Headers.NONE, PayloadDecoder.Limits.STANDARD)
                                .issues()
                                .getFirst()
                                .sentence())
                .contains("no Avro schema");
    }

    private static byte[] file(String codec) {
        var out = new ByteArrayOutputStream();
        try (var writer = new DataFileWriter<GenericRecord>(new GenericDatumWriter<>(SCHEMA))) {
            writer.setCodec(CodecFactory.fromString(codec));
            writer.create(SCHEMA, out);
            for (int i = 0; i < 3; i++) {
                var record = new GenericData.Record(SCHEMA);
                record.put("id", "o-" + i);
                record.put("n", i);
                writer.append(record);
            }
        } catch (IOException impossible) {
            throw new IllegalStateException(impossible);
        }
        return out.toByteArray();
    }
}
