package org.deadletteroffice.core.cause;

import static org.assertj.core.api.Assertions.assertThat;
import static org.deadletteroffice.core.cause.Letters.DIED;
import static org.deadletteroffice.core.cause.Letters.int32;
import static org.deadletteroffice.core.cause.Letters.int64;
import static org.deadletteroffice.core.cause.Letters.letter;
import static org.deadletteroffice.core.cause.Letters.text;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
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
import org.junit.jupiter.api.Test;

/// Headers as the frameworks write them; the demo's tests prove those of Spring Kafka and Kafka
/// Connect against the frameworks themselves.
class CausesTest {
    private static final String SPRING_TRACE =
            """
            org.springframework.kafka.listener.ListenerExecutionFailedException: Listener method 'public void com.shop.Orders.on(com.shop.Order)' threw exception
            \tat org.springframework.kafka.listener.adapter.MessagingMessageListenerAdapter.invokeHandler(MessagingMessageListenerAdapter.java:471)
            \tat java.base/java.lang.Thread.run(Thread.java:1474)
            \tSuppressed: org.springframework.kafka.listener.ListenerExecutionFailedException: Restored Stack Trace
            \t\tat org.springframework.kafka.listener.adapter.MessagingMessageListenerAdapter.invokeHandler(MessagingMessageListenerAdapter.java:444)
            Caused by: java.lang.RuntimeException: java.util.concurrent.ExecutionException: com.shop.PaymentException: Card 4711 declined
            \tat com.shop.Orders.on(Orders.java:31)
            \t... 12 more
            Caused by: java.util.concurrent.ExecutionException: com.shop.PaymentException: Card 4711 declined
            \tat java.base/java.util.concurrent.FutureTask.report(FutureTask.java:122)
            \t... 13 more
            Caused by: com.shop.PaymentException: Card 4711 declined
            by the issuer
            \tat com.shop.Payments.charge(Payments.java:88)
            \tat com.shop.Payments.lambda$pay$3(Payments.java:61)
            \t... 1 more
            """;

    private final Causes causes = Causes.standard();

    @Test
    void spring_kafka_recoverer() {
        var failure = read(spring("kafka_dlt-", "orders", 7, 918_204L, SPRING_TRACE));

        assertThat(failure.reader()).isEqualTo("Spring Kafka");
        assertThat(failure.type()).isEqualTo("com.shop.PaymentException");
        assertThat(failure.message()).isEqualTo("Card 4711 declined\nby the issuer");
        assertThat(failure.chain())
                .containsExactly(
                        "org.springframework.kafka.listener.ListenerExecutionFailedException",
                        "java.lang.RuntimeException",
                        "java.util.concurrent.ExecutionException",
                        "com.shop.PaymentException");
        assertThat(failure.origin()).isEqualTo(new Origin("orders", 7, 918_204L));
        assertThat(failure.consumer()).isEqualTo("billing");
        assertThat(failure.stackTrace()).isEqualTo(SPRING_TRACE);
        assertThat(failure.firstDeath()).isEqualTo(DIED);
        assertThat(failure.lastDeath()).isEqualTo(DIED);
        assertThat(failure.history()).isEmpty();
        assertThat(failure.evidence())
                .contains("kafka_dlt-original-topic", "kafka_dlt-exception-message");
    }

    @Test
    void spring_kafka_without_a_stack_trace_shows_the_cause_and_not_the_wrapper() {
        var failure =
                read(
                        text("kafka_dlt-original-topic", "orders"),
                        text(
                                "kafka_dlt-exception-fqcn",
                                "org.springframework.kafka.listener.ListenerExecutionFailedException"),
                        text("kafka_dlt-exception-cause-fqcn", "com.shop.PaymentException"),
                        text(
                                "kafka_dlt-exception-message",
                                "Listener failed; Card declined; try again"));

        assertThat(failure.type()).isEqualTo("com.shop.PaymentException");
        assertThat(failure.message()).isEqualTo("Card declined; try again");
        assertThat(failure.chain()).hasSize(2);
    }

    @Test
    void spring_kafka_retry_topics() {
        var headers = spring("kafka_", "orders", 2, 5L, SPRING_TRACE);
        headers.add(text("kafka_dlt-original-consumer-group", "billing"));
        for (int attempt = 2; attempt <= 4; attempt++) {
            headers.add(int32("retry_topic-attempts", attempt));
            headers.add(
                    new Header(
                            "retry_topic-backoff-timestamp",
                            BigInteger.valueOf(1_772_360_130_000L).toByteArray()));
        }

        var failure = read(headers);

        assertThat(failure.reader()).isEqualTo("Spring Kafka");
        assertThat(failure.origin()).isEqualTo(new Origin("orders", 2, 5L));
        assertThat(failure.consumer()).isEqualTo("billing");
        // The framework writes the attempt to come: 4 after three that failed.
        assertThat(failure.tries()).isEqualTo(3);
        assertThat(failure.type()).isEqualTo("com.shop.PaymentException");
        headers.add(new Header("retry_topic-attempts", new byte[] {(byte) 200}));
        assertThat(read(headers).tries()).isNotNull();
    }

