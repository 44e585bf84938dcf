package org.deadletteroffice.rabbitmq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.rabbitmq.client.AMQP.BasicProperties;
import com.rabbitmq.client.GetResponse;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.deadletteroffice.fixtures.rabbitmq.RabbitBroker;
import org.deadletteroffice.spi.error.BrokerException;
import org.deadletteroffice.spi.message.DeadLetter;
import org.deadletteroffice.spi.message.Header;
import org.deadletteroffice.spi.message.Headers;
import org.deadletteroffice.spi.message.QueueRef;
import org.deadletteroffice.spi.transfer.Outgoing;
import org.deadletteroffice.spi.transfer.TransferEvent;
import org.junit.jupiter.api.Test;

/// What arrives where, and what comes back.
final class SendingTest extends OneNode {
    private GetResponse taken(QueueRef queue) {
        return rabbit.use("take", channel -> channel.basicGet(queue.name(), true));
    }

    @Test
    void every_property_and_every_type_of_header_arrives_as_it_was() throws Exception {
        var source = queue("typed", Map.of());
        var destination = queue("typed", Map.of());
        var headers = new LinkedHashMap<String, Object>();
        headers.put("text", "grüße");
        headers.put("bytes", new byte[] {0, (byte) 0xff});
        headers.put("int", 5);
        headers.put("long", 5L);
        headers.put("short", (short) 5);
        headers.put("byte", (byte) 5);
        headers.put("flag", true);
        headers.put("double", 0.1);
        headers.put("float", 0.1f);
        headers.put("decimal", new BigDecimal("12.50"));
        headers.put("time", new Date(1_769_760_000_000L));
        headers.put("nothing", null);
        headers.put("amqp-type", "my own header of that name");
        headers.put("list", List.of("a", 5, 5L, Map.of("k", true), List.of()));
        headers.put("table", Map.of("n", 7, "inner", Map.of("x", 1L), "date", new Date(5_000)));
        headers.put("odd table", Map.of("!T", 5));
        var sent =
                new BasicProperties.Builder()
                        .contentType("application/json")
                        .contentEncoding("utf-8")
                        .headers(headers)
                        .deliveryMode(1)
                        .priority(3)
                        .correlationId("c-1")
                        .replyTo("answers")
                        .expiration("600000")
                        .messageId("id-1")
                        .timestamp(new Date(1_769_760_001_000L))
                        .type("order.created")
                        .userId(RabbitBroker.ADMIN)
                        .appId("shop")
                        .clusterId("old")
                        .build();
        send("", source.name(), sent);

        move(source, destination.name());

        var found = taken(destination).getProps();
        assertThat(plain(found)).isEqualTo(plain(readBack(sent, source)));
        assertThat(plain(found)).contains("int=I:", "nothing=V:", "amqp-type=S:", "table=F:{");
        assertThat(found.getContentType()).isEqualTo("application/json");
        assertThat(found.getContentEncoding()).isEqualTo("utf-8");
        assertThat(found.getDeliveryMode()).isEqualTo(1);
        assertThat(found.getPriority()).isEqualTo(3);
        assertThat(found.getCorrelationId()).isEqualTo("c-1");
        assertThat(found.getReplyTo()).isEqualTo("answers");
        assertThat(found.getExpiration()).isEqualTo("600000");
        assertThat(found.getMessageId()).isEqualTo("id-1");
        assertThat(found.getTimestamp()).isEqualTo(sent.getTimestamp());
        assertThat(found.getType()).isEqualTo("order.created");
        assertThat(found.getUserId()).isEqualTo(RabbitBroker.ADMIN);
        assertThat(found.getAppId()).isEqualTo("shop");
        assertThat(found.getClusterId()).isEqualTo("old");
    }

    /// The headers as the broker gives them to an application that reads the same message.
    private BasicProperties readBack(BasicProperties sent, QueueRef queue) {
        send("", queue.name(), sent);
        return taken(queue).getProps();
    }

    private static String plain(BasicProperties properties) {
        var text = new StringBuilder();
        new java.util.TreeMap<>(properties.getHeaders())
                .forEach(
                        (name, value) -> {
                            var typed = TypedValue.of(value);
                            text.append(name).append('=').append(typed.type()).append(':');
                            if (typed.bytes() != null) {
                                text.append(
                                        new String(
                                                typed.bytes(),
                                                java.nio.charset.StandardCharsets.ISO_8859_1));
                            }
                            text.append('\n');
                        });
        return text.toString();
    }

    private void send(String exchange, String key, BasicProperties properties) {
        var _ =
                rabbit.use(
                        "send",
                        channel -> {
                            var _ = channel.confirmSelect();
                            channel.basicPublish(exchange, key, properties, new byte[] {1, 2});
                            channel.waitForConfirmsOrDie(10_000);
                            return key;
                        });
    }

