package org.deadletteroffice.memory;

import static org.assertj.core.api.Assertions.assertThat;

import org.awaitility.Awaitility;
import org.deadletteroffice.spi.connector.ServerSideMover.MoveStatus;
import org.deadletteroffice.spi.message.QueueRole;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SampleDeadLettersTest {
    private final MemoryBroker broker =
            SampleDeadLetters.fill(MemoryBroker.named("sample-dead-letters-test"), 12);

    @AfterEach
    void close() {
        broker.close();
    }

    @Test
    void three_of_six_queues_hold_dead_letters() throws Exception {
        try (var connection = new MemoryConnector().open("p", broker.settings())) {
            assertThat(connection.queues())
                    .filteredOn(info -> info.role() == QueueRole.DEAD_LETTER)
                    .hasSize(3)
                    .allMatch(info -> info.depth().value() == 12)
                    .allMatch(info -> info.ref().name().matches(".*(dlt|dlq).*"));
            assertThat(connection.queue(broker.ref("p", SampleDeadLetters.MAILS_DLQ)).feeds())
                    .containsExactly(SampleDeadLetters.MAILS);
            assertThat(connection.consumers()).hasSize(1);
        }
    }

    @Test
    void each_convention_names_the_origin_in_its_own_way() {
        assertThat(broker.messages(SampleDeadLetters.ORDERS_DLT))
                .allMatch(
                        letter ->
                                letter.headers()
                                        .lastText("kafka_dlt-original-topic")
                                        .orElse("")
                                        .equals(SampleDeadLetters.ORDERS));
        assertThat(broker.messages(SampleDeadLetters.INVOICES_DLQ))
                .allMatch(
                        letter ->
                                letter.headers()
                                        .lastText("__connect.errors.topic")
                                        .orElse("")
                                        .equals(SampleDeadLetters.INVOICES));
        assertThat(broker.messages(SampleDeadLetters.MAILS_DLQ))
                .allMatch(
                        letter ->
                                letter.headers()
                                        .lastText("x-original-queue")
                                        .orElse("")
                                        .equals(SampleDeadLetters.MAILS));
    }

    @Test
    void broker_moves_mails_back_to_where_they_came_from() throws Exception {
        try (var connection = new MemoryConnector().open("p", broker.settings())) {
            var mover = connection.serverSideMover().orElseThrow();
            var handle = mover.start(broker.ref("p", SampleDeadLetters.MAILS_DLQ), null, null);

            Awaitility.await().until(() -> mover.status(handle).state() == MoveStatus.State.DONE);
        }
        assertThat(broker.messages(SampleDeadLetters.MAILS)).hasSize(12);
        assertThat(broker.messages(SampleDeadLetters.MAILS_DLQ)).isEmpty();
    }
}
