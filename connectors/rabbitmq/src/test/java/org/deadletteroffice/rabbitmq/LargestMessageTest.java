package org.deadletteroffice.rabbitmq;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.deadletteroffice.fixtures.ForeignMessage;
import org.deadletteroffice.fixtures.rabbitmq.RabbitFixture;
import org.deadletteroffice.spi.error.BrokerException;
import org.deadletteroffice.spi.message.Headers;
import org.deadletteroffice.spi.transfer.Outgoing;
import org.deadletteroffice.spi.transfer.TransferEvent;
import org.deadletteroffice.spi.transfer.TransferPlan;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// The largest message that RabbitMQ 3.x takes. On a node of its own, as the others' takes less.
@Tag("soak")
final class LargestMessageTest {
    private static final int MOST = 128 << 20;

    @Test
    @Timeout(300)
    void message_of_128_mebibytes_is_seen_and_sent_whole_and_a_larger_one_refused()
            throws Exception {
        var body = new byte[MOST];
        new Random(1).nextBytes(body);
        try (var rabbit = RabbitFixture.start(RabbitFixture.Type.CLASSIC);
                var connection = OneNode.open(rabbit.directSettings().with("timeout", "60s"))) {
            rabbit.createQueue("large", Map.of());
            rabbit.createQueue("home", Map.of());
            rabbit.seed("large", List.of(new ForeignMessage(null, null, body, Headers.NONE, null)));
            var queue = OneNode.ref("large");

            var letters = OneNode.all(connection, queue);
            assertThat(letters).hasSize(1);
            assertThat(Arrays.equals(letters.getFirst().payload(), body)).isTrue();
            try (var transfer = connection.transfer(new TransferPlan("job", queue, "large"))) {
                assertThat(transfer.send(OneNode.outgoing(letters, "home")))
                        .singleElement()
                        .isInstanceOf(TransferEvent.Sent.class);
                var larger = OneNode.outgoing(letters, "home").getFirst();
                var refused =
                        transfer.send(
                                List.of(
                                        new Outgoing(
                                                1,
                                                larger.original(),
                                                "home",
                                                null,
                                                null,
                                                Arrays.copyOf(body, MOST + 1),
                                                larger.headers(),
                                                null)));
                assertThat(refused)
                        .singleElement()
                        .isInstanceOfSatisfying(
                                TransferEvent.Refused.class,
                                event ->
                                        assertThat(event.reason())
                                                .isInstanceOf(BrokerException.TooLarge.class)
                                                .hasMessageContaining(Integer.toString(MOST)));
            }
            assertThat(rabbit.peek("home"))
                    .singleElement()
                    .satisfies(
                            message -> assertThat(Arrays.equals(message.payload(), body)).isTrue());
        }
    }
}