    /// Sends all messages of a queue on and takes them away, as a job does.
    private List<TransferEvent> move(QueueRef source, String destination) throws Exception {
        var letters = all(source);
        try (var transfer = transfer(source)) {
            var events = transfer.send(outgoing(letters, destination));
            connection.remove(
                    source,
                    letters.stream()
                            .filter(
                                    letter ->
                                            events.stream()
                                                    .allMatch(TransferEvent.Sent.class::isInstance))
                            .map(DeadLetter::id)
                            .toList());
            return events;
        }
    }

    @Test
    void headers_keep_their_order() throws Exception {
        var source = filled("ordered", 1, Map.of());
        var middle = queue("ordered", Map.of());
        var destination = queue("ordered", Map.of());
        var headers =
                new Headers(
                        List.of("zebra", "a", "Zebra", "m", "b.c", "x-trace", "0").stream()
                                .map(name -> Header.of(name, name))
                                .toList());
        var letter = all(source).getFirst();
        try (var transfer = transfer(source)) {
            transfer.send(
                    List.of(
                            new Outgoing(
                                    0,
                                    letter,
                                    middle.name(),
                                    null,
                                    null,
                                    letter.payload(),
                                    headers,
                                    null)));
        }
        assertThat(rabbit.peek(middle.name()).getFirst().headers()).isEqualTo(headers);
        assertThat(all(middle).getFirst().headers()).isEqualTo(headers);

        move(middle, destination.name());

        assertThat(rabbit.peek(destination.name()).getFirst().headers()).isEqualTo(headers);
    }

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
    void full_queue_refuses_and_the_message_stays() throws Exception {
        var source = filled("overflow", 3, Map.of());
        var destination = queue("full", Map.of("x-max-length", 1, "x-overflow", "reject-publish"));

        var events = move(source, destination.name());

        assertThat(events).filteredOn(TransferEvent.Refused.class::isInstance).isNotEmpty();
        assertThat(peeked(source)).isEqualTo(texts(3));
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
            var expected = new java.util.ArrayList<>(texts(200));
            expected.remove("m-120");
            assertThat(peeked(source)).isEqualTo(expected);
        }
    }

    @Test
    void user_of_the_sender_is_left_out_where_the_broker_would_not_take_it() throws Exception {
        var source = queue("user", Map.of());
        var destination = queue("user", Map.of());
        send("", source.name(), new BasicProperties.Builder().userId(RabbitBroker.ADMIN).build());
        var letters = all(source);
        try (var other = open(rabbit.user(".*", ".*", ".*"));
                var transfer =
                        other.transfer(
                                new org.deadletteroffice.spi.transfer.TransferPlan(
                                        "job", source, PROFILE))) {
            assertThat(transfer.send(outgoing(letters, destination.name())))
                    .allMatch(TransferEvent.Sent.class::isInstance);
        }
        assertThat(taken(destination).getProps().getUserId()).isNull();
    }

    @Test
    void edited_header_that_is_no_value_of_its_type_is_refused() throws Exception {
        var source = queue("edited", Map.of());
        var destination = queue("edited", Map.of());
        send("", source.name(), new BasicProperties.Builder().headers(Map.of("n", 5)).build());
        var letter = all(source).getFirst();
        var headers =
                new Headers(
                        letter.headers().all().stream()
                                .map(h -> h.name().equals("n") ? Header.of("n", "five") : h)
                                .toList());
        try (var transfer = transfer(source)) {
            var event =
                    transfer.send(
                                    List.of(
                                            new Outgoing(
                                                    0,
                                                    letter,
                                                    destination.name(),
                                                    null,
                                                    null,
                                                    letter.payload(),
                                                    headers,
                                                    null)))
                            .getFirst();
            assertThat(event)
                    .isInstanceOfSatisfying(
                            TransferEvent.Refused.class,
                            refused ->
                                    assertThat(refused.reason().sentence()).contains("header n"));
        }
    }

    @Test
    void headers_that_fit_no_frame_are_refused() throws Exception {
        var source = filled("frame", 1, Map.of());
        var destination = queue("frame", Map.of());
        var letter = all(source).getFirst();
        var big = Headers.of(Header.of("big", "x".repeat(200_000)));
        try (var transfer = transfer(source)) {
            var outgoing =
                    new Outgoing(
                            0, letter, destination.name(), null, null, letter.payload(), big, null);
            for (var events :
                    List.of(
                            transfer.rehearse(List.of(outgoing)),
                            transfer.send(List.of(outgoing)))) {
                assertThat(((TransferEvent.Refused) events.getFirst()).reason())
                        .isInstanceOf(BrokerException.TooLarge.class);
            }
        }
    }

    @Test
    void broker_in_alarm_is_told_and_sends_go_on_when_it_is_over() throws Exception {
        var source = filled("alarm", 5, Map.of());
        var destination = queue("alarm", Map.of());
        var letters = all(source);
        try (var transfer = transfer(source)) {
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

    private void alarm(String watermark) {
        rabbit.broker().control("set_vm_memory_high_watermark", watermark);
    }
}
