package org.deadletteroffice.rabbitmq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.rabbitmq.client.AMQP.BasicProperties;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.deadletteroffice.spi.error.BrokerException;
import org.deadletteroffice.spi.message.DeadLetter;
import org.deadletteroffice.spi.message.Header;
import org.deadletteroffice.spi.message.Headers;
import org.deadletteroffice.spi.message.QueueRef;
import org.deadletteroffice.spi.transfer.Outgoing;
import org.deadletteroffice.spi.transfer.TransferEvent;
import org.deadletteroffice.spi.transfer.TransferPlan;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// What arrives where, and what comes back.
final class SendingTest extends OneNode {
    @Test
    void returned_message_stays_and_is_told() throws Exception {
        var source = filled("returned", 3, Map.of());
        var _ =
                rabbit.use(
                        "declare", channel -> channel.exchangeDeclare("nowhere", "direct", true));

        var events = move(source, "exchange:nowhere/key");

        assertThat(events)
                .hasSize(3)
                .allSatisfy(
                        event ->
                                assertThat(event)
                                        .isInstanceOfSatisfying(
                                                TransferEvent.Refused.class,
                                                refused ->
                                                        assertThat(refused.reason().sentence())
                                                                .contains("nowhere")));
        assertThat(peeked(source)).isEqualTo(texts(3));
        try (var transfer = transfer(source)) {
            assertThat(transfer.rehearse(outgoing(all(source), "exchange:nowhere/key"))).hasSize(3);
        }
    }

    @Test
    void senders_time_stays_through_edits_and_is_no_other_brokers() throws Exception {
        var source = queue("timed", Map.of());
        var there = queue("timed-there", Map.of());
        var time = Date.from(Instant.ofEpochSecond(1_700_000_000));
        send(
                "",
                source.name(),
                new BasicProperties.Builder().deliveryMode(2).timestamp(time).build());
        var edited = of(outgoing(all(source), there.name()).getFirst(), new byte[] {3});

        for (var ofOneKind : List.of(true, false)) {
            var plan = new TransferPlan("job", source, "elsewhere", ofOneKind);
            try (var transfer = connection.transfer(plan)) {
                assertThat(transfer.send(List.of(edited)))
                        .allMatch(TransferEvent.Sent.class::isInstance);
            }
        }

        assertThat(taken(there).getProps().getTimestamp()).isEqualTo(time);
        assertThat(taken(there).getProps().getTimestamp()).isNull();
    }

    @Test
    void exchange_that_is_not_there_closes_the_channel_and_the_next_send_works() throws Exception {
        var source = filled("missing", 2, Map.of());
        var destination = queue("there", Map.of());
        var letters = all(source);
        try (var transfer = transfer(source)) {
            assertThatThrownBy(() -> transfer.send(outgoing(letters, "exchange:not-there/key")))
                    .isInstanceOf(BrokerException.NotFound.class)
                    .hasMessageContaining("not-there");
            assertThat(transfer.rehearse(outgoing(letters, "exchange:not-there/key"))).hasSize(2);
            assertThat(transfer.send(outgoing(letters, destination.name())))
                    .allMatch(TransferEvent.Sent.class::isInstance);
        }
    }

    @Test
    void sends_by_an_exchange_with_the_key_of_the_first_death() throws Exception {
        var dead = queue("home-dlq", Map.of());
        var source =
                queue(
                        "home",
                        Map.of(
                                "x-dead-letter-exchange",
                                "",
                                "x-dead-letter-routing-key",
                                dead.name()));
        var _ =
                rabbit.use(
                        "bind",
                        channel -> {
                            var _ = channel.exchangeDeclare("shop", "topic", true);
                            return channel.queueBind(source.name(), "shop", "order.#");
                        });
        send("shop", "order.created", new BasicProperties.Builder().deliveryMode(2).build());
        reject(source);

        move(dead, "exchange:shop");

        var back = taken(source);
        assertThat(back.getEnvelope().getExchange()).isEqualTo("shop");
        assertThat(back.getEnvelope().getRoutingKey()).isEqualTo("order.created");
    }

