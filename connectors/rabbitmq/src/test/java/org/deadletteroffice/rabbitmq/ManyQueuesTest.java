package org.deadletteroffice.rabbitmq;

import static org.assertj.core.api.Assertions.assertThat;

import com.rabbitmq.client.ConnectionFactory;
import java.time.Duration;
import java.util.Map;
import org.deadletteroffice.fixtures.rabbitmq.RabbitBroker;
import org.deadletteroffice.spi.profile.Secret;
import org.deadletteroffice.spi.profile.Settings;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// A virtual host of ten thousand queues. On a node of its own, as it takes a minute to make and to
/// be rid of them.
@Tag("soak")
final class ManyQueuesTest {
    private static final int COUNT = 10_000;

    @Test
    @Timeout(600)
    void ten_thousand_queues_are_listed_within_two_seconds() throws Exception {
        try (var broker = RabbitBroker.start()) {
            make(broker);
            var settings =
                    Settings.of(
                                    Map.of(
                                            "hosts", "127.0.0.1:" + broker.port(),
                                            "managementUrl",
                                                    "http://127.0.0.1:" + broker.managementPort(),
                                            "timeout", "60s"))
                            .withSecret("password", new Secret(RabbitBroker.PASSWORD));
            try (var connection = new RabbitConnector().open("many", settings)) {
                assertThat(connection.queues()).hasSize(COUNT);
                var best = Long.MAX_VALUE;
                for (var round = 0; round < 3; round++) {
                    var began = System.nanoTime();
                    assertThat(connection.queues()).hasSize(COUNT);
                    best = Math.min(best, System.nanoTime() - began);
                }
                assertThat(Duration.ofNanos(best)).isLessThan(Duration.ofSeconds(2));
            }
        }
    }

    private static void make(RabbitBroker broker) throws Exception {
        var factory = new ConnectionFactory();
        factory.setHost("127.0.0.1");
        factory.setPort(broker.port());
        try (var connection = factory.newConnection();
                var channel = connection.createChannel()) {
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
            var _ = channel.queueDeclarePassive("many-%05d".formatted(COUNT - 1));
        }
    }
}
