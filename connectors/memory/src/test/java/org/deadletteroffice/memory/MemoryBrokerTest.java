package org.deadletteroffice.memory;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ServiceLoader;
import org.deadletteroffice.spi.connector.Browse;
import org.deadletteroffice.spi.connector.Connector;
import org.deadletteroffice.spi.message.Cursor;
import org.deadletteroffice.spi.message.QueueInfo;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class MemoryBrokerTest {
    private final MemoryBroker broker = MemoryBroker.named("memory-broker-test");

    @AfterEach
    void close() {
        broker.close();
    }

    @Test
    void sample_dead_letters_can_be_browsed_over_the_service() throws Exception {
        SampleDeadLetters.fill(broker, 20);
        var connector =
                ServiceLoader.load(Connector.class).stream()
                        .map(ServiceLoader.Provider::get)
                        .filter(found -> found.kind().equals("memory"))
                        .findFirst()
                        .orElseThrow();

        try (var connection = connector.open("p", broker.settings());
                var browse = connection.browse(broker.ref("p", SampleDeadLetters.ORDERS_DLT))) {
            var page = browse.page(Cursor.newest(), Browse.Direction.OLDER, 5);

            assertThat(connection.queues())
                    .extracting(QueueInfo::ref)
                    .extracting(ref -> ref.name())
                    .containsExactly(
                            "dlq-invoices-sink",
                            "invoices",
                            "mail.jobs",
                            "mail.jobs.dlq",
                            "orders",
                            "orders-dlt");
            assertThat(page.messages()).hasSize(5);
            assertThat(page.messages().getFirst().timestamp())
                    .isEqualTo(SampleDeadLetters.LAST_DEATH);
            assertThat(page.messages().getFirst().headers().has("kafka_dlt-original-topic"))
                    .isTrue();
        }
    }
}
