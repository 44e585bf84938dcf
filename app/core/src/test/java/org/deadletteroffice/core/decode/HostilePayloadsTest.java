package org.deadletteroffice.core.decode;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.file.CodecFactory;
import org.apache.avro.file.DataFileWriter;
import org.apache.avro.generic.GenericDatumWriter;
import org.deadletteroffice.core.schema.SchemaText;
import org.deadletteroffice.core.schema.SchemaText.Kind;
import org.deadletteroffice.core.schema.Schemas.Answer;
import org.deadletteroffice.spi.message.Header;
import org.deadletteroffice.spi.message.Headers;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// What somebody may put into a queue to stop whoever looks at it.
class HostilePayloadsTest {
    private static final long MOST_BYTES = 64L << 20;
    private static final long MOST_NANOS = 2_000_000_000L;

    @TestFactory
    List<DynamicTest> ends_in_two_seconds_within_64_mebibytes() {
        var tests = new ArrayList<DynamicTest>();
        payloads()
                .forEach(
                        (name, payload) ->
                                tests.add(
                                        DynamicTest.dynamicTest(
                                                name, () -> assertBounded(payload, Headers.NONE))));
        return tests;
    }

    private static Map<String, byte[]> payloads() {
        var all = new LinkedHashMap<String, byte[]>();
        all.put("gzip bomb", Compression.GZIP.compress(new byte[100 << 20], new byte[0]));
        all.put("zstd bomb", Compression.ZSTD.compress(new byte[100 << 20], new byte[0]));
        all.put("lz4 bomb", Compression.LZ4.compress(new byte[100 << 20], new byte[0]));
        var bomb = Compression.GZIP.compress(new byte[100 << 20], new byte[0]);
        all.put("a bomb in gzip in gzip", Compression.GZIP.compress(bomb, new byte[0]));
        all.put("a bomb in base64", Base64.getEncoder().encode(bomb));
        all.put("smile, 10,000 deep", smile());
        all.put("json, 10,000 deep", utf8("[".repeat(10_000) + "]".repeat(10_000)));
        all.put("json objects, 10,000 deep", utf8("{\"a\":".repeat(10_000)));
        all.put("xml, 10,000 deep", utf8("<a>".repeat(10_000)));
        all.put("yaml, 10,000 deep", utf8("---\n" + "[".repeat(10_000)));
        all.put("cbor, 10,000 deep", filled(10_000, 0x81));
        all.put("cbor, indefinite, 10,000 deep", filled(10_000, 0x9F));
        all.put("cbor tags", filled(1 << 20, 0xC1));
        all.put("cbor, huge array", bytes(0x9B, 0, 0, 0, 0x7F, 0xFF, 0xFF, 0xFF, 0xFF, 0, 0));
        all.put("cbor, huge text", bytes(0x7B, 0, 0, 0, 0x7F, 0xFF, 0xFF, 0xFF, 0xFF, 0, 0));
        all.put("messagepack, 10,000 deep", filled(10_000, 0x91));
        all.put("messagepack, huge map", bytes(0xDF, 0xFF, 0xFF, 0xFF, 0xFF, 0xA1, 'a', 1));
        all.put("a regular expression's nightmare", utf8("a".repeat(1 << 20) + "!"));
        all.put("java, classes in classes", javaStream(0x72));
        all.put("java, huge array", javaStream(0x75, 0x72, 0, 2, '[', 'J'));
        all.put("base64 of base64", base64(6));
        all.put("NULs and bidi overrides", utf8("{\"\\u0000\u202Ea\u0000\":\"\u202E\u0000\"}"));
        all.put("a body of 200 MiB", new byte[200 << 20]);
        all.put("open php", utf8("a:999999999:{" + "i:0;".repeat(100_000) + "}"));
        all.put("zlib bomb", Compression.ZLIB.compress(new byte[100 << 20], new byte[0]));
        all.put("xml, entities in entities", utf8(entities()));
        all.put(
                "xml, an entity from outside",
                utf8("<!DOCTYPE a [<!ENTITY x SYSTEM \"file:///dev/zero\">]><a>&x;</a>"));
        all.put("yaml, aliases of aliases", utf8(aliases()));
        all.put("ion text, 10,000 deep", utf8("$ion_1_0 " + "[".repeat(10_000)));
        all.put("json, 4,000,000 values", utf8("[" + "0,".repeat(4_000_000) + "0]"));
        all.put("json, a number of 1,000,000 digits", utf8("[" + "7".repeat(1_000_000) + "]"));
        all.put("json, an exponent beyond all", utf8("[1e999999999,-1e-999999999]"));
        all.put("ndjson, 2,000,000 lines", utf8("{}\n".repeat(2_000_000)));
        all.put("protobuf, 10,000 deep", nestedFields(10_000));
        all.put("protobuf groups", filled(10_000, 0x0B));
        all.put("python pickle, 1,000,000 marks", pickle());
        all.put("avro, a bomb in a block", avro("deflate", new byte[100 << 20]));
        all.put("avro, a bomb in a block of zstandard", avro("zstandard", new byte[100 << 20]));
        return all;
    }

