package org.deadletteroffice.rabbitmq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.LongStream;
import org.awaitility.Awaitility;
import org.deadletteroffice.rabbitmq.FrameGate.Rule;
import org.deadletteroffice.rabbitmq.FrameGate.Valve;
import org.deadletteroffice.spi.connector.BrokerConnection;
import org.deadletteroffice.spi.error.BrokerException;
import org.deadletteroffice.spi.message.QueueRef;
import org.deadletteroffice.spi.transfer.Outgoing;
import org.deadletteroffice.spi.transfer.Transfer;
import org.deadletteroffice.spi.transfer.TransferEvent;
import org.deadletteroffice.spi.transfer.TransferEvent.Refused;
import org.deadletteroffice.spi.transfer.TransferEvent.Unknown;
import org.deadletteroffice.spi.transfer.TransferPlan;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Batches that were begun before the broker confirmed those ahead of them: what one of them comes
/// to says nothing wrong of the others, and none overtakes another.
final class BatchesOnTheirWayTest extends OneNode {
    private static final Duration SHORT = Duration.ofSeconds(1);

    private FrameGate gate(Rule fromProgram, Rule fromBroker) throws Exception {
        return new FrameGate(rabbit.broker().port(), fromProgram, fromBroker);
    }

    private BrokerConnection through(FrameGate gate, Duration timeout) {
        return open(
                rabbit.settings()
                        .with("hosts", gate.address())
                        .with("timeout", timeout.toSeconds() + "s"));
    }

    private static Transfer transfer(BrokerConnection over, QueueRef source) throws Exception {
        return over.transfer(new TransferPlan("job", source, PROFILE));
    }

    private List<Outgoing> batch(int count, QueueRef destination) throws Exception {
        return outgoing(all(filled("way", count, Map.of())), destination.name());
    }

    private static void awaitPassed(Duration time, long since) {
        Awaitility.await().until(() -> System.nanoTime() - since > time.toNanos());
    }

    private static void assertSent(List<TransferEvent> events, long... sequences) {
        assertThat(events)
                .allMatch(TransferEvent.Sent.class::isInstance)
                .extracting(TransferEvent::sequence)
                .containsExactly(LongStream.of(sequences).boxed().toArray(Long[]::new));
    }

    @Test
    void batch_asked_late_whose_confirms_came_is_sent_and_the_one_behind_it_too() throws Exception {
        var destination = queue("late", Map.of());
        var batch = batch(6, destination);
        var confirms = new Valve(FrameGate.BASIC_ACK);
        try (var gate = gate(FrameGate.PASS, confirms);
                var over = through(gate, SHORT);
                var transfer = transfer(over, destination)) {
            var first = transfer.begin(batch.subList(0, 2));
            var begun = System.nanoTime();
            // Confirmed behind the first, so that is, too.
            assertSent(transfer.send(batch.subList(2, 3)), 2);
            awaitPassed(SHORT, begun);
            confirms.shut();
            var second = transfer.begin(batch.subList(3, 6));

            assertSent(first.events(), 0, 1);
            confirms.open();
            assertSent(second.events(), 3, 4, 5);
        } finally {
            confirms.open();
        }
        assertThat(peeked(destination)).isEqualTo(texts(6));
    }

    @Test
    void batch_that_is_not_confirmed_in_time_is_the_reason_of_those_behind_it() throws Exception {
        var destination = queue("unconfirmed", Map.of());
        var batch = batch(5, destination);
        var isLost = new AtomicBoolean(true);
        Rule confirms =
                (method, frame) ->
                        Optional.of(
                                method == FrameGate.BASIC_ACK && isLost.get()
                                        ? FrameGate.NOTHING
                                        : frame);
        try (var gate = gate(FrameGate.PASS, confirms);
                var over = through(gate, SHORT);
                var transfer = transfer(over, destination)) {
            var begun = System.nanoTime();
            var first = transfer.begin(batch.subList(0, 2));
            // So that there is time left for this one when there is none for the first.
            awaitPassed(SHORT.dividedBy(2), begun);
            var second = transfer.begin(batch.subList(2, 4));

            for (var lost : List.of(first, second)) {
                assertThatThrownBy(lost::events)
                        .as("not that somebody closed it")
                        .isInstanceOf(BrokerException.Unreachable.class)
                        .hasMessageContaining("No answer");
            }
            isLost.set(false);
            assertSent(transfer.send(batch.subList(4, 5)), 4);
        }
    }

