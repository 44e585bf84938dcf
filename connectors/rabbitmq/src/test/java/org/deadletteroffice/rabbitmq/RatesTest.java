package org.deadletteroffice.rabbitmq;

import static org.assertj.core.api.Assertions.assertThat;

import com.rabbitmq.client.CancelCallback;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import com.rabbitmq.client.MessageProperties;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.awaitility.core.ThrowingRunnable;
import org.deadletteroffice.fixtures.rabbitmq.RabbitBroker;
import org.deadletteroffice.fixtures.rabbitmq.RabbitFixture;
import org.deadletteroffice.spi.connector.BrokerConnection;
import org.deadletteroffice.spi.error.BrokerException;
import org.deadletteroffice.spi.message.ConsumerInfo;
import org.deadletteroffice.spi.message.QueueInfo;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

/// Rates of a broker that counts as it does when nobody set it: each five seconds. Twenty messages
/// a second come to a queue whose reader leaves every other one unacknowledged, and as many to one
/// whose reader rejects them all.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(180)
final class RatesTest {
    private static final String READ = "half-read";
    private static final String REJECTED = "rejected";
    private static final String DEAD = "rejected.dlq";
    private static final long PACE = 20;

    private RabbitFixture rabbit;
    private RabbitBroker broker;
    private Connection application;
    private ScheduledExecutorService pace;

    @BeforeAll
    void flow() throws Exception {
        broker = RabbitBroker.start(List.of("collect_statistics_interval = 5000"));
        rabbit = RabbitFixture.on(broker, RabbitFixture.Type.CLASSIC);
        rabbit.createQueue(READ, Map.of());
        rabbit.createQueue(DEAD, Map.of());
        rabbit.createQueue(
                REJECTED, Map.of("x-dead-letter-exchange", "", "x-dead-letter-routing-key", DEAD));
        var factory = new ConnectionFactory();
        factory.setPort(broker.port());
        application = factory.newConnection("billing");
        var reading = application.createChannel();
        var _ =
                reading.basicConsume(
                        READ,
                        false,
                        (_, message) -> {
                            var tag = message.getEnvelope().getDeliveryTag();
                            if (tag % 2 == 0) {
                                reading.basicAck(tag, false);
                            }
                        },
                        nothing());
        var rejecting = application.createChannel();
        var _ =
                rejecting.basicConsume(
                        REJECTED,
                        false,
                        (_, message) ->
                                rejecting.basicReject(
                                        message.getEnvelope().getDeliveryTag(), false),
                        nothing());
        var sending = application.createChannel();
        pace = Executors.newSingleThreadScheduledExecutor();
        var _ =
                pace.scheduleAtFixedRate(
                        () -> send(sending), 0, 1_000 / PACE, TimeUnit.MILLISECONDS);
    }

    private static CancelCallback nothing() {
        return _ -> {};
    }

    private static void send(Channel channel) {
        for (var queue : List.of(READ, REJECTED)) {
            try {
                channel.basicPublish("", queue, MessageProperties.PERSISTENT_BASIC, new byte[] {1});
            } catch (IOException failed) {
                throw new UncheckedIOException(failed);
            }
        }
    }

    @AfterAll
    void stop() throws Exception {
        pace.close();
        application.close();
        rabbit.close();
        broker.close();
    }

    private interface Look {
        void over(BrokerConnection connection) throws Exception;
    }

    /// At the first look of a connection, and at one right after it.
    private void seenAtOnce(Look look) {
        ThrowingRunnable looks =
                () -> {
                    try (var fresh =
                            new RabbitConnector().open(OneNode.PROFILE, rabbit.settings())) {
                        look.over(fresh);
                        look.over(fresh);
                    }
                };
        Awaitility.await()
                .atMost(Duration.ofMinutes(1))
                .pollInterval(Duration.ofMillis(500))
                .ignoreExceptions()
                .untilAsserted(looks);
    }

    /// The scheduler of a busy machine may halve a pace for a while, or catch up.
    private static void assertAbout(@Nullable Double rate, double truth) {
        assertThat(rate).isNotNull().isBetween(truth / 2, truth * 2);
    }

    @Test
    void readers_have_their_rate_and_growth_between_two_counts_of_the_broker() {
        seenAtOnce(
                over -> {
                    var reader = reader(over);
                    assertAbout(reader.rate(), PACE / 2.0);
                    assertAbout(reader.growth(), PACE / 2.0);
                });
    }

    @Test
    void what_dies_into_a_queue_arrives_there() {
        seenAtOnce(
                over -> {
                    assertAbout(listed(over, DEAD).inRate(), PACE);
                    assertAbout(over.queue(OneNode.ref(DEAD)).inRate(), PACE);
                });
    }

    @Test
    void queues_have_the_rates_at_which_messages_come_and_are_taken() {
        seenAtOnce(
                over -> {
                    assertAbout(listed(over, READ).inRate(), PACE);
                    assertAbout(listed(over, READ).outRate(), PACE / 2.0);
                    assertAbout(listed(over, REJECTED).inRate(), PACE);
                });
    }

    private static ConsumerInfo reader(BrokerConnection over) throws BrokerException {
        return over.consumers().stream()
                .filter(reader -> reader.queue().name().equals(READ))
                .findFirst()
                .orElseThrow();
    }

    private static QueueInfo listed(BrokerConnection over, String queue) throws BrokerException {
        return over.queues().stream()
                .filter(info -> info.ref().name().equals(queue))
                .findFirst()
                .orElseThrow();
    }
}
