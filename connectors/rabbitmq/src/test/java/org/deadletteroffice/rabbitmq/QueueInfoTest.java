package org.deadletteroffice.rabbitmq;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.deadletteroffice.fixtures.ForeignMessage;
import org.deadletteroffice.spi.error.BrokerException;
import org.deadletteroffice.spi.message.QueueInfo;
import org.deadletteroffice.spi.message.QueueRef;
import org.junit.jupiter.api.Test;

/// What is told of a queue besides its depth.
final class QueueInfoTest extends OneNode {
    @Test
    void what_a_consumer_has_in_flight_is_told_apart() throws Exception {
        var queue = filled("in-flight", 5, Map.of());
        var _ =
                rabbit.use(
                        "hold",
                        channel -> {
                            channel.basicGet(queue.name(), false);
                            channel.basicGet(queue.name(), false);
                            Awaitility.await()
                                    .atMost(Duration.ofMinutes(1))
                                    .untilAsserted(
                                            () ->
                                                    assertThat(connection.queue(queue).shares())
                                                            .isEqualTo(
                                                                    new QueueInfo.Shares(3, 2, 0)));
                            return queue;
                        });
    }

    /// RabbitMQ tells it of classic queues alone, and of those whose senders set the time.
    @Test
    void oldest_is_told_where_the_broker_knows_it() throws Exception {
        var first = Instant.parse("2026-01-02T03:04:05Z");
        var dated = queue("dated", Map.of());
        var quorum = queue("dated-quorum", QUORUM);
        var undated = filled("undated", 2, Map.of());
        for (var queue : List.of(dated, quorum)) {
            rabbit.seed(
                    queue.name(),
                    List.of(
                            ForeignMessage.of("m-0").at(first),
                            ForeignMessage.of("m-1").at(first.plusSeconds(3_600))));
        }

        Awaitility.await()
                .atMost(Duration.ofMinutes(1))
                .untilAsserted(
                        () -> {
                            assertThat(connection.queue(dated).oldest()).isEqualTo(first);
                            assertThat(listed(dated).oldest()).isEqualTo(first);
                            assertThat(listed(undated).bytes()).as("counted").isPositive();
                        });
        assertThat(listed(undated).oldest()).isNull();
        assertThat(listed(quorum).oldest()).isNull();

        rabbit.consume(dated.name(), "worker", 1);
        Awaitility.await()
                .atMost(Duration.ofMinutes(1))
                .untilAsserted(
                        () ->
                                assertThat(connection.queue(dated).oldest())
                                        .isEqualTo(first.plusSeconds(3_600)));
    }

    private QueueInfo listed(QueueRef queue) throws BrokerException {
        return connection.queues().stream()
                .filter(info -> info.ref().equals(queue))
                .findFirst()
                .orElseThrow();
    }
}