    @Test
    void batch_whose_connection_breaks_is_told_that_and_not_that_nobody_answered()
            throws Exception {
        var destination = queue("broken", Map.of());
        var batch = batch(2, destination);
        Rule unconfirmed =
                (method, frame) ->
                        Optional.of(method == FrameGate.BASIC_ACK ? FrameGate.NOTHING : frame);
        try (var gate = gate(FrameGate.PASS, unconfirmed);
                var over = through(gate, Duration.ofSeconds(10));
                var transfer = transfer(over, destination)) {
            var onItsWay = transfer.begin(batch);
            awaitReady(destination, 2);
            gate.close();

            assertThatThrownBy(onItsWay::events)
                    .isInstanceOf(BrokerException.Unreachable.class)
                    .hasMessageContaining("The connection to " + gate.address() + " broke");
        }
    }

    @Test
    void closing_tells_what_was_confirmed_and_of_the_rest_that_it_was_closed() throws Exception {
        var destination = queue("closed", Map.of());
        var batch = batch(7, destination);
        var confirms = new Valve(FrameGate.BASIC_ACK);
        try (var gate = gate(FrameGate.PASS, confirms);
                var over = through(gate, Duration.ofSeconds(10));
                var transfer = transfer(over, destination)) {
            var first = transfer.begin(batch.subList(0, 2));
            assertSent(transfer.send(batch.subList(2, 3)), 2);
            confirms.shut();
            var second = transfer.begin(batch.subList(3, 5));
            var third = transfer.begin(List.of(of(batch.get(5), null), batch.get(6)));
            transfer.close();

            assertSent(first.events(), 0, 1);
            assertThatThrownBy(second::events).isInstanceOf(BrokerException.Cancelled.class);
            var told = third.events();
            assertThat(told.get(0)).as("without a payload").isInstanceOf(Refused.class);
            assertThat(told.get(1))
                    .isInstanceOfSatisfying(
                            Unknown.class,
                            unknown ->
                                    assertThat(unknown.reason())
                                            .isInstanceOf(BrokerException.Cancelled.class));
        } finally {
            confirms.open();
        }
    }

    @Test
    void batch_begun_after_the_channel_was_lost_does_not_overtake_the_lost_one() throws Exception {
        var destination = queue("overtaking", Map.of());
        var batch = batch(4, destination);
        var missing = outgoing(all(filled("way", 2, Map.of())), "exchange:not-there/key");
        var closed = new CountDownLatch(1);
        var watch = FrameGate.telling(FrameGate.CHANNEL_CLOSE_OK, closed::countDown);
        try (var gate = gate(watch, FrameGate.PASS);
                var over = through(gate, Duration.ofSeconds(10));
                var transfer = transfer(over, destination)) {
            var first = transfer.begin(missing);
            assertThat(closed.await(10, TimeUnit.SECONDS)).isTrue();
            var second = transfer.begin(batch);

            for (var lost : List.of(first, second)) {
                assertThatThrownBy(lost::events)
                        .isInstanceOf(BrokerException.NotFound.class)
                        .hasMessageContaining("not-there");
            }
            assertThat(peeked(destination)).as("what overtook").isEmpty();
            assertThat(transfer.send(batch)).allMatch(TransferEvent.Sent.class::isInstance);
        }
        assertThat(peeked(destination)).isEqualTo(texts(4));
    }

