package org.deadletteroffice.rabbitmq;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import org.awaitility.Awaitility;
import org.deadletteroffice.fixtures.rabbitmq.RabbitBroker;
import org.deadletteroffice.spi.connector.ServerSideMover.MoveStatus.State;
import org.deadletteroffice.spi.message.QueueInfo;
import org.deadletteroffice.spi.message.QueueRef;
import org.deadletteroffice.spi.transfer.TransferEvent;
import org.deadletteroffice.spi.transfer.TransferPlan;
import org.junit.jupiter.api.Test;

/// A virtual host may be named as anybody likes; its name stands in paths, addresses and
/// parameters.
final class VirtualHostTest extends OneNode {
    private static final String ODD = "shop/eu ä";

    @Test
    void odd_name_is_listed_looked_at_sent_to_and_moved_within() throws Exception {
        var path = Management.encoded(ODD);
        rabbit.manage("PUT", "/vhosts/" + path, "");
        rabbit.manage(
                "PUT",
                "/permissions/" + path + '/' + RabbitBroker.ADMIN,
                "{\"configure\":\".*\",\"write\":\".*\",\"read\":\".*\"}");
        var dead = declare(path, "orders ä/dlq", "{}");
        var home =
                declare(
                        path,
                        "orders ä/home",
                        "{\"x-dead-letter-exchange\":\"\",\"x-dead-letter-routing-key\":\"%s\"}"
                                .formatted(dead.name()));
        var source = filled("elsewhere", 3, Map.of());
        try (var odd = open(rabbit.settings().with("virtualHost", ODD));
                var transfer = odd.transfer(new TransferPlan("job", source, PROFILE))) {
            assertThat(transfer.send(outgoing(all(source), dead.name())))
                    .hasSize(3)
                    .allMatch(TransferEvent.Sent.class::isInstance);
            var listed = odd.queues();
            assertThat(listed).extracting(QueueInfo::ref).containsExactly(dead, home);
            assertThat(listed.getFirst().ways())
                    .containsExactly(new QueueInfo.Way(home.name(), "", dead.name()));
            assertThat(all(odd, dead))
                    .extracting(
                            letter ->
                                    new String(
                                            Objects.requireNonNull(letter.payload()),
                                            StandardCharsets.UTF_8))
                    .isEqualTo(texts(3));

            var mover = odd.serverSideMover().orElseThrow();
            var move = mover.start(dead, null, null);
            Awaitility.await()
                    .atMost(Duration.ofSeconds(40))
                    .until(() -> mover.status(move).state() == State.DONE);
            assertThat(all(odd, home)).hasSize(3);
            assertThat(all(odd, dead)).isEmpty();
        }
    }

    private QueueRef declare(String host, String queue, String arguments) {
        rabbit.manage(
                "PUT",
                "/queues/" + host + '/' + Management.encoded(queue),
                "{\"durable\":true,\"arguments\":%s}".formatted(arguments));
        return ref(queue);
    }
}
