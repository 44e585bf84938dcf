package org.deadletteroffice.core.cause;

import static org.assertj.core.api.Assertions.assertThat;
import static org.deadletteroffice.core.cause.Letters.read;
import static org.deadletteroffice.core.cause.Letters.text;

import org.deadletteroffice.spi.message.Header;
import org.deadletteroffice.spi.message.Origin;
import org.junit.jupiter.api.Test;

class KafkaConnectReaderTest {
    @Test
    void reads_what_a_sink_connector_wrote() {
        var failure = read(KafkaConnectHeaders.SAMPLE);

        assertThat(failure.reader()).isEqualTo("Kafka Connect");
        assertThat(failure.type()).isEqualTo("com.fasterxml.jackson.core.JsonParseException");
        assertThat(failure.message()).startsWith("Unrecognized token 'oops'");
        assertThat(failure.chain()).hasSize(3);
        assertThat(failure.origin()).isEqualTo(new Origin("payments", 3, 77L));
        assertThat(failure.consumer()).isEqualTo("jdbc-sink");
        assertThat(failure.lastDeath()).isNull();
    }

    @Test
    void reads_a_null_message_as_none() {
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
}