    @Test
    void message_of_a_retry_loop_goes_back_with_the_key_of_its_first_death() throws Exception {
        var dead = queue("loop-dlq", Map.of());
        var source = queue("loop", Map.of("x-dead-letter-exchange", "loop-dlx"));
        var retry =
                queue(
                        "loop-retry",
                        Map.of(
                                "x-message-ttl",
                                1,
                                "x-dead-letter-exchange",
                                "",
                                "x-dead-letter-routing-key",
                                source.name()));
        var _ =
                rabbit.use(
                        "bind",
                        channel -> {
                            var _ = channel.exchangeDeclare("loop-shop", "topic", true);
                            var _ = channel.queueBind(source.name(), "loop-shop", "order.#");
                            var _ = channel.exchangeDeclare("loop-dlx", "fanout", true);
                            return channel.queueBind(retry.name(), "loop-dlx", "");
                        });
        send("loop-shop", "order.created", new BasicProperties.Builder().deliveryMode(2).build());
        reject(source);
        Awaitility.await()
                .until(() -> rabbit.use("count", c -> c.messageCount(source.name())) == 1);
        var _ =
                rabbit.use(
                        "park from now on",
                        channel -> {
                            var _ = channel.queueUnbind(retry.name(), "loop-dlx", "");
                            return channel.queueBind(dead.name(), "loop-dlx", "");
                        });
        reject(source);
        Awaitility.await().until(() -> all(dead).size() == 1);

        move(dead, "exchange:loop-shop");

        assertThat(taken(source).getEnvelope().getRoutingKey()).isEqualTo("order.created");
    }

    private void reject(QueueRef queue) {
        var _ =
                rabbit.use(
                        "reject",
                        channel -> {
                            var got = channel.basicGet(queue.name(), false);
                            channel.basicReject(got.getEnvelope().getDeliveryTag(), false);
                            return queue;
                        });
    }

    @Test
    void of_two_equal_bodies_the_one_that_no_queue_took_is_told() throws Exception {
        var source = filled("equal", 2, Map.of());
        var destination = queue("by-header", Map.of());
        var _ =
                rabbit.use(
                        "bind",
                        channel -> {
                            var _ = channel.exchangeDeclare("regions", "headers", true);
                            return channel.queueBind(
                                    destination.name(),
                                    "regions",
                                    "",
                                    Map.of("x-match", "all", "region", "eu"));
                        });
        var letters = all(source);
        var batch =
                List.of(
                        marked(0, letters.get(0), "exchange:regions/key", "eu"),
                        marked(1, letters.get(1), "exchange:regions/key", "mars"));
        try (var transfer = transfer(source)) {
            var events = transfer.send(batch);

            assertThat(events.get(0)).isInstanceOf(TransferEvent.Sent.class);
            assertThat(events.get(1)).isInstanceOf(TransferEvent.Refused.class);
        }
        assertThat(peeked(destination)).hasSize(1);
    }

    /// As a redrive marks what it sends.
    private static Outgoing marked(
            long sequence, DeadLetter original, String destination, String region) {
        return new Outgoing(
                sequence,
                original,
                destination,
                null,
                null,
                new byte[] {7},
                new Headers(
                        List.of(
                                Header.of("region", region),
                                Header.of("x-redrive-id", "job-" + sequence))),
                null);
    }

    @Test
    void full_queue_refuses_and_the_message_stays() throws Exception {
        var source = filled("overflow", 3, Map.of());
        var destination = queue("full", Map.of("x-max-length", 1, "x-overflow", "reject-publish"));

        var events = move(source, destination.name());

        assertThat(events).filteredOn(TransferEvent.Refused.class::isInstance).isNotEmpty();
        assertThat(peeked(source)).isEqualTo(texts(3));
    }

