package org.deadletteroffice.rabbitmq;

import static org.assertj.core.api.Assertions.assertThat;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.MessageProperties;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.deadletteroffice.fixtures.rabbitmq.RabbitFixture;
import org.deadletteroffice.spi.connector.BrokerConnection;
import org.deadletteroffice.spi.error.BrokerException;
import org.deadletteroffice.spi.message.QueueInfo;
import org.deadletteroffice.spi.message.QueueRole;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// A virtual host of ten thousand queues, every second of which dies into the one before. On a node
/// of its own, as it takes a minute to make and to be rid of them.
@Tag("soak")
final class ManyQueuesTest {
    private static final int COUNT = 10_000;

    @Test
    @Timeout(600)
    void ten_thousand_queues_are_listed_within_two_seconds() throws Exception {
        try (var rabbit = RabbitFixture.start(RabbitFixture.Type.CLASSIC)) {
            var _ = rabbit.use("make queues", ManyQueuesTest::make);
            rabbit.manage(
                    "PUT",
                    "/policies/%2F/last",
                    "{\"pattern\":\"^many-09998$\",\"apply-to\":\"queues\",\"definition\":"
                            + "{\"dead-letter-exchange\":\"dead\"}}");
            var settings = rabbit.directSettings().with("timeout", "60s");
            try (var connection = new RabbitConnector().open("many", settings)) {
                Awaitility.await()
                        .atMost(Duration.ofSeconds(60))
                        .untilAsserted(() -> tellsWhatMatters(byName(connection)));

                var best = Long.MAX_VALUE;
                for (var round = 0; round < 5; round++) {
                    var began = System.nanoTime();
                    assertThat(connection.queues()).hasSize(COUNT);
                    best = Math.min(best, System.nanoTime() - began);
                }
                System.out.printf("%,d queues listed in %,d ms%n", COUNT, best / 1_000_000);
                assertThat(Duration.ofNanos(best)).isLessThan(Duration.ofSeconds(2));
            }
        }
    }

    private static Map<String, QueueInfo> byName(BrokerConnection connection)
            throws BrokerException {
        return connection.queues().stream()
                .collect(Collectors.toMap(info -> info.ref().name(), Function.identity()));
    }

    private static void tellsWhatMatters(Map<String, QueueInfo> listed) {
        assertThat(listed).hasSize(COUNT);
        assertThat(of(listed, "many-00000").feeds()).containsExactly("many-00001");
        // By policy, exchange and binding.
        assertThat(of(listed, "many-09997").feeds()).contains("many-09998");
        // A dead-letter queue that holds something is asked for what the list does not tell.
        var dead = of(listed, "many-00002");
        assertThat(dead.role()).isEqualTo(QueueRole.DEAD_LETTER);
        assertThat(dead.depth().value()).isEqualTo(1);
        assertThat(dead.bytes()).isEqualTo(3);
        assertThat(dead.inRate()).isNotNull();
    }

    private static QueueInfo of(Map<String, QueueInfo> listed, String name) {
        return Objects.requireNonNull(listed.get(name), name);
    }

    private static String make(Channel channel) throws IOException {
        var _ = channel.exchangeDeclare("dead", "fanout", true);
        for (var number = 0; number < COUNT; number++) {
            channel.queueDeclareNoWait(
                    "many-%05d".formatted(number),
                    true,
                    false,
                    false,
                    number % 2 == 0
                            ? Map.of()
                            : Map.of(
                                    "x-dead-letter-exchange",
                                    "",
                                    "x-dead-letter-routing-key",
                                    "many-%05d".formatted(number - 1)));
        }
        var last = channel.queueDeclarePassive("many-%05d".formatted(COUNT - 1)).getQueue();
        var _ = channel.queueBind("many-09997", "dead", "");
        channel.basicPublish(
                "", "many-00002", MessageProperties.PERSISTENT_BASIC, new byte[] {1, 2, 3});
        return last;
    }
}