    @Test
    void appended_repeats_are_history_and_the_latest_counts() {
        var headers = new ArrayList<Header>();
        headers.addAll(
                spring(
                        "kafka_dlt-",
                        "orders",
                        1,
                        10L,
                        "com.shop.First: one\n\tat a.B.c(B.java:1)\n"));
        headers.addAll(
                spring(
                        "kafka_dlt-",
                        "orders-dlt",
                        1,
                        3L,
                        "com.shop.Second: two\n\tat a.B.c(B.java:1)\n"));

        var failure = read(headers);

        assertThat(failure.type()).isEqualTo("com.shop.Second");
        assertThat(failure.origin()).isEqualTo(new Origin("orders", 1, 10L));
        assertThat(failure.firstDeath()).isNull();
        assertThat(failure.history())
                .singleElement()
                .satisfies(
                        earlier -> {
                            assertThat(earlier.type()).isEqualTo("com.shop.First");
                            assertThat(earlier.origin()).isEqualTo(new Origin("orders", 1, 10L));
                        });
    }

    @Test
    void replaced_exception_headers_with_appended_origins() {
        var headers = new ArrayList<Header>();
        headers.add(text("kafka_dlt-original-topic", "orders"));
        headers.add(int64("kafka_dlt-original-offset", 1));
        headers.addAll(
                spring(
                        "kafka_dlt-",
                        "orders-dlt",
                        0,
                        2L,
                        "com.shop.Last: x\n\tat a.B.c(B.java:1)\n"));

        var failure = read(headers);

        assertThat(failure.type()).isEqualTo("com.shop.Last");
        assertThat(failure.origin().queue()).isEqualTo("orders");
        assertThat(failure.origin().position()).isEqualTo(1);
        assertThat(failure.history())
                .singleElement()
                .satisfies(earlier -> assertThat(earlier.type()).isNull());
    }

    @Test
    void kafka_connect() {
        var failure = read(connect());

        assertThat(failure.reader()).isEqualTo("Kafka Connect");
        assertThat(failure.type()).isEqualTo("com.fasterxml.jackson.core.JsonParseException");
        assertThat(failure.message()).startsWith("Unrecognized token 'oops'");
        assertThat(failure.chain()).hasSize(3);
        assertThat(failure.origin()).isEqualTo(new Origin("payments", 3, 77L));
        assertThat(failure.consumer()).isEqualTo("jdbc-sink");
        assertThat(failure.lastDeath()).isNull();
    }

    @Test
    void kafka_connect_with_a_null_message() {
        var failure =
                read(
                        text("__connect.errors.topic", "t"),
                        text(
                                "__connect.errors.exception.class.name",
                                "java.lang.NullPointerException"),
                        new Header("__connect.errors.exception.message", null));

        assertThat(failure.type()).isEqualTo("java.lang.NullPointerException");
        assertThat(failure.message()).isNull();
    }

    @Test
    void kafka_streams() {
        var failure =
                read(
                        text(
                                "__streams.errors.exception",
                                "org.apache.kafka.streams.errors.StreamsException"),
                        text(
                                "__streams.errors.message",
                                "java.lang.ArithmeticException: / by zero"),
                        text("__streams.errors.topic", "in"),
                        text("__streams.errors.partition", "4"),
                        text("__streams.errors.offset", "12"));

        assertThat(failure.reader()).isEqualTo("Kafka Streams");
        assertThat(failure.type()).isEqualTo("java.lang.ArithmeticException");
        assertThat(failure.message()).isEqualTo("/ by zero");
        assertThat(failure.origin()).isEqualTo(new Origin("in", 4, 12L));
    }

    @Test
    void share_group() {
        var failure =
                read(
                        text("__dlq.errors.topic", "jobs"),
                        text("__dlq.errors.partition", "0"),
                        text("__dlq.errors.offset", "9"),
                        text("__dlq.errors.group", "workers"),
                        text("__dlq.errors.delivery.count", "5"),
                        text("__dlq.errors.message", "Delivery count limit reached"));

        assertThat(failure.reader()).isEqualTo("Kafka share group");
        assertThat(failure.tries()).isEqualTo(5);
        assertThat(failure.consumer()).isEqualTo("workers");
        assertThat(failure.message()).isEqualTo("Delivery count limit reached");
        assertThat(failure.lastDeath()).isEqualTo(DIED);
    }

