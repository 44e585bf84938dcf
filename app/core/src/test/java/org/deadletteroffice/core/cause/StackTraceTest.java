package org.deadletteroffice.core.cause;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Against what the languages themselves printed: `traces/`.
class StackTraceTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "node-1 | javascript | PaymentError, SyntaxError | parse (/app/shop/payments.js:3)",
                "node-2 | javascript | PaymentError | charge (/app/shop/payments.js:6)",
                "node-3 | javascript | Error | -",
                "node-4 | javascript | TypeError | each (/app/main.js:7)",
                "node-5 | javascript | AggregateError, Error | /app/main.js:8",
                "node-6 | javascript | TypeError | /app/main.js:9",
                "node-uncaught | javascript | PaymentError, SyntaxError | parse (/app/shop/payments.js:3)",
                "python-1 | python | shop.payments.PaymentError, json.decoder.JSONDecodeError | parse (/app/shop/payments.py:3)",
                "python-2 | python | KeyError, ConnectionRefusedError | settle (/app/shop/payments.py:11)",
                "python-3 | python | RecursionError | deep (/app/shop/payments.py:14)",
                "python-4 | python | ExceptionGroup, shop.payments.PaymentError, json.decoder.JSONDecodeError | parse (/app/shop/payments.py:3)",
                "python-5 | python | KeyError, KeyError | charge (/app/shop/payments.py:6)",
                "python-6 | python | SyntaxError | show (/app/main.py:4)",
                "python-7 | python | E | show (/app/main.py:4)",
                "ruby-1 | ruby | PaymentError, JSON::ParserError | call (/app/shop/payments.rb:5)",
                "ruby-2 | ruby | PaymentError, JSON::ParserError | call (/app/shop/payments.rb:5)",
                "ruby-3 | ruby | ? | call (/app/shop/payments.rb:7)",
                "ruby-4 | ruby | NoMethodError | <main> (main.rb:8)",
                "ruby-uncaught | ruby | PaymentError, JSON::ParserError | call (/app/shop/payments.rb:5)",
                "go-2 | go | ?, ? | example.org/shop/price.(*List).At (/app/gomod/price/list.go:5)",
                "go-panic | go | panic | example.org/shop/price.(*List).At (/app/gomod/price/list.go:5)",
                "go-error | go | panic | main.main (/app/gomod/main.go:24)",
                "dotnet-1 | dotnet | System.AggregateException, System.InvalidOperationException, System.Collections.Generic.KeyNotFoundException | Shop.Prices.PriceList.Find (/src/Prices/PriceList.cs:31)",
            })
    void reads_what_the_language_printed(
            String file, String language, String types, String ownFrame) {
        var trace = StackTrace.parse(text(file)).orElseThrow();

        assertThat(trace.language()).isEqualTo(language);
        assertThat(types(trace)).isEqualTo(types);
        assertThat(trace.ownFrame().map(StackFrame::text).orElse("-")).isEqualTo(ownFrame);
    }

    @Test
    void reads_what_this_java_prints() {
        var printed = new StringWriter();
        try {
            List.of(1).forEach(_ -> fail());
        } catch (IllegalStateException outer) {
            outer.addSuppressed(new IllegalArgumentException("not of the chain"));
            outer.printStackTrace(new PrintWriter(printed));
        }

        var trace = StackTrace.parse(printed.toString()).orElseThrow();

        assertThat(trace.language()).isEqualTo("java");
        assertThat(types(trace))
                .isEqualTo("java.lang.IllegalStateException, java.lang.NumberFormatException");
        assertThat(trace.root().message()).isEqualTo("For input string: \"x\"");
        var frame = trace.ownFrame().orElseThrow();
        assertThat(frame.method()).isEqualTo("org.deadletteroffice.core.cause.StackTraceTest.fail");
        assertThat(frame.file()).isEqualTo("StackTraceTest.java");
        assertThat(frame.line()).isPositive();
        assertThat(trace.root().frames().getFirst().own()).isFalse();
    }

    private static void fail() {
        try {
            Integer.parseInt("x");
        } catch (NumberFormatException cause) {
            throw new IllegalStateException("two\n\tlines", cause);
        }
    }

    @Test
    void the_messages_are_told_whole() {
        assertThat(StackTrace.parse(text("python-7")).orElseThrow().root().message())
                .isEqualTo("two\n\nlines: here");
        assertThat(StackTrace.parse(text("node-6")).orElseThrow().root().message())
                .startsWith("The \"size\" argument must be of type number");
        assertThat(StackTrace.parse(text("ruby-1")).orElseThrow().problems().getFirst().message())
                .isEqualTo("card of order 4711 cannot be read");
        assertThat(StackTrace.parse(text("go-panic")).orElseThrow().root().message())
                .isEqualTo("runtime error: index out of range [5] with length 0");
    }

    @Test
    void an_error_of_go_is_a_chain_of_its_own() {
        assertThat(GoTraces.chain(text("go-1").strip()))
                .containsExactly(
                        "process order 4711",
                        "charge card",
                        "dial tcp 127.0.0.1:1",
                        "connect",
                        "connection refused");
        assertThat(GoTraces.chain("Post \"https://a: b\": EOF"))
                .containsExactly("Post \"https://a: b\"", "EOF");
    }

    @Test
    void a_root_printed_first_is_the_root() {
        var logback =
                """
                com.shop.RateMissing: no rate for DE
                \tat com.shop.Rates.of(Rates.java:7)
                \t... 3 common frames omitted
                Wrapped by: com.shop.InvoiceFailed: cannot build invoice
                \tat com.shop.Invoices.build(Invoices.java:12)
                """;

        var trace = StackTrace.parse(logback).orElseThrow();

        assertThat(types(trace)).isEqualTo("com.shop.InvoiceFailed, com.shop.RateMissing");
        assertThat(trace.ownFrame().orElseThrow().method()).isEqualTo("com.shop.Rates.of");
    }

    @Test
    void text_without_frames_is_no_stack_trace() {
        assertThat(StackTrace.parse("card declined\nat the till (3 times)")).isEmpty();
        assertThat(StackTrace.parse("")).isEmpty();
    }

    /// What is grouped by is what is shown.
    @Test
    void the_place_of_the_quick_reader_is_that_of_the_whole() {
        for (var failure : LabelledFailures.all()) {
            var trace = Causes.standard().read(failure.letter()).stackTrace();
            var place = trace == null ? null : StackTraces.place(trace);
            if (trace == null || place == null || TraceLanguage.of(trace) != TraceLanguage.JAVA) {
                continue;
            }
            StackTrace.parse(trace)
                    .orElseThrow()
                    .ownFrame()
                    .ifPresent(
                            frame ->
                                    assertThat(place.name())
                                            .isEqualTo(frame.method().replaceAll("[0-9]+", "#")));
        }
    }

    @Property(tries = 1_000)
    void no_text_makes_it_throw(@ForAll String any, @ForAll int seed) {
        var traces = List.of("node-1", "python-4", "ruby-2", "go-2", "dotnet-1", "node-5");
        var text = text(traces.get(Math.floorMod(seed, traces.size())));
        int at = Math.floorMod(seed / 7, text.length());

        for (var damaged :
                List.of(
                        any,
                        text.substring(at),
                        text.substring(0, at) + any,
                        text.substring(0, at) + any + text.substring(at))) {
            StackTrace.parse(damaged).ifPresent(trace -> assertThat(trace.problems()).isNotEmpty());
            StackTraces.links(damaged);
            StackTraces.place(damaged);
        }
    }

    private static String types(StackTrace trace) {
        return trace.problems().stream()
                .map(problem -> Objects.requireNonNullElse(problem.type(), "?"))
                .collect(Collectors.joining(", "));
    }

    private static String text(String file) {
        try (var in =
                Objects.requireNonNull(
                        StackTraceTest.class.getResourceAsStream("traces/" + file + ".txt"))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (java.io.IOException unreadable) {
            throw new java.io.UncheckedIOException(unreadable);
        }
    }
}
