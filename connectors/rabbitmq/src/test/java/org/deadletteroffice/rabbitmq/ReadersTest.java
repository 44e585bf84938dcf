package org.deadletteroffice.rabbitmq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import com.rabbitmq.client.CancelCallback;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import com.rabbitmq.client.DeliverCallback;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.deadletteroffice.fixtures.rabbitmq.RabbitBroker;
import org.deadletteroffice.spi.error.BrokerException;
import org.deadletteroffice.spi.message.ConsumerInfo;
import org.deadletteroffice.spi.message.QueueRef;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What the readers of a queue are called, and how they stand.
final class ReadersTest extends OneNode {
    private static final DeliverCallback HOLD = (_, _) -> {};
    private static final CancelCallback CANCEL = _ -> {};

    @ParameterizedTest
    @CsvSource({
        "billing-service, amq.ctag-NWsAmgKOe7rmdDhg_0n-PA, billing-service",
        "rabbitConnectionFactory#5f4da5c3:12, amq.ctag-x, rabbitConnectionFactory",
        "orders:7, amq.ctag-x, orders",
        "'', invoice-worker, invoice-worker",
        "'', amq.ctag-NWsAmgKOe7rmdDhg_0n-PA, guest@10.0.0.7",
        "'', ctag1.9f2c0e51d2f84d0d8c2e, guest@10.0.0.7",
        "'', None3, guest@10.0.0.7",
        "'', 7d9b5a54-3c11-4f3a-9d0c-2b8f5f1d0e11, guest@10.0.0.7",
    })
    void name_is_what_somebody_chose(String connection, String tag, String name) {
        assertThat(ReaderNames.name(connection, tag, "guest", "10.0.0.7")).isEqualTo(name);
        assertThat(ReaderNames.name("", "amq.ctag-1", "guest", "")).isEqualTo("guest");
    }

    /// @param name empty for none
    private Connection application(String name) throws Exception {
        var factory = new ConnectionFactory();
        factory.setHost("127.0.0.1");
        factory.setPort(rabbit.broker().port());
        factory.setUsername(RabbitBroker.ADMIN);
        factory.setPassword(RabbitBroker.PASSWORD);
        return name.isEmpty() ? factory.newConnection() : factory.newConnection(name);
    }

    @Test
    void applications_that_share_a_user_are_told_apart() throws Exception {
        var queue = filled("read", 3, Map.of());
        try (var billing = application("billing");
                var nobody = application("");
                var first = billing.createChannel();
                var second = billing.createChannel();
                var third = nobody.createChannel()) {
            first.basicQos(1);
            var _ = first.basicConsume(queue.name(), false, HOLD, CANCEL);
            var _ = second.basicConsume(queue.name(), true, HOLD, CANCEL);
            var _ = third.basicConsume(queue.name(), true, "mailer", HOLD, CANCEL);

            Awaitility.await()
                    .untilAsserted(
                            () ->
                                    assertThat(connection.consumers())
                                            .filteredOn(reader -> isOf(reader, queue))
                                            .extracting(ConsumerInfo::group, ConsumerInfo::members)
                                            .containsExactlyInAnyOrder(
                                                    tuple("billing", 2), tuple("mailer", 1)));
        }
    }

    private ConsumerInfo reader(QueueRef queue) throws BrokerException {
        return connection.consumers().stream()
                .filter(reader -> isOf(reader, queue))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void lag_is_what_waits_and_what_is_out_and_falls_at_a_rate() throws Exception {
        var queue = filled("lagging", 200, Map.of());
        var out = new LinkedBlockingQueue<Long>();
        try (var billing = application("billing");
                var channel = billing.createChannel()) {
            channel.basicQos(5);
            var _ =
                    channel.basicConsume(
                            queue.name(),
                            false,
                            (_, message) -> out.add(message.getEnvelope().getDeliveryTag()),
                            CANCEL);
            patiently()
                    .untilAsserted(
                            () -> {
                                assertThat(reader(queue).lag()).isEqualTo(200);
                                assertThat(reader(queue).note()).contains("5 of them are out");
                            });

            var done = new AtomicInteger();
            patiently()
                    .until(
                            () -> {
                                channel.basicAck(out.take(), false);
                                done.incrementAndGet();
                                return reader(queue).rate();
                            },
                            rate -> rate != null && rate > 0);
            patiently()
                    .untilAsserted(
                            () -> assertThat(reader(queue).lag()).isEqualTo(200 - done.get()));
        }
    }

    /// Statistics come when they come.
    private static ConditionFactory patiently() {
        return Awaitility.await().atMost(Duration.ofMinutes(1)).ignoreExceptions();
    }

    private static boolean isOf(ConsumerInfo reader, QueueRef queue) {
        return reader.queue().equals(queue);
    }
}