    @Test
    void spring_cloud_stream() {
        var failure =
                read(
                        text("x-original-topic", "in"),
                        int32("x-original-partition", 2),
                        int64("x-original-offset", 8),
                        text(
                                "x-exception-fqcn",
                                "org.springframework.messaging.MessageHandlingException"),
                        text("x-exception-message", "error occurred in message handler"),
                        text(
                                "x-exception-stacktrace",
                                "org.springframework.messaging.MessageHandlingException: error occurred in message handler\n\tat a.B.c(B.java:1)\nCaused by: java.lang.IllegalStateException: no stock\n\tat d.E.f(E.java:2)\n"));

        assertThat(failure.reader()).isEqualTo("Spring Cloud Stream");
        assertThat(failure.type()).isEqualTo("java.lang.IllegalStateException");
        assertThat(failure.message()).isEqualTo("no stock");
        assertThat(failure.origin()).isEqualTo(new Origin("in", 2, 8L));
    }

    @Test
    void smallrye_takes_the_first_of_each_name() {
        var failure =
                read(
                        text("dead-letter-exception-class-name", "java.lang.RuntimeException"),
                        text("dead-letter-cause-class-name", "java.io.IOException"),
                        text("dead-letter-reason", "handling failed"),
                        text("dead-letter-cause", "disk full"),
                        text("dead-letter-topic", "prices"),
                        text("dead-letter-partition", "1"),
                        text("dead-letter-offset", "33"),
                        text("dead-letter-reason", "an older one"),
                        text("dead-letter-topic", "older"));

        assertThat(failure.reader()).isEqualTo("SmallRye");
        assertThat(failure.type()).isEqualTo("java.io.IOException");
        assertThat(failure.message()).isEqualTo("disk full");
        assertThat(failure.origin()).isEqualTo(new Origin("prices", 1, 33L));
        assertThat(
                        read(
                                        text("delayed-retry-count", "2"),
                                        text("delayed-retry-reason", "again"),
                                        text("delayed-retry-topic", "prices"))
                                .tries())
                .isEqualTo(2);
    }

    @Test
    void camel() {
        var failure =
                read(
                        text(
                                "CamelExceptionCaught",
                                "java.net.ConnectException: Connection refused"),
                        text("CamelFailureRouteId", "to-crm"),
                        text("CamelRedeliveryCounter", "2"),
                        text("kafka.TOPIC", "customers"),
                        int32("kafka.PARTITION", 6),
                        text("kafka.OFFSET", "1234"));

        assertThat(failure.reader()).isEqualTo("Camel");
        assertThat(failure.type()).isEqualTo("java.net.ConnectException");
        assertThat(failure.message()).isEqualTo("Connection refused");
        assertThat(failure.consumer()).isEqualTo("to-crm");
        assertThat(failure.tries()).isEqualTo(3);
        assertThat(failure.origin()).isEqualTo(new Origin("customers", 6, 1234L));
    }

    @Test
    void confluent_rule() {
        var failure =
                read(
                        text("__rule.name", "checkSsn"),
                        text("__rule.topic", "people"),
                        text("__rule.exception", "Rule failed"));

        assertThat(failure.reader()).isEqualTo("Confluent data contract");
        assertThat(failure.message()).isEqualTo("Rule failed");
        assertThat(failure.origin().queue()).isEqualTo("people");
    }

    @Test
    void homemade_headers_in_any_spelling() {
        var failure =
                read(
                        text("x-error-type", "ValidationError"),
                        text("X-Error-Message", "country is unknown"),
                        text("x-original-topic", "signups"),
                        text("x-original-partition", "0"),
                        text("x-original-offset", "55"),
                        text("x-consumer-group", "crm"),
                        text("x-attempts", "5"),
                        text("x-failed-at", "2026-03-01T10:00:00Z"));

        assertThat(failure.reader()).isEqualTo("headers");
        assertThat(failure.type()).isEqualTo("ValidationError");
        assertThat(failure.message()).isEqualTo("country is unknown");
        assertThat(failure.origin()).isEqualTo(new Origin("signups", 0, 55L));
        assertThat(failure.consumer()).isEqualTo("crm");
        assertThat(failure.tries()).isEqualTo(5);
        assertThat(failure.lastDeath()).isEqualTo(Instant.parse("2026-03-01T10:00:00Z"));

        assertThat(read(text("errorMessage", "m")).message()).isEqualTo("m");
        assertThat(read(text("dlq-reason", "too old"), text("original_topic", "t")).message())
                .isEqualTo("too old");
        assertThat(read(text("dlq.original.topic", "t")).origin().queue()).isEqualTo("t");
        assertThat(read(text("exception", "java.lang.IllegalStateException: bad")).type())
                .isEqualTo("java.lang.IllegalStateException");
        assertThat(read(text("exception", "java.lang.IllegalStateException: bad")).message())
                .isEqualTo("bad");
        assertThat(read(text("error", "it broke: badly")).message()).isEqualTo("it broke: badly");
        assertThat(
                        read(
                                        text("x-exception-class", "java.lang.RuntimeException"),
                                        text("x-exception-message", "com.shop.Late: 3 days"))
                                .type())
                .isEqualTo("com.shop.Late");
        assertThat(
                        read(text("error-timestamp", "1772360130000"), text("error-reason", "r"))
                                .lastDeath())
                .isEqualTo(Instant.ofEpochMilli(1772360130000L));
        assertThat(
                        read(text(
                                        "x-error-stacktrace",
                                        "Traceback (most recent call last):\n  File \"a.py\", line 3, in f\nValueError: bad value\n"))
                                .type())
                .isEqualTo("ValueError");
    }

