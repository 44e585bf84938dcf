package org.deadletteroffice.core.cause;

import static org.assertj.core.api.Assertions.assertThat;
import static org.deadletteroffice.core.cause.Letters.read;
import static org.deadletteroffice.core.cause.Letters.text;

import org.deadletteroffice.spi.message.Origin;
import org.junit.jupiter.api.Test;

class KafkaStreamsReaderTest {
    @Test
    void reads_the_cause_out_of_the_message() {
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
}
