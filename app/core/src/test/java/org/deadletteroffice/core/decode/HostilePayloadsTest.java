package org.deadletteroffice.core.decode;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.io.ByteArrayOutputStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
        return all;
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
        var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        Decoders.standard().decode(utf8("{}"), Headers.NONE, null);
        long bytes = threads.getCurrentThreadAllocatedBytes();
        // Of the processor and not of the clock: on a machine with other work a pause is no hang.
        long start = threads.getCurrentThreadCpuTime();

        var reading = Decoders.standard().decode(payload, headers, null);

        long took = threads.getCurrentThreadCpuTime() - start;
        long allocated = threads.getCurrentThreadAllocatedBytes() - bytes;
        assertThat(reading.decoded().format()).isNotBlank();
        assertThat(took).as("nanoseconds").isLessThan(MOST_NANOS);
        assertThat(allocated).as("bytes").isLessThan(MOST_BYTES);
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
