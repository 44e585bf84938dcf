package org.deadletteroffice.core.cause;

import static org.assertj.core.api.Assertions.assertThat;
import static org.deadletteroffice.core.cause.Letters.DIED;
import static org.deadletteroffice.core.cause.Letters.read;
import static org.deadletteroffice.core.cause.Letters.text;

import org.junit.jupiter.api.Test;

class ShareGroupReaderTest {
    @Test
    void reads_deliveries_and_group() {
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
}