    @Test
    void message_above_the_brokers_limit_is_refused_and_those_around_it_go() throws Exception {
        var source = filled("large", 3, Map.of());
        var destination = queue("large", Map.of());
        var batch = new ArrayList<>(outgoing(all(source), destination.name()));
        var middle = batch.get(1);
        batch.set(1, of(middle, new byte[Node.MOST_BYTES + 1]));
        try (var transfer = transfer(source)) {
            var events = transfer.send(batch);

            assertThat(events)
                    .filteredOn(TransferEvent.Sent.class::isInstance)
                    .extracting(TransferEvent::sequence)
                    .containsExactly(0L, 2L);
            assertThat(events)
                    .filteredOn(TransferEvent.Refused.class::isInstance)
                    .singleElement()
                    .satisfies(
                            event ->
                                    assertThat(((TransferEvent.Refused) event).reason())
                                            .isInstanceOf(BrokerException.TooLarge.class));
        }
        assertThat(peeked(destination)).containsExactly("m-0", "m-2");
    }

    @Test
    void one_message_goes_out_of_the_middle_and_the_others_keep_their_order() throws Exception {
        for (var arguments :
                List.of(
                        Map.<String, Object>of(),
                        Map.<String, Object>of("x-queue-type", "quorum"))) {
            var source = filled("middle", 200, arguments);
            var destination = queue("one", Map.of());
            var chosen = all(source).get(120);
            try (var transfer = transfer(source)) {
                transfer.send(outgoing(List.of(chosen), destination.name()));
            }
            connection.remove(source, List.of(chosen.id()));

            assertThat(peeked(destination)).containsExactly("m-120");
            var expected = new ArrayList<>(texts(200));
            expected.remove("m-120");
            assertThat(peeked(source)).isEqualTo(expected);
        }
    }

    @Test
    void what_was_confirmed_before_the_broker_was_lost_is_told() throws Exception {
        var source = filled("confirmed", 6, Map.of());
        var destination = queue("slow", Map.of());
        var batch = new ArrayList<>(outgoing(all(source), destination.name()));
        var slow = batch.get(3);
        // Just below what goes alone, and more than the line takes in the time.
        batch.set(3, of(slow, new byte[1_000_000]));
        try (var impatient = open(rabbit.settings().with("timeout", "3s"));
                var transfer = impatient.transfer(new TransferPlan("job", source, PROFILE))) {
            assertThat(transfer.rehearse(batch)).isEmpty();
            rabbit.drag(Duration.ofMillis(150));
            var events = transfer.send(batch);

            assertThat(events)
                    .filteredOn(TransferEvent.Sent.class::isInstance)
                    .extracting(TransferEvent::sequence)
                    .containsExactly(0L, 1L, 2L);
            assertThat(events)
                    .filteredOn(TransferEvent.Unknown.class::isInstance)
                    .extracting(TransferEvent::sequence)
                    .containsExactly(3L, 4L, 5L);
        } finally {
            rabbit.drag(Duration.ZERO);
        }
    }

    /// With the slow tests: it takes the line eight seconds.
    @Test
    @Tag("soak")
    void message_that_takes_the_line_longer_than_the_time_for_an_answer_arrives_once()
            throws Exception {
        var source = filled("long", 1, Map.of());
        var destination = queue("long", Map.of());
        var letter = all(source).getFirst();
        var large =
                new Outgoing(
                        0,
                        letter,
                        destination.name(),
                        null,
                        null,
                        new byte[15 << 20],
                        letter.headers(),
                        null);
        try (var impatient = open(rabbit.settings().with("timeout", "4s"));
                var transfer = impatient.transfer(new TransferPlan("job", source, PROFILE))) {
            assertThat(transfer.rehearse(List.of(large))).isEmpty();
            rabbit.drag(Duration.ofMillis(16));
            var started = System.nanoTime();
            var events = transfer.send(List.of(large));

            assertThat(Duration.ofNanos(System.nanoTime() - started))
                    .as("or the line is too quick to show anything")
                    .isGreaterThan(Duration.ofSeconds(4));
            assertThat(events).singleElement().isInstanceOf(TransferEvent.Sent.class);
        } finally {
            rabbit.drag(Duration.ZERO);
        }
        assertThat(rabbit.peek(destination.name())).hasSize(1);
    }

