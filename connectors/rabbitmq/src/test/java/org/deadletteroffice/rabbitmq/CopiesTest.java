package org.deadletteroffice.rabbitmq;

import static org.assertj.core.api.Assertions.assertThat;

import com.rabbitmq.client.AMQP.BasicProperties;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.deadletteroffice.spi.message.DeadLetter;
import org.deadletteroffice.spi.message.Header;
import org.deadletteroffice.spi.message.Headers;
import org.deadletteroffice.spi.message.QueueRef;
import org.deadletteroffice.spi.transfer.Outgoing;
import org.deadletteroffice.spi.transfer.TransferEvent;
import org.junit.jupiter.api.Test;

/// Who else gets a message by its own headers, told before anything is sent.
final class CopiesTest extends OneNode {
    /// A queue with one message of these headers.
    private QueueRef with(String word, Map<String, Object> headers) {
        var queue = queue(word, Map.of());
        send("", queue.name(), new BasicProperties.Builder().headers(headers).build());
        awaitReady(queue, 1);
        return queue;
    }

    private List<TransferEvent> rehearsed(QueueRef source, List<Outgoing> batch) throws Exception {
        try (var transfer = transfer(source)) {
            return transfer.rehearse(batch);
        }
    }

    private static Outgoing with(DeadLetter letter, String destination, Header... more) {
        var changed = List.of(more);
        var headers =
                letter.headers()
                        .without(
                                old ->
                                        changed.stream()
                                                .anyMatch(next -> next.name().equals(old.name())))
                        .plus(changed);
        return new Outgoing(
                0, letter, destination, null, null, letter.payload(), headers, letter.timestamp());
    }

    private static void assertWarns(List<TransferEvent> told, String... words) {
        assertThat(told)
                .singleElement()
                .isInstanceOfSatisfying(
                        TransferEvent.Warned.class,
                        warned -> assertThat(warned.sentence()).contains(words));
    }

    @Test
    void queues_that_the_headers_name_get_it_too_and_the_rehearsal_says_so() throws Exception {
        var audit = queue("audit", Map.of());
        var blind = queue("blind", Map.of());
        var destination = queue("wanted", Map.of());
        var source = with("copied", Map.of("CC", List.of(audit.name())));
        assertThat(taken(audit)).as("the first sending's").isNotNull();
        var letter = all(source).getFirst();
        var batch =
                List.of(
                        with(
                                letter,
                                destination.name(),
                                Header.of("BCC", "[\"" + blind.name() + "\"]"),
                                Header.of("amqp-types", "{\"BCC\":\"A\",\"CC\":\"A\"}")));

        assertWarns(
                rehearsed(source, batch), "to the queues " + audit.name() + ", " + blind.name());
        assertThat(taken(audit)).isNull();
        assertThat(taken(destination)).isNull();

        try (var transfer = transfer(source)) {
            assertThat(transfer.send(batch)).allMatch(TransferEvent.Sent.class::isInstance);
        }
        assertThat(taken(destination).getProps().getHeaders()).containsOnlyKeys("CC");
        assertThat(taken(audit)).as("what was warned of").isNotNull();
        assertThat(taken(blind)).as("what was warned of").isNotNull();
    }

    @Test
    void through_an_exchange_they_are_keys() throws Exception {
        var bound = queue("bound", Map.of());
        var _ =
                rabbit.use(
                        "bind",
                        channel -> {
                            var _ = channel.exchangeDeclare("copying", "direct", true);
                            var _ = channel.queueBind(bound.name(), "copying", "own");
                            return channel.queueBind(bound.name(), "copying", "other");
                        });
        var source = with("keys", Map.of("CC", List.of("other")));

        assertWarns(
                rehearsed(source, outgoing(all(source), "exchange:copying/own")),
                "through the exchange copying by the key other");
    }

    /// Which no rehearsal looks at, so the documentation says it.
    @Test
    void shovel_sends_to_the_queues_that_the_headers_name_too() throws Exception {
        var audit = queue("audit", Map.of());
        var destination = queue("moved", Map.of());
        var source = with("shovelled", Map.of("CC", List.of(audit.name())));
        assertThat(taken(audit)).as("the first sending's").isNotNull();

        var _ = connection.serverSideMover().orElseThrow().start(source, destination, null);

        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(peeked(destination)).hasSize(1));
        awaitReady(audit, 1);
    }

    /// Nobody else gets it, so that nobody is warned for nothing.
    @Test
    void its_own_destination_and_a_dropped_header_are_no_warning() throws Exception {
        var destination = queue("only", Map.of());
        var source = with("own", Map.of("CC", List.of(destination.name())));
        var letter = all(source).getFirst();

        assertThat(rehearsed(source, List.of(with(letter, destination.name())))).isEmpty();
        var bare =
                new Outgoing(
                        0,
                        letter,
                        queue("another", Map.of()).name(),
                        null,
                        null,
                        letter.payload(),
                        Headers.NONE,
                        null);
        assertThat(rehearsed(source, List.of(bare))).isEmpty();
    }

    /// As an edit may add it. The broker closes the channel over it, and with it all that is under
    /// way.
    @Test
    void header_that_is_no_list_is_refused_before_it_is_sent() throws Exception {
        var destination = queue("never", Map.of());
        var source = with("text", Map.of());
        var letter = all(source).getFirst();

        assertThat(
                        rehearsed(
                                source,
                                List.of(
                                        with(
                                                letter,
                                                destination.name(),
                                                Header.of("CC", "orders")))))
                .singleElement()
                .isInstanceOfSatisfying(
                        TransferEvent.Refused.class,
                        refused ->
                                assertThat(refused.reason().sentence()).contains("CC is no list"));
        assertThat(taken(destination)).isNull();
    }
}
