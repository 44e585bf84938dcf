package org.deadletteroffice.rabbitmq;

import static org.assertj.core.api.Assertions.assertThat;

import com.rabbitmq.client.AMQP.BasicProperties;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.deadletteroffice.fixtures.rabbitmq.RabbitBroker;
import org.deadletteroffice.spi.error.BrokerException;
import org.deadletteroffice.spi.message.Header;
import org.deadletteroffice.spi.message.Headers;
import org.deadletteroffice.spi.message.QueueRef;
import org.deadletteroffice.spi.transfer.Outgoing;
import org.deadletteroffice.spi.transfer.TransferEvent;
import org.deadletteroffice.spi.transfer.TransferPlan;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// Properties and headers arrive as they were, or the message does not go.
final class PropertiesTest extends OneNode {
    @Test
    void every_property_and_every_type_of_header_arrives_as_it_was() throws Exception {
        var source = queue("typed", Map.of());
        var destination = queue("typed", Map.of());
        var headers = new LinkedHashMap<String, @Nullable Object>();
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
        headers.put("time", Date.from(Instant.ofEpochSecond(1_769_760_000)));
        headers.put("nothing", null);
        headers.put("amqp-type", "my own header of that name");
        headers.put("list", List.of("a", 5, 5L, Map.of("k", true), List.of()));
        headers.put(
                "table",
                Map.of("n", 7, "inner", Map.of("x", 1L), "date", Date.from(Instant.EPOCH)));
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
                        .timestamp(Date.from(Instant.ofEpochSecond(1_769_760_001)))
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
        new TreeMap<>(properties.getHeaders())
                .forEach(
                        (name, value) -> {
                            var typed = TypedValue.of(value);
                            text.append(name).append('=').append(typed.type()).append(':');
                            if (typed.bytes() != null) {
                                text.append(new String(typed.bytes(), StandardCharsets.ISO_8859_1));
                            }
                            text.append('\n');
                        });
        return text.toString();
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
    void user_of_the_sender_is_left_out_where_the_broker_would_not_take_it() throws Exception {
        var source = queue("user", Map.of());
        var destination = queue("user", Map.of());
        send("", source.name(), new BasicProperties.Builder().userId(RabbitBroker.ADMIN).build());
        var letters = all(source);
        try (var other = open(rabbit.user(".*", ".*", ".*"));
                var transfer = other.transfer(new TransferPlan("job", source, PROFILE))) {
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
}