    /// Those that only a header tells.
    @TestFactory
    List<DynamicTest> a_bomb_that_a_header_names_is_bounded_too() {
        var bomb = new byte[100 << 20];
        return List.of(
                declared("snappy", Compression.SNAPPY.compress(bomb, new byte[0])),
                declared("deflate", Compression.DEFLATE.compress(bomb, new byte[0])),
                declared("br", Compression.BROTLI.compress(bomb, new byte[0])));
    }

    private static DynamicTest declared(String encoding, byte[] payload) {
        var headers = Headers.of(Header.of("content-encoding", encoding));
        return DynamicTest.dynamicTest(encoding, () -> assertBounded(payload, headers));
    }

    /// What lies in a registry may be as hostile as what lies in a queue.
    @TestFactory
    List<DynamicTest> a_hostile_schema_ends_in_two_seconds_within_64_mebibytes() {
        var self = "{\"type\":\"record\",\"name\":\"N\",\"fields\":[{\"name\":\"n\",\"type\":%s}]}";
        return List.of(
                bySchema(
                        "avro in itself, 10,000 deep",
                        Kind.AVRO,
                        self.formatted("[\"null\",\"N\"]"),
                        filled(10_000, 2)),
                bySchema("avro that needs itself", Kind.AVRO, self.formatted("\"N\""), new byte[9]),
                bySchema(
                        "avro, arrays in arrays",
                        Kind.AVRO,
                        "{\"type\":\"array\",\"items\":".repeat(10_000) + "\"int\"",
                        new byte[9]),
                bySchema(
                        "protobuf, messages in messages",
                        Kind.PROTOBUF,
                        "message A {".repeat(10_000) + "}".repeat(10_000),
                        new byte[9]),
                bySchema(
                        "protobuf in itself, 10,000 deep",
                        Kind.PROTOBUF,
                        "syntax = \"proto3\"; message A { A a = 1; }",
                        behind(new byte[1], nestedFields(10_000))),
                bySchema("json schema that is itself", Kind.JSON, "{\"$ref\":\"#\"}", utf8("{}")),
                bySchema(
                        "json schema, rules that double",
                        Kind.JSON,
                        doubling("allOf"),
                        utf8("[1,2,3]")),
                bySchema(
                        "json schema, choices that double",
                        Kind.JSON,
                        doubling("anyOf"),
                        utf8("[1,2,3]")),
                bySchema("json schema, 10,000 deep", Kind.JSON, "[".repeat(10_000), utf8("{}")));
    }

    private static String doubling(String keyword) {
        var schema = new StringBuilder("{\"$ref\":\"#/d/0\",\"d\":{");
        var twice = "\"%d\":{\"" + keyword + "\":[{\"$ref\":\"#/d/%d\"},{\"$ref\":\"#/d/%d\"}]},";
        for (int i = 0; i < 60; i++) {
            schema.append(twice.formatted(i, i + 1, i + 1));
        }
        return schema.append("\"60\":{\"type\":\"string\"}}}").toString();
    }

    private static DynamicTest bySchema(String name, Kind kind, String schema, byte[] content) {
        var found = new Answer.Found(new SchemaText(kind, schema, Map.of(), "a schema"));
        var payload = behind(new byte[] {0, 0, 0, 0, 7}, content);
        return DynamicTest.dynamicTest(
                name,
                () -> {
                    var decoders = Decoders.standard().with(_ -> found);
                    assertBounded(decoders, payload, Headers.NONE);
                });
    }

    @Test
    void a_hundred_thousand_headers_are_passed_over() {
        var headers = new ArrayList<Header>();
        for (int i = 0; i < 100_000; i++) {
            headers.add(Header.of("\u0000x\u202E-" + i, "v"));
        }

        assertBounded(utf8("{\"a\":1}"), new Headers(headers));
    }

    @Test
    void a_charset_that_does_not_exist_is_told() {
        var headers = Headers.of(Header.of("content-type", "text/plain; charset=klingon-8"));

        var decoded = Decoders.standard().decode(utf8("hello"), headers, null).decoded();

        assertThat(decoded.issues().getFirst().sentence()).contains("'klingon-8'");
    }

