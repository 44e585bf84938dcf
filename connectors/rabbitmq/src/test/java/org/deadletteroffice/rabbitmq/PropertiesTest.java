package org.deadletteroffice.rabbitmq;

import static org.assertj.core.api.Assertions.assertThat;

import com.rabbitmq.client.AMQP.BasicProperties;
import com.rabbitmq.client.ConnectionFactory;
import com.rabbitmq.client.impl.ContentHeaderPropertyWriter;
import com.rabbitmq.client.impl.FrameHandlerFactory;
import com.rabbitmq.client.impl.LongStringHelper;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Date;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
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
        assertThat(plain(found))
                .contains("int=Integer 5", "nothing=nothing", "amqp-type=ByteArrayLongString");
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
                        (name, value) ->
                                text.append(name).append('=').append(plain(value)).append('\n'));
        return text.toString();
    }

    private static String plain(@Nullable Object value) {
        return switch (value) {
            case null -> "nothing";
            case byte[] bytes -> "bytes " + HexFormat.of().formatHex(bytes);
            case List<?> array -> array.stream().map(PropertiesTest::plain).toList().toString();
            case Map<?, ?> table -> {
                var sorted = new TreeMap<String, String>();
                table.forEach((name, each) -> sorted.put(String.valueOf(name), plain(each)));
                yield sorted.toString();
            }
            default -> value.getClass().getSimpleName() + ' ' + value;
        };
    }

    /// RabbitMQ's Java client has no unsigned numbers, and no order within a table; other clients
    /// write both.
    @Test
    void headers_of_other_clients_arrive_byte_for_byte() throws Exception {
        var source = queue("foreign", Map.of());
        var middle = queue("foreign", Map.of());
        var destination = queue("foreign", Map.of());
        var table = HexFormat.of().parseHex(FOREIGN.replace(" ", ""));
        publish(source, table);

        move(source, middle.name());
        move(middle, destination.name());

        assertThat(HexFormat.of().formatHex(arrived(destination)))
                .isEqualTo(HexFormat.of().formatHex(table));
        publish(source, table);
        assertThat(all(source).getFirst().headers().lastText("nest"))
                .hasValue(
                        "{\"zz\":{\"!B\":200},\"aa\":{\"!I\":1},\"mm\":[{\"!u\":60000},{\"!i\":4000000000},\"x\"]}");
    }

    /// One header a line: name, type, value.
    private static final String FOREIGN =
            // z=S "last", B=200, u=60000, i=4000000000, b=-5
            "017a 53 00000004 6c617374 "
                    + "0142 42 c8 "
                    + "0175 75 ea60 "
                    + "0169 69 ee6b2800 "
                    + "0162 62 fb "
                    // s=-2, I=-3, l=-4, t, V, d=0.5, f=0.5, D=12.50, T
                    + "0173 73 fffe "
                    + "0149 49 fffffffd "
                    + "016c 6c fffffffffffffffc "
                    + "0174 74 01 "
                    + "0156 56 "
                    + "0164 64 3fe0000000000000 "
                    + "0166 66 3f000000 "
                    + "0144 44 02 000004e2 "
                    + "0154 54 00000000697c6500 "
                    // nest={zz=B 200, aa=I 1, mm=[u 60000, i 4000000000, "x"]}
                    + "046e657374 46 00000023 "
                    + "027a7a 42 c8 "
                    + "026161 49 00000001 "
                    + "026d6d 41 0000000e 75 ea60 69 ee6b2800 53 00000001 78 "
                    + "0161 53 00000001 61";

    private void publish(QueueRef queue, byte[] table) {
        var properties =
                new BasicProperties() {
                    @Override
                    public void writePropertiesTo(ContentHeaderPropertyWriter to)
                            throws IOException {
                        to.writePresence(false);
                        to.writePresence(false);
                        to.writePresence(true);
                        for (var after = 3; after < 14; after++) {
                            to.writePresence(false);
                        }
                        to.finishPresence();
                        to.writeLongstr(LongStringHelper.asLongString(table));
                    }
                };
        send("", queue.name(), properties);
    }

    /// The headers of a queue's next message as they come from the broker.
    private byte[] arrived(QueueRef queue) throws Exception {
        var headers = new DeliveredHeaders();
        var factory =
                new ConnectionFactory() {
                    @Override
                    protected synchronized FrameHandlerFactory createFrameHandlerFactory()
                            throws IOException {
                        var plain = super.createFrameHandlerFactory();
                        return (address, name) -> headers.watching(plain.create(address, name));
                    }
                };
        factory.setPort(rabbit.broker().port());
        try (var own = factory.newConnection(new CallingThread());
                var channel = own.createChannel()) {
            var lane = headers.watch(channel.getChannelNumber());
            var arrivals = new Arrivals(channel, lane);
            channel.basicConsume(queue.name(), true, arrivals);
            var first = Objects.requireNonNull(arrivals.poll(30, TimeUnit.SECONDS)).message();
            return Objects.requireNonNull(first).table();
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
