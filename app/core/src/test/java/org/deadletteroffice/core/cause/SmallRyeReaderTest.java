package org.deadletteroffice.core.cause;

import static org.assertj.core.api.Assertions.assertThat;
import static org.deadletteroffice.core.cause.Letters.read;
import static org.deadletteroffice.core.cause.Letters.text;

import org.deadletteroffice.spi.message.Origin;
import org.junit.jupiter.api.Test;

class SmallRyeReaderTest {
    @Test
    void takes_the_first_of_each_name() {
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
}
