package org.deadletteroffice.core.cause;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import org.deadletteroffice.spi.message.Header;
import org.deadletteroffice.spi.message.Headers;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// Headers and stack traces that somebody made to stop whoever groups a queue.
class HostileCausesTest {
    private static final long MOST_BYTES = 64L << 20;
    private static final long MOST_NANOS = 2_000_000_000L;
    private static final int MANY = 100_000;

    @BeforeAll
    static void loadTheReaders() {
        for (var failure : LabelledFailures.all()) {
            failure.fingerprint();
        }
    }

    @TestFactory
    List<DynamicTest> a_hundred_thousand_headers_end_in_two_seconds_within_64_mebibytes() {
        Map<String, IntFunction<Header>> kinds = new LinkedHashMap<>();
        kinds.put("that tell nothing", i -> Header.of("h" + i, "v"));
        kinds.put("of one name", _ -> Header.of("attempts", "3"));
        kinds.put("of weak names", i -> Header.of("x" + i + "-error-code", "17"));
        kinds.put("that tell a death", i -> Header.of("x" + i + "-error-message", "failed " + i));
        kinds.put("with NULs and bidi overrides", i -> Header.of("\u0000\u202E" + i, "\u202E"));
        kinds.put("of Spring Kafka", i -> Header.of("kafka_dlt-original-topic", "t" + i));
        kinds.put("of RabbitMQ", i -> Header.of("x-death", "[{\"queue\":\"q" + i + "\"}]"));
        var tests = new ArrayList<DynamicTest>();
        kinds.forEach(
                (name, make) -> {
                    var headers = new ArrayList<Header>(MANY);
                    for (int i = 0; i < MANY; i++) {
                        headers.add(make.apply(i));
                    }
                    var all = new Headers(headers);
                    tests.add(DynamicTest.dynamicTest(name, () -> assertBounded(all)));
                });
        return tests;
    }

    @TestFactory
    List<DynamicTest> a_stack_trace_ends_in_two_seconds_within_64_mebibytes() {
        Map<String, String> traces = new LinkedHashMap<>();
        traces.put("frames without end", "a.B: x\n" + "\tat a.B.c(B.java:1)\n".repeat(50_000));
        traces.put("causes without end", "a.B: x\n" + "\nCaused by: a.B: x".repeat(50_000));
        traces.put("one endless line", "a.B: x\n\tat " + "a.".repeat(500_000) + "(B.java:1)");
        traces.put("arrows", "   at A.B()\n" + " ---> A: x".repeat(100_000));
        traces.put(
                "brackets of a compiler", "A: x\n   at " + "<".repeat(200_000) + "a() in b:line 1");
        traces.put("closures", "panic: x\n\nf" + ".func1".repeat(40_000) + "()\n\t/a.go:1\n");
        traces.put("colons", "a: ".repeat(100_000) + "\nmain.f()\n\t/a.go:1 +0x1\n");
        traces.put("spaces", "A: x\n" + " ".repeat(250_000) + "at a (b:1:2)");
        traces.put("python in python", "Traceback (most recent call last):\n".repeat(8_000));
        traces.put(
                "groups in groups",
                "  + Exception Group Traceback (most recent call last):\n".repeat(5_000));
        traces.put("ruby, in in in", "a.rb:1:in `" + " in".repeat(80_000) + "'");
        traces.put("backslashes", "A: '" + "\\'".repeat(100_000) + "\n\tat a.B.c(B.java:1)");
        traces.put("open brackets", "A: " + "(".repeat(250_000) + "\n\tat a.B.c(B.java:1)");
        traces.put("open braces", "A: " + "{\"".repeat(120_000) + "\n\tat a.B.c(B.java:1)");
        traces.put("open quotes", "A: " + "'a ".repeat(80_000) + "\n\tat a.B.c(B.java:1)");
        traces.put("hexadecimal", "A: " + "ab:".repeat(80_000) + "\n\tat a.B.c(B.java:1)");
        traces.put("ten mebibytes", "A: x\n" + "y".repeat(10 << 20));
        var tests = new ArrayList<DynamicTest>();
        traces.forEach(
                (name, trace) ->
                        tests.add(
                                DynamicTest.dynamicTest(
                                        name,
                                        () ->
                                                assertBounded(
                                                        Headers.of(
                                                                Header.of("x-error-type", "A"),
                                                                Header.of(
                                                                        "x-stack-trace",
                                                                        trace))))));
        return tests;
    }

    @Test
    void a_message_without_a_payload_or_headers_has_no_cause() {
        assertThat(Causes.standard().read(Letters.letter((byte[]) null)).isKnown()).isFalse();
    }

    private static void assertBounded(Headers headers) {
        var letter = Letters.letter("x", headers.all().toArray(Header[]::new));
        var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long bytes = threads.getCurrentThreadAllocatedBytes();
        // Of the processor and not of the clock: on a machine with other work a pause is no hang.
        long start = threads.getCurrentThreadCpuTime();

        var failure = Causes.standard().read(letter);
        var fingerprint = Fingerprint.of(failure);
        var dropped = Causes.standard().failureHeaders(letter.headers());
        var trace = failure.stackTrace();
        if (trace != null) {
            StackTrace.parse(trace);
        }

        long took = threads.getCurrentThreadCpuTime() - start;
        long allocated = threads.getCurrentThreadAllocatedBytes() - bytes;
        assertThat(fingerprint).hasSize(12);
        assertThat(dropped.size()).isLessThanOrEqualTo(MANY);
        assertThat(took).as("nanoseconds").isLessThan(MOST_NANOS);
        assertThat(allocated).as("bytes").isLessThan(MOST_BYTES);
    }
}
