package org.deadletteroffice.core.cause;

import static org.assertj.core.api.Assertions.assertThat;
import static org.deadletteroffice.core.cause.Letters.read;
import static org.deadletteroffice.core.cause.Letters.text;

import java.time.Instant;
import java.util.List;
import org.deadletteroffice.spi.message.Failure;
import org.deadletteroffice.spi.message.Origin;
import org.junit.jupiter.api.Test;

class GeneralReaderTest {
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
}
