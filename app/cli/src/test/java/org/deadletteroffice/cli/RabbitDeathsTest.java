package org.deadletteroffice.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.rabbitmq.client.AMQP.BasicProperties;
import com.rabbitmq.client.Channel;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.deadletteroffice.fixtures.rabbitmq.RabbitFixture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Each way in which a message dies in RabbitMQ, as the node itself writes it down.
@Timeout(180)
final class RabbitDeathsTest {
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final int LIMIT = 2;
    private static final int ROUNDS = 3;

    private static RabbitFixture rabbit;

    @TempDir private Path home;
    private CommandLineDriver dlo;
    private String orders = "";
    private String deadLetters = "";
    private Instant begun = Instant.EPOCH;

    @BeforeAll
    static void start() {
        rabbit = RabbitFixture.start(RabbitFixture.Type.CLASSIC);
    }

    @AfterAll
    static void stop() {
        rabbit.close();
    }

    @BeforeEach
    void connect() {
        orders = home.getFileName() + "-orders";
        deadLetters = orders + "-dlq";
        rabbit.createQueue(deadLetters, Map.of());
        dlo = new CommandLineDriver(home);
        RabbitEndToEndTest.add(dlo, rabbit, "local", "/", "10s");
        // The broker tells whole seconds.
        begun = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    }

    private void createOrders(Map<String, Object> arguments) {
        create(orders, deadLetters, arguments);
    }

    private static void create(String queue, String diesInto, Map<String, Object> arguments) {
        var all = new HashMap<>(arguments);
        all.put("x-dead-letter-exchange", "");
        all.put("x-dead-letter-routing-key", diesInto);
        rabbit.createQueue(queue, all);
    }

    private void publish(BasicProperties properties, String... bodies) {
        var _ =
                rabbit.use(
                        "publish",
                        channel -> {
                            var _ = channel.confirmSelect();
                            for (var body : bodies) {
                                channel.basicPublish("", orders, properties, body.getBytes(UTF_8));
                            }
                            channel.waitForConfirmsOrDie(PATIENCE.toMillis());
                            return bodies.length;
                        });
    }

    private static void refuse(String queue, boolean requeue) {
        var _ =
                rabbit.use(
                        "refuse",
                        channel -> {
                            var tag = take(channel, queue);
                            channel.basicReject(tag, requeue);
                            return tag;
                        });
    }

    private static long take(Channel channel, String queue) throws IOException {
        var got = channel.basicGet(queue, false);
        while (got == null) {
            Thread.onSpinWait();
            got = channel.basicGet(queue, false);
        }
        return got.getEnvelope().getDeliveryTag();
    }

    /// What is told of the one dead letter.
    private JsonNode failure() {
        await().atMost(PATIENCE)
                .until(
                        () ->
                                rabbit.<Long>use(
                                                "count",
                                                channel -> channel.messageCount(deadLetters))
                                        == 1);
        var messages =
                RabbitEndToEndTest.done(dlo.run("browse", deadLetters, "--from", "oldest"))
                        .get("messages");
        assertThat(messages).hasSize(1);
        var failure = messages.get(0).get("failure");
        assertThat(failure.get("reader").asText()).isEqualTo("RabbitMQ");
        assertThat(failure.at("/origin/queue").asText()).isEqualTo(orders);
        isOfThisTest(failure.get("firstDeath"));
        return failure;
    }

    private void isOfThisTest(JsonNode time) {
        assertThat(Instant.parse(time.asText())).isBetween(begun, Instant.now());
    }

    @Test
    void message_that_waits_longer_than_its_queue_allows_expires() {
        createOrders(Map.of("x-message-ttl", 50));
        publish(new BasicProperties(), "late");

        var failure = failure();

        assertThat(failure.get("type").asText()).isEqualTo("expired");
        assertThat(failure.get("message").asText()).isEqualTo("Expired in " + orders);
        assertThat(failure.get("tries").isNull()).isTrue();
        isOfThisTest(failure.get("lastDeath"));
        assertThat(failure.get("history")).isEmpty();
    }

    @Test
    void message_that_waits_longer_than_its_sender_allows_expires() {
        createOrders(Map.of());
        publish(new BasicProperties.Builder().expiration("50").build(), "late");

        assertThat(failure().get("message").asText()).isEqualTo("Expired in " + orders);
    }

    @Test
    void oldest_message_is_pushed_out_of_a_full_queue() {
        createOrders(Map.of("x-max-length", 1));
        publish(new BasicProperties(), "first", "second");

        var failure = failure();

        assertThat(failure.get("type").asText()).isEqualTo("maxlen");
        assertThat(failure.get("message").asText())
                .isEqualTo("Pushed out by newer messages in " + orders);
        isOfThisTest(failure.get("lastDeath"));
    }

    @Test
    void message_that_is_given_back_too_often_is_delivered_too_often() {
        createOrders(Map.of("x-queue-type", "quorum", "x-delivery-limit", LIMIT));
        publish(new BasicProperties.Builder().deliveryMode(2).build(), "poison");
        for (var delivery = 0; delivery <= LIMIT; delivery++) {
            refuse(orders, true);
        }

        var failure = failure();

        assertThat(failure.get("type").asText()).isEqualTo("delivery_limit");
        assertThat(failure.get("message").asText()).isEqualTo("Delivered too often in " + orders);
        isOfThisTest(failure.get("lastDeath"));
    }

    @Test
    void each_queue_of_a_retry_loop_is_told_with_how_often_and_since_when() {
        var retry = orders + "-retry";
        create(retry, orders, Map.of("x-message-ttl", 50));
        create(orders, retry, Map.of());
        publish(new BasicProperties(), "again and again");
        for (var round = 0; round < ROUNDS; round++) {
            refuse(orders, false);
        }
        // What a consumer does that gives up: it sends the message on with all it carries.
        var _ =
                rabbit.use(
                        "give up",
                        channel -> {
                            var got = channel.basicGet(orders, true);
                            while (got == null) {
                                Thread.onSpinWait();
                                got = channel.basicGet(orders, true);
                            }
                            channel.basicPublish("", deadLetters, got.getProps(), got.getBody());
                            return got.getMessageCount();
                        });

        var failure = failure();

        assertThat(failure.get("message").asText()).isEqualTo("Expired in " + retry);
        assertThat(failure.get("tries").asInt()).isEqualTo(ROUNDS);
        assertThat(failure.get("lastDeath").isNull()).as("only the first is known").isTrue();
        var history = new ArrayList<String>();
        for (var death : failure.get("history")) {
            history.add(death.get("message").asText());
            isOfThisTest(death.get("firstDeath"));
        }
        assertThat(history)
                .isEqualTo(
                        List.of(
                                "Rejected by a consumer of %s, %d times".formatted(orders, ROUNDS),
                                "Expired in %s, %d times".formatted(retry, ROUNDS - 1)));
    }
}