    private static void assertBounded(byte[] payload, Headers headers) {
        assertBounded(Decoders.standard(), payload, headers);
    }

    private static void assertBounded(Decoders decoders, byte[] payload, Headers headers) {
        var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        decoders.decode(utf8("{}"), Headers.NONE, null);
        long bytes = threads.getCurrentThreadAllocatedBytes();
        // Of the processor and not of the clock: on a machine with other work a pause is no hang.
        long start = threads.getCurrentThreadCpuTime();

        var reading = decoders.decode(payload, headers, null);

        long took = threads.getCurrentThreadCpuTime() - start;
        long allocated = threads.getCurrentThreadAllocatedBytes() - bytes;
        assertThat(reading.decoded().format()).isNotBlank();
        assertThat(took).as("nanoseconds").isLessThan(MOST_NANOS);
        assertThat(allocated).as("bytes").isLessThan(MOST_BYTES);
    }

    private static String entities() {
        var bomb = new StringBuilder("<!DOCTYPE l [<!ENTITY a0 \"ha\">");
        for (int i = 1; i < 40; i++) {
            bomb.append("<!ENTITY a%d \"&a%d;&a%d;\">".formatted(i, i - 1, i - 1));
        }
        return bomb.append("]><l>&a39;</l>").toString();
    }

    private static String aliases() {
        var bomb = new StringBuilder("---\na0: &a0 [x,x,x,x,x,x,x,x,x]\n");
        for (int i = 1; i < 20; i++) {
            bomb.append("a%d: &a%d [%s]\n".formatted(i, i, ("*a" + (i - 1) + ",").repeat(9)));
        }
        return bomb.toString();
    }

    /// Field 1 in field 1 in field 1.
    private static byte[] nestedFields(int deep) {
        var reversed = new ByteArrayOutputStream();
        for (int i = 0; i < deep; i++) {
            int length = reversed.size();
            var size = new ByteArrayOutputStream();
            do {
                size.write((length & 0x7F) | (length > 0x7F ? 0x80 : 0));
                length >>>= 7;
            } while (length > 0);
            var bytes = size.toByteArray();
            for (int b = bytes.length - 1; b >= 0; b--) {
                reversed.write(bytes[b]);
            }
            reversed.write(0x0A);
        }
        var backwards = reversed.toByteArray();
        var out = new byte[backwards.length];
        for (int i = 0; i < out.length; i++) {
            out[i] = backwards[out.length - 1 - i];
        }
        return out;
    }

    private static byte[] pickle() {
        var bytes = filled(1_000_003, '(');
        bytes[0] = (byte) 0x80;
        bytes[1] = 4;
        bytes[bytes.length - 1] = '.';
        return bytes;
    }

    private static byte[] avro(String codec, byte[] value) {
        var schema = Schema.create(Schema.Type.BYTES);
        var out = new ByteArrayOutputStream();
        try (var writer = new DataFileWriter<ByteBuffer>(new GenericDatumWriter<>(schema))) {
            writer.setCodec(CodecFactory.fromString(codec));
            writer.create(schema, out);
            writer.append(ByteBuffer.wrap(value));
        } catch (IOException impossible) {
            throw new IllegalStateException(impossible);
        }
        return out.toByteArray();
    }

    private static byte[] behind(byte[] one, byte[] other) {
        return ByteBuffer.allocate(one.length + other.length).put(one).put(other).array();
    }

    private static byte[] javaStream(int... tail) {
        var out = new ByteArrayOutputStream();
        out.writeBytes(new byte[] {(byte) 0xAC, (byte) 0xED, 0, 5});
        for (int i = 0; i < 5_000; i++) {
            for (int b : tail) {
                out.write(b);
            }
        }
        return out.toByteArray();
    }

    private static byte[] smile() {
        var bytes = filled(10_004, 0xF8);
        System.arraycopy(bytes(':', ')', '\n', 0), 0, bytes, 0, 4);
        return bytes;
    }

    private static byte[] base64(int times) {
        var bytes = utf8("{\"a\":1,\"b\":\"some more text\"}");
        for (int i = 0; i < times; i++) {
            bytes = Base64.getEncoder().encode(bytes);
        }
        return bytes;
    }

    private static byte[] filled(int length, int with) {
        var bytes = new byte[length];
        Arrays.fill(bytes, (byte) with);
        return bytes;
    }

    private static byte[] bytes(int... values) {
        var bytes = new byte[values.length];
        for (int i = 0; i < values.length; i++) {
            bytes[i] = (byte) values[i];
        }
        return bytes;
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
