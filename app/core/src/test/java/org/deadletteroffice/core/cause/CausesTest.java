package org.deadletteroffice.core.cause;

import static org.assertj.core.api.Assertions.assertThat;
import static org.deadletteroffice.core.cause.Letters.int32;
import static org.deadletteroffice.core.cause.Letters.letter;
import static org.deadletteroffice.core.cause.Letters.read;
import static org.deadletteroffice.core.cause.Letters.text;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.deadletteroffice.spi.message.DeadLetter;
import org.deadletteroffice.spi.message.Failure;
import org.deadletteroffice.spi.message.Header;
import org.deadletteroffice.spi.message.Headers;
import org.deadletteroffice.spi.message.Origin;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// What holds for all readers together. The demo's tests prove those of Spring Kafka and Kafka
/// Connect against the frameworks themselves.
class CausesTest {
    private final Causes causes = Causes.standard();

    @Test
    void the_family_whose_headers_stand_last_is_the_latest_death() {
        var headers = new ArrayList<>(KafkaConnectHeaders.SAMPLE);
        headers.addAll(
                SpringKafkaHeaders.of(
                        "kafka_dlt-", "orders", 0, 1L, "com.shop.Late: x\n\tat a.B.c(B.java:1)\n"));

        var failure = read(headers);

        assertThat(failure.reader()).isEqualTo("Spring Kafka");
        assertThat(failure.history())
                .singleElement()
                .satisfies(earlier -> assertThat(earlier.reader()).isEqualTo("Kafka Connect"));
    }

    @Test
    void where_nobody_counts_the_tries_each_stack_trace_is_one() {
        var once = SpringKafkaHeaders.of("kafka_dlt-", "orders", 0, 1L, SpringKafkaHeaders.TRACE);
        var twice = new ArrayList<>(once);
        twice.addAll(once);
        var counted = new ArrayList<>(once);
        counted.add(int32("kafka_deliveryAttempt", 7));

        assertThat(tries(once)).isEqualTo(1);
        assertThat(tries(twice)).isEqualTo(2);
        assertThat(tries(counted)).isEqualTo(7);
        assertThat(tries(List.of(text("x-exception-message", "no trace of a try")))).isNull();
    }

    private @Nullable Integer tries(List<Header> headers) {
        return causes.read(letter("x", headers.toArray(Header[]::new))).tries();
    }

    @Test
    void the_brokers_own_word_is_completed() {
        var message =
                letter(
                        "x",
                        text("x-error-message", "told by header"),
                        text("x-original-topic", "header"));
        var broker =
                Failure.builder()
                        .origin(new Origin("broker", null, null))
                        .tries(3)
                        .reader("Broker")
                        .build();

        var failure =
                causes.read(
                        new DeadLetter(
                                message.queue(),
                                message.id(),
                                null,
                                message.payload(),
                                message.headers(),
                                message.timestamp(),
                                null,
                                broker,
                                null));

        assertThat(failure.reader()).isEqualTo("Broker");
        assertThat(failure.origin().queue()).isEqualTo("broker");
        assertThat(failure.tries()).isEqualTo(3);
        assertThat(failure.message()).isEqualTo("told by header");
    }

    @Test
    void failure_headers_are_named_once_and_the_messages_own_stay() {
        var headers = new ArrayList<Header>();
        headers.add(text("traceparent", "00-1"));
        headers.addAll(
                SpringKafkaHeaders.of("kafka_dlt-", "orders", 0, 1L, SpringKafkaHeaders.TRACE));
        headers.addAll(
                SpringKafkaHeaders.of("kafka_dlt-", "orders", 0, 1L, SpringKafkaHeaders.TRACE));
        headers.add(int32("retry_topic-attempts", 2));
        headers.add(new Header("springDeserializerExceptionValue", new byte[] {1}));
        headers.add(text("x-redrive-id", "r"));
        headers.add(text("__TypeId__", "com.shop.Order"));
        headers.add(text("ce_type", "t"));

        var names = causes.failureHeaders(new Headers(headers));

        assertThat(names)
                .doesNotHaveDuplicates()
                .startsWith("kafka_dlt-original-topic")
                .endsWith("retry_topic-attempts", "springDeserializerExceptionValue");
        assertThat(names).doesNotContain("traceparent", "x-redrive-id", "__TypeId__", "ce_type");
        assertThat(causes.failureHeaders(Headers.of(text("attempts", "3")))).isEmpty();
        assertThat(
                        causes.failureHeaders(
                                Headers.of(text("attempts", "3"), text("dlq-reason", "r"))))
                .containsExactly("attempts", "dlq-reason");
    }

    @Test
    void a_redriven_message_that_came_back_says_so() {
        var view =
                Letters.view(
                        letter(
                                "x",
                                text("x-redrive-id", "id-1"),
                                text("x-redrive-job", "job-1"),
                                text("x-redrive-count", "2")));

        assertThat(view.fate().returns()).isEqualTo(2);
        assertThat(view.fate().job()).isEqualTo("job-1");
        assertThat(view.fate().resolved()).isFalse();
        assertThat(view.failure()).isEqualTo(Failure.NONE);
    }

    @Property(tries = 500)
    void no_headers_make_a_reader_throw(@ForAll("anyHeaders") List<Header> headers) {
        var message = letter("x", headers.toArray(Header[]::new));

        var failure = causes.read(message);

        assertThat(Fingerprint.of(failure)).matches("[0-9a-f]{12}");
        assertThat(causes.failureHeaders(message.headers())).doesNotHaveDuplicates();
    }

    @Provide
    Arbitrary<List<Header>> anyHeaders() {
        var names =
                Arbitraries.of(
                        "kafka_dlt-original-topic",
                        "kafka_dlt-original-offset",
                        "kafka_dlt-exception-fqcn",
                        "kafka_dlt-exception-stacktrace",
                        "kafka_dlt-exception-message",
                        "kafka_original-topic",
                        "retry_topic-attempts",
                        "__connect.errors.topic",
                        "__connect.errors.offset",
                        "__connect.errors.exception.stacktrace",
                        "__streams.errors.exception",
                        "__dlq.errors.topic",
                        "__dlq.errors.delivery.count",
                        "x-exception-fqcn",
                        "dead-letter-reason",
                        "delayed-retry-count",
                        "CamelExceptionCaught",
                        "kafka.TOPIC",
                        "kafka.OFFSET",
                        "error",
                        "exception",
                        "x-error-stacktrace",
                        "x-redrive-id",
                        "x-redrive-count",
                        "failed-at");
        var values =
                Arbitraries.oneOf(
                        Arbitraries.bytes().array(byte[].class).ofMaxSize(20).injectNull(0.1),
                        Arbitraries.strings()
                                .ofMaxLength(60)
                                .map(it -> it.getBytes(StandardCharsets.UTF_8)),
                        Arbitraries.strings()
                                .withChars("a.B: \n\tCausedby9")
                                .ofMaxLength(100)
                                .map(it -> it.getBytes(StandardCharsets.UTF_8)));
        return Combinators.combine(
                        Arbitraries.oneOf(names, Arbitraries.strings().ofMaxLength(30)), values)
                .as(Header::new)
                .list()
                .ofMaxSize(12);
    }
}