    @Test
    void messages_beside_one_above_a_small_limit_of_the_broker_are_sent_again_and_go()
            throws Exception {
        var source = filled("beside", 3, Map.of());
        var destination = queue("beside", Map.of());
        var batch = new ArrayList<>(outgoing(all(source), destination.name()));
        var middle = batch.get(1);
        batch.set(1, of(middle, new byte[200_000]));
        limitSize(100_000);
        try (var transfer = transfer(source)) {
            // Those that went with it: the broker ended the channel.
            assertThat(eventsOf(() -> transfer.send(batch), batch))
                    .filteredOn(TransferEvent.Unknown.class::isInstance)
                    .isNotEmpty()
                    .allSatisfy(
                            event ->
                                    assertThat(((TransferEvent.Unknown) event).reason())
                                            .matches(BrokerException::isTransient));
            var again = transfer.send(batch);

            assertThat(again)
                    .filteredOn(TransferEvent.Sent.class::isInstance)
                    .extracting(TransferEvent::sequence)
                    .containsExactlyInAnyOrder(0L, 2L);
            assertThat(again)
                    .filteredOn(TransferEvent.Refused.class::isInstance)
                    .singleElement()
                    .satisfies(
                            event ->
                                    assertThat(((TransferEvent.Refused) event).reason())
                                            .isInstanceOf(BrokerException.TooLarge.class));
        } finally {
            limitSize(Node.MOST_BYTES);
        }
        assertThat(peeked(destination)).contains("m-0", "m-2");
    }

    /// For channels that are opened afterwards; 3.x and 4.x read it from different places.
    private void limitSize(int bytes) {
        rabbit.broker()
                .control(
                        "eval",
                        "application:set_env(rabbit, max_message_size, %1$d), persistent_term:put(max_message_size, %1$d)."
                                .formatted(bytes));
    }

    /// With the slow tests: the broker takes its time to see that its memory is short.
    @Test
    @Tag("soak")
    void broker_in_alarm_is_told_and_sends_go_on_when_it_is_over() throws Exception {
        var source = filled("alarm", 5, Map.of());
        var destination = queue("alarm", Map.of());
        var letters = all(source);
        try (var impatient = open(rabbit.settings().with("timeout", "2s"));
                var transfer = impatient.transfer(new TransferPlan("job", source, PROFILE))) {
            alarm("0.000001");
            Awaitility.await()
                    .atMost(Duration.ofSeconds(40))
                    .untilAsserted(
                            () ->
                                    assertThatThrownBy(
                                                    () ->
                                                            transfer.send(
                                                                    outgoing(
                                                                            letters,
                                                                            destination.name())))
                                            .isInstanceOf(BrokerException.Throttled.class));
            assertThat(all(source)).as("looking goes on").hasSize(5);
            stopsAtOnce(source, outgoing(letters, destination.name()));
            alarm("0.6");
            Awaitility.await()
                    .atMost(Duration.ofSeconds(40))
                    .ignoreExceptions()
                    .until(
                            () ->
                                    transfer.send(outgoing(letters, destination.name())).stream()
                                            .allMatch(TransferEvent.Sent.class::isInstance));
        } finally {
            alarm("0.6");
        }
        assertThat(peeked(destination)).containsAll(texts(5));
    }

    /// Nobody waits for the alarm's end who does not want to.
    private void stopsAtOnce(QueueRef source, List<Outgoing> batch) throws Exception {
        var outcome = new CompletableFuture<Throwable>();
        try (var patient = open(rabbit.settings().with("timeout", "120s"));
                var transfer = patient.transfer(new TransferPlan("job", source, PROFILE))) {
            var sender =
                    Thread.ofVirtual()
                            .start(
                                    () ->
                                            outcome.complete(
                                                    catchThrowable(() -> transfer.send(batch))));
            // This one and the impatient one.
            Awaitility.await().until(() -> blockedConnections() == 2);
            sender.interrupt();
            assertThat(outcome.get(5, TimeUnit.SECONDS))
                    .isInstanceOf(BrokerException.Cancelled.class);
        }
    }

    private long blockedConnections() {
        var states = rabbit.manage("GET", "/connections?columns=state", "");
        return Pattern.compile("\"blocked\"").matcher(states).results().count();
    }

    private void alarm(String watermark) {
        rabbit.broker().control("set_vm_memory_high_watermark", watermark);
    }
}
