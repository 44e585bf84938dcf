package org.deadletteroffice.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.deadletteroffice.spi.connector.BrokerConnection;
import org.deadletteroffice.spi.error.BrokerException;
import org.deadletteroffice.spi.message.Cursor;
import org.deadletteroffice.spi.message.DeadLetter;
import org.deadletteroffice.spi.message.QueueRef;
import org.deadletteroffice.spi.profile.Secret;
import org.deadletteroffice.spi.transfer.Outgoing;
import org.deadletteroffice.spi.transfer.Transfer;
import org.deadletteroffice.spi.transfer.TransferEvent;
import org.deadletteroffice.spi.transfer.TransferPlan;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class MemoryFaultsTest {
    private static final String LOG = "orders-dlt";
    private static final String QUEUE = "jobs-dlq";
    private static final String TARGET = "orders";

    private final MemoryBroker broker = MemoryBroker.named("memory-faults-test");
    private BrokerConnection connection;

    @BeforeEach
    void fill() {
        broker.createLog(LOG).createQueue(QUEUE).createLog(TARGET);
        for (var number = 0; number < 10; number++) {
            broker.send(LOG, MemoryMessage.of("m" + number));
            broker.send(QUEUE, MemoryMessage.of("m" + number));
        }
        connection = new MemoryConnector().open("p", broker.settings().with("timeout", "500ms"));
    }

    @AfterEach
    void close() {
        connection.close();
        broker.close();
    }

    private QueueRef ref(String queue) {
        return broker.ref("p", queue);
    }

    private Transfer transfer(String queue) throws BrokerException {
        return connection.transfer(new TransferPlan("job-1", ref(queue), "p"));
    }

    private List<Outgoing> outgoing(String queue) {
        var letters = broker.messages(queue);
        return IntStream.range(0, letters.size())
                .mapToObj(
                        index -> {
                            var letter = letters.get(index);
                            return new Outgoing(
                                    index,
                                    letter,
                                    TARGET,
                                    null,
                                    letter.key(),
                                    letter.payload(),
                                    letter.headers(),
                                    letter.timestamp());
                        })
                .toList();
    }

    @Test
    void failing_after_some_messages_leaves_an_atomic_batch_unsent() throws Exception {
        broker.faults().failAfter(4);
        try (var transfer = transfer(LOG)) {
            assertThatThrownBy(() -> transfer.send(outgoing(LOG)))
                    .isInstanceOf(BrokerException.Unreachable.class);
            assertThat(broker.messages(TARGET)).isEmpty();
            assertThatThrownBy(transfer::provenPosition)
                    .isInstanceOf(BrokerException.Unreachable.class);

            broker.faults().heal();

            assertThat(transfer.provenPosition()).isEmpty();
            assertThat(transfer.send(outgoing(LOG))).hasSize(10);
        }
        assertThat(broker.messages(TARGET)).hasSize(10);
    }

    @Test
    void failing_after_some_messages_leaves_part_of_another_batch_sent() throws Exception {
        broker.faults().failAfter(4);
        try (var transfer = transfer(QUEUE)) {
            var events = transfer.send(outgoing(QUEUE));

            assertThat(events.subList(0, 4)).allMatch(TransferEvent.Sent.class::isInstance);
            assertThat(events.subList(4, 10)).allMatch(TransferEvent.Unknown.class::isInstance);
            assertThatThrownBy(() -> transfer.send(outgoing(QUEUE)))
                    .isInstanceOf(BrokerException.Unreachable.class);
        }
        assertThat(broker.messages(TARGET)).hasSize(4);
    }

    @Test
    void lost_answer_is_proven_afterwards() throws Exception {
        broker.faults().loseNextAnswer();
        try (var transfer = transfer(LOG)) {
            assertThatThrownBy(() -> transfer.send(outgoing(LOG)))
                    .isInstanceOf(BrokerException.Unreachable.class);
        }
        try (var again = transfer(LOG)) {
            assertThat(again.provenPosition()).hasValue(10);
        }
        assertThat(broker.messages(TARGET)).hasSize(10);
    }

    @Test
    void broker_that_answers_twice_gives_each_batch_of_a_scan_again() throws Exception {
        broker.faults().answerTwice();
        var found = new ArrayList<DeadLetter>();
        try (var scan = connection.scan(ref(LOG), Cursor.oldest(), Cursor.newest())) {
            for (var batch = scan.next(); batch.isPresent(); batch = scan.next()) {
                found.addAll(batch.get().messages());
            }
        }
        assertThat(found).hasSize(20);
        assertThat(found.subList(0, 10)).isEqualTo(found.subList(10, 20));
    }

    @Test
    void late_answer_comes_within_patience_and_not_beyond() throws Exception {
        broker.faults().answerLate(Duration.ofMillis(50));
        assertThat(connection.queues()).hasSize(3);

        broker.faults().answerLate(Duration.ofHours(1));

        assertThatThrownBy(connection::queues)
                .isInstanceOf(BrokerException.Unreachable.class)
                .hasMessageContaining("500 ms");
    }

    @Test
    void what_is_forbidden_to_all_is_allowed_once_healed() throws Exception {
        broker.faults().forbid(Right.REMOVE, QUEUE);
        var ids = broker.messages(QUEUE).stream().map(DeadLetter::id).toList();
        assertThatThrownBy(() -> connection.remove(ref(QUEUE), ids))
                .isInstanceOf(BrokerException.NotAuthorized.class);
        assertThat(connection.capabilities(ref(QUEUE)).removeOne()).isFalse();
        assertThat(broker.messages(QUEUE)).hasSize(10);

        broker.faults().heal();

        assertThat(connection.remove(ref(QUEUE), ids)).isEqualTo(ids);
        assertThat(broker.messages(QUEUE)).isEmpty();
    }

    @Test
    void what_is_forbidden_to_a_user_stays_forbidden() {
        broker.addUser("reader", new Secret("x"));
        broker.faults().forbid("reader", Right.READ, LOG);
        broker.faults().heal();
        try (var reader = new MemoryConnector().open("p", broker.settings())) {
            assertThatThrownBy(() -> reader.browse(ref(LOG)))
                    .isInstanceOf(BrokerException.NotAuthorized.class);
        }
    }

    @Test
    void closed_broker_is_unreachable_and_its_name_free() {
        broker.close();

        assertThatThrownBy(connection::queues).isInstanceOf(BrokerException.Unreachable.class);
        try (var anew = MemoryBroker.named(broker.name())) {
            assertThat(anew).isNotSameAs(broker);
            assertThat(anew.createLog(LOG).messages(LOG)).isEmpty();
        }
    }

    @Test
    void move_to_the_origins_needs_messages_that_know_theirs() throws Exception {
        var mover = connection.serverSideMover().orElseThrow();
        var handle = mover.start(ref(QUEUE), null, null);

        Awaitility.await()
                .untilAsserted(
                        () ->
                                assertThat(mover.status(handle).sentence())
                                        .isEqualTo("A message does not say where it came from."));
        assertThat(broker.messages(QUEUE)).hasSize(10);
    }
}