    @Test
    void headers_of_the_application_are_no_death() {
        for (var name :
                List.of(
                        "traceparent",
                        "content-type",
                        "source",
                        "retries",
                        "attempts",
                        "source-topic",
                        "consumer-group",
                        "ce_type",
                        "ce_source",
                        "x-request-id",
                        "x-redrive-id",
                        "x-redrive-count",
                        "__TypeId__",
                        "service",
                        "reason",
                        "message-type",
                        "error-correction-level",
                        "kafka_receivedTopic")) {
            assertThat(read(text(name, "value"))).as(name).isEqualTo(Failure.NONE);
        }
    }

    @Test
    void the_family_whose_headers_stand_last_is_the_latest_death() {
        var headers = new ArrayList<>(connect());
        headers.addAll(
                spring("kafka_dlt-", "orders", 0, 1L, "com.shop.Late: x\n\tat a.B.c(B.java:1)\n"));

        var failure = read(headers);

        assertThat(failure.reader()).isEqualTo("Spring Kafka");
        assertThat(failure.history())
                .singleElement()
                .satisfies(earlier -> assertThat(earlier.reader()).isEqualTo("Kafka Connect"));
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
        headers.addAll(spring("kafka_dlt-", "orders", 0, 1L, SPRING_TRACE));
        headers.addAll(spring("kafka_dlt-", "orders", 0, 1L, SPRING_TRACE));
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

    private Failure read(Header... headers) {
        return causes.read(letter("payload", headers));
    }

    private Failure read(List<Header> headers) {
        return read(headers.toArray(Header[]::new));
    }

    private static List<Header> spring(
            String family, String topic, int partition, long offset, String trace) {
        var headers = new ArrayList<Header>();
        headers.add(text(family + "original-topic", topic));
        headers.add(int32(family + "original-partition", partition));
        headers.add(int64(family + "original-offset", offset));
        headers.add(int64(family + "original-timestamp", 1_772_360_000_000L));
        headers.add(text(family + "original-timestamp-type", "CreateTime"));
        headers.add(text("kafka_dlt-original-consumer-group", "billing"));
        var type = trace.substring(0, trace.indexOf(':'));
        headers.add(text(family + "exception-fqcn", type));
        headers.add(text(family + "exception-message", "Listener failed; told in the trace"));
        headers.add(text(family + "exception-stacktrace", trace));
        return headers;
    }

    private static List<Header> connect() {
        return List.of(
                text("__connect.errors.topic", "payments"),
                text("__connect.errors.partition", "3"),
                text("__connect.errors.offset", "77"),
                text("__connect.errors.connector.name", "jdbc-sink"),
                text("__connect.errors.task.id", "0"),
                text("__connect.errors.stage", "VALUE_CONVERTER"),
                text("__connect.errors.class.name", "org.apache.kafka.connect.json.JsonConverter"),
                text(
                        "__connect.errors.exception.class.name",
                        "org.apache.kafka.connect.errors.DataException"),
                text(
                        "__connect.errors.exception.message",
                        "Converting byte[] to Kafka Connect data failed due to serialization error: "),
                text(
                        "__connect.errors.exception.stacktrace",
                        """
                        org.apache.kafka.connect.errors.DataException: Converting byte[] to Kafka Connect data failed due to serialization error:\s
                        \tat org.apache.kafka.connect.json.JsonConverter.toConnectData(JsonConverter.java:333)
                        Caused by: org.apache.kafka.common.errors.SerializationException: com.fasterxml.jackson.core.JsonParseException: Unrecognized token 'oops': was expecting (JSON String, Number, Array, Object or token 'null', 'true' or 'false')
                         at [Source: REDACTED; line: 1, column: 5]
                        Caused by: com.fasterxml.jackson.core.JsonParseException: Unrecognized token 'oops': was expecting (JSON String, Number, Array, Object or token 'null', 'true' or 'false')
                         at [Source: REDACTED; line: 1, column: 5]
                        \tat com.fasterxml.jackson.core.JsonParser._constructError(JsonParser.java:2477)
                        """));
    }
}
