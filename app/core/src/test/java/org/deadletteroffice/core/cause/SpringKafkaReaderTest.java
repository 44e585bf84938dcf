package org.deadletteroffice.core.cause;

import static org.assertj.core.api.Assertions.assertThat;
import static org.deadletteroffice.core.cause.Letters.DIED;
import static org.deadletteroffice.core.cause.Letters.int32;
import static org.deadletteroffice.core.cause.Letters.int64;
import static org.deadletteroffice.core.cause.Letters.read;
import static org.deadletteroffice.core.cause.Letters.text;

import java.math.BigInteger;
import java.util.ArrayList;
import org.deadletteroffice.spi.message.Header;
import org.deadletteroffice.spi.message.Origin;
import org.junit.jupiter.api.Test;

class SpringKafkaReaderTest {
    @Test
    void reads_what_the_recoverer_wrote() {
        var failure =
                read(
                        SpringKafkaHeaders.of(
                                "kafka_dlt-", "orders", 7, 918_204L, SpringKafkaHeaders.TRACE));

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
        assertThat(failure.stackTrace()).isEqualTo(SpringKafkaHeaders.TRACE);
        assertThat(failure.firstDeath()).isEqualTo(DIED);
        assertThat(failure.lastDeath()).isEqualTo(DIED);
        assertThat(failure.history()).isEmpty();
        assertThat(failure.evidence())
                .contains("kafka_dlt-original-topic", "kafka_dlt-exception-message");
    }

    @Test
    void without_a_stack_trace_shows_the_cause_and_not_the_wrapper() {
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
    void reads_what_retry_topics_wrote() {
        var headers = SpringKafkaHeaders.of("kafka_", "orders", 2, 5L, SpringKafkaHeaders.TRACE);
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
                SpringKafkaHeaders.of(
                        "kafka_dlt-",
                        "orders",
                        1,
                        10L,
                        "com.shop.First: one\n\tat a.B.c(B.java:1)\n"));
        headers.addAll(
                SpringKafkaHeaders.of(
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
                SpringKafkaHeaders.of(
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
}
