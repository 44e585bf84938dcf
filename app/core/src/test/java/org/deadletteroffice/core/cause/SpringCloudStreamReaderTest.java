package org.deadletteroffice.core.cause;

import static org.assertj.core.api.Assertions.assertThat;
import static org.deadletteroffice.core.cause.Letters.int32;
import static org.deadletteroffice.core.cause.Letters.int64;
import static org.deadletteroffice.core.cause.Letters.read;
import static org.deadletteroffice.core.cause.Letters.text;

import org.deadletteroffice.spi.message.Origin;
import org.junit.jupiter.api.Test;

class SpringCloudStreamReaderTest {
    @Test
    void reads_the_root_cause_from_the_trace() {
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
}
