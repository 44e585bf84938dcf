package org.deadletteroffice.ui;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.rabbitmq.client.AMQP.BasicProperties;
import com.rabbitmq.client.Channel;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.deadletteroffice.core.profile.Environment;
import org.deadletteroffice.core.profile.Profile;
import org.deadletteroffice.fixtures.ForeignMessage;
import org.deadletteroffice.fixtures.rabbitmq.RabbitFixture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// The main path against a real RabbitMQ node, with dead letters that the broker made itself when a
/// consumer rejected them. What arrived is read by RabbitMQ's own client.
@Tag("soak")
@ExtendWith(DesktopExtension.class)
class FirstMinuteOnRabbitTest {
    private static final String PROFILE = "rabbit-dev";
    private static final String ORIGIN = "orders";
    private static final String QUEUE = "orders.dlq";
    private static final String EXCHANGE = "shop";
    private static final int COUNT = 20;
    private static final String ORIGINAL =
            "{\"orderId\":\"A-7\",\"total\":55.90,\"currency\":null}";
    private static final String EDITED =
            "{\"orderId\":\"A-7\",\"total\":55.90,\"currency\":\"EUR\"}";

    private static RabbitFixture rabbit;

    @BeforeAll
    static void start() {
        rabbit = RabbitFixture.start(RabbitFixture.Type.QUORUM);
        rabbit.createQueue(QUEUE, Map.of());
        rabbit.createQueue(
                ORIGIN, Map.of("x-dead-letter-exchange", "", "x-dead-letter-routing-key", QUEUE));
        var _ =
                rabbit.use(
                        "fill " + QUEUE,
                        channel -> {
                            var _ = channel.exchangeDeclare(EXCHANGE, "topic", true);
                            var _ = channel.queueBind(ORIGIN, EXCHANGE, "order.#");
                            for (var i = 0; i < COUNT; i++) {
                                publish(channel, i);
                            }
                            return QUEUE;
                        });
        for (var i = 0; i < COUNT; i++) {
            Awaitility.await().until(FirstMinuteOnRabbitTest::rejectNext);
        }
        Awaitility.await().until(() -> ready(QUEUE) == COUNT);
    }

    private static void publish(Channel channel, int i) throws IOException {
        channel.basicPublish(
                EXCHANGE,
                "order.created",
                new BasicProperties.Builder()
                        .contentType("application/json")
                        .messageId("id-" + i)
                        .headers(Map.of("trace", "t-" + i))
                        .deliveryMode(2)
                        .build(),
                (i == 7 ? ORIGINAL : "{\"orderId\":\"A-%d\"}".formatted(i)).getBytes(UTF_8));
    }

    private static boolean rejectNext() {
        return rabbit.use(
                "reject",
                channel -> {
                    var got = channel.basicGet(ORIGIN, false);
                    if (got == null) {
                        return false;
                    }
                    channel.basicReject(got.getEnvelope().getDeliveryTag(), false);
                    return true;
                });
    }

    private static long ready(String queue) {
        return rabbit.use("count " + queue, channel -> channel.messageCount(queue));
    }

    @AfterAll
    static void stop() {
        rabbit.close();
    }

    @Test
    void the_origin_receives_exactly_the_edited_bytes_once_and_the_rest_stays(Desktop desk)
            throws Exception {
        desk.engine()
                .profiles()
                .save(
                        Profile.of(
                                PROFILE,
                                "rabbitmq",
                                Environment.DEVELOPMENT,
                                rabbit.settings().values()),
                        Map.of());
        desk.approachQueue(PROFILE, QUEUE)
                .shows("Looking costs something here")
                .screenshots("look-rabbitmq");
        assertThat(ready(QUEUE)).as("nothing is looked at before").isEqualTo(COUNT);
        desk.look().shows("In the broker's order").showsNo("Newest first").group("rejected");
        new RepairWalk(
                        "payload.orderId == \"A-7\"",
                        "Rejected by a consumer of orders",
                        "{\n  \"orderId\": \"A-7\",\n  \"total\": 55.90,\n  \"currency\": \"EUR\"\n}",
                        "the currency was missing",
                        "rabbitmq")
                .walk(desk);

        assertThat(ready(ORIGIN)).isEqualTo(1);
        var arrived = rabbit.use("take", channel -> channel.basicGet(ORIGIN, true));
        assertThat(new String(arrived.getBody(), UTF_8)).isEqualTo(EDITED);
        var properties = arrived.getProps();
        assertThat(properties.getMessageId()).isEqualTo("id-7");
        assertThat(properties.getContentType()).isEqualTo("application/json");
        assertThat(properties.getHeaders().get("trace")).hasToString("t-7");
        assertThat(properties.getHeaders().keySet())
                .doesNotContain("x-death", "x-first-death-queue")
                .contains("x-redrive-id");

        // A page that was on its way when its screen was left is held for half a minute more.
        Awaitility.await().atMost(Duration.ofSeconds(45)).until(() -> ready(QUEUE) == COUNT - 1);
        assertThat(rabbit.peek(QUEUE).stream().map(ForeignMessage::text).sorted().toList())
                .isEqualTo(
                        IntStream.range(0, COUNT)
                                .filter(i -> i != 7)
                                .mapToObj("{\"orderId\":\"A-%d\"}"::formatted)
                                .sorted()
                                .toList());
    }
}