    @Test
    void batch_does_not_overtake_one_that_broke_while_it_was_written() throws Exception {
        var destination = queue("written", Map.of());
        var batch = batch(16, destination);
        var large =
                batch.subList(2, 14).stream().map(each -> of(each, new byte[1_000_000])).toList();
        try (var gate = gate(FrameGate.breakAfter(2, FrameGate.BASIC_PUBLISH), FrameGate.PASS);
                var over = through(gate, Duration.ofSeconds(10));
                var transfer = transfer(over, destination)) {
            var first = transfer.begin(batch.subList(0, 2));
            var broken = transfer.begin(large);
            var last = transfer.begin(batch.subList(14, 16));

            assertThatThrownBy(broken::events).isInstanceOf(BrokerException.Unreachable.class);
            assertThatThrownBy(last::events).isInstanceOf(BrokerException.Unreachable.class);
            assertThat(peeked(destination)).doesNotContain("m-14", "m-15");
            var _ = told(first);
            assertSent(transfer.send(batch.subList(14, 16)), 14, 15);
        }
        assertThat(peeked(destination)).contains("m-14", "m-15");
    }

    /// The batch ahead is settled by then, though nobody asked for it yet.
    @Test
    void message_that_is_too_large_costs_nothing_of_what_is_behind_it() throws Exception {
        var destination = queue("behind-large", Map.of());
        var batch = batch(4, destination);
        try (var over = open(rabbit.settings());
                var transfer = transfer(over, destination)) {
            var ahead = transfer.begin(batch.subList(0, 1));
            var mixed =
                    transfer.begin(
                            List.of(
                                    batch.get(1),
                                    of(batch.get(2), new byte[Node.MOST_BYTES + 1]),
                                    batch.get(3)));

            assertSent(ahead.events(), 0);
            assertThat(mixed.events())
                    .satisfiesExactly(
                            sent -> assertSent(List.of(sent), 1),
                            large ->
                                    assertThat(large)
                                            .isInstanceOfSatisfying(
                                                    Refused.class,
                                                    refused ->
                                                            assertThat(refused.reason())
                                                                    .isInstanceOf(
                                                                            BrokerException.TooLarge
                                                                                    .class)),
                            sent -> assertSent(List.of(sent), 3));
        }
        assertThat(peeked(destination)).containsExactly("m-0", "m-1", "m-3");
    }

    /// Whatever it came to.
    private static List<TransferEvent> told(Transfer.Sending sending) {
        try {
            return sending.events();
        } catch (BrokerException unknown) {
            return List.of();
        }
    }

    /// With the slow tests: it takes the line eight seconds.
    @Test
    @Tag("soak")
    void batches_begun_together_that_take_the_line_longer_than_that_arrive_once() throws Exception {
        var source = filled("parts", 16, Map.of());
        var destination = queue("parts", Map.of());
        var large =
                outgoing(all(source), destination.name()).stream()
                        .map(small -> of(small, new byte[1_000_000]))
                        .toList();
        try (var impatient = open(rabbit.settings().with("timeout", "4s"));
                var transfer = impatient.transfer(new TransferPlan("job", source, PROFILE))) {
            assertThat(transfer.rehearse(large)).isEmpty();
            rabbit.drag(Duration.ofMillis(16));
            var started = System.nanoTime();
            var begun = new ArrayList<Transfer.Sending>();
            for (var from = 0; from < large.size(); from += 4) {
                begun.add(transfer.begin(large.subList(from, from + 4)));
            }
            for (var sending : begun) {
                assertThat(sending.events())
                        .hasSize(4)
                        .allMatch(TransferEvent.Sent.class::isInstance);
            }
            assertThat(Duration.ofNanos(System.nanoTime() - started))
                    .as("or the line is too quick to show anything")
                    .isGreaterThan(Duration.ofSeconds(4));
        } finally {
            rabbit.drag(Duration.ZERO);
        }
        assertThat(rabbit.peek(destination.name())).hasSize(16);
    }
}
