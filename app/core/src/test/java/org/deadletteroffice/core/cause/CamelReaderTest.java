package org.deadletteroffice.core.cause;

import static org.assertj.core.api.Assertions.assertThat;
import static org.deadletteroffice.core.cause.Letters.int32;
import static org.deadletteroffice.core.cause.Letters.read;
import static org.deadletteroffice.core.cause.Letters.text;

import org.deadletteroffice.spi.message.Origin;
import org.junit.jupiter.api.Test;

class CamelReaderTest {
    @Test
    void reads_route_redeliveries_and_origin() {
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
}
