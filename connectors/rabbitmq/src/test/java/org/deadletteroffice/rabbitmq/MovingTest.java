package org.deadletteroffice.rabbitmq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.rabbitmq.client.DefaultConsumer;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import org.awaitility.Awaitility;
import org.deadletteroffice.fixtures.PortGate;
import org.deadletteroffice.spi.connector.ServerSideMover;
import org.deadletteroffice.spi.connector.ServerSideMover.MoveStatus.State;
import org.deadletteroffice.spi.error.BrokerException;
import org.deadletteroffice.spi.message.QueueRef;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// What is told of a move is what became of it.
final class MovingTest extends OneNode {
    interface Work {
        void run() throws Exception;
    }

    /// Works while a consumer has a queue for itself, so that no shovel gets at it.
    private void whileTaken(QueueRef queue, Work work) {
        var _ =
                rabbit.use(
                        "consume alone",
                        channel -> {
                            channel.basicQos(1);
                            var tag =
                                    channel.basicConsume(
                                            queue.name(),
                                            false,
                                            "",
                                            false,
                                            true,
                                            null,
                                            new DefaultConsumer(channel));
                            try {
                                work.run();
                            } catch (Exception failed) {
                                throw new AssertionError(failed);
                            }
                            return tag;
                        });
    }

    @Test
    void move_that_nobody_can_look_at_is_neither_done_nor_called_off() throws Exception {
        var source = filled("unseen", 10, Map.of());
        var destination = queue("unseen-home", Map.of());
        try (var gate = new PortGate(rabbit.broker().managementPort());
                var over =
                        open(
                                rabbit.settings()
                                        .with(
                                                "managementUrl",
                                                "http://127.0.0.1:" + gate.port()))) {
            var mover = over.serverSideMover().orElseThrow();
            whileTaken(
                    source,
                    () -> {
                        var handle = mover.start(source, destination, null);
                        gate.shut();

                        assertThatThrownBy(() -> mover.status(handle))
                                .isInstanceOf(BrokerException.Unreachable.class)
                                .hasMessageContaining("management API");
                        assertThatThrownBy(() -> mover.cancel(handle))
                                .isInstanceOf(BrokerException.Unreachable.class);
                        assertThatThrownBy(() -> mover.moves(source))
                                .isInstanceOf(BrokerException.Unreachable.class);
                        mover().cancel(handle);
                    });
        }
        assertThat(peeked(destination)).isEmpty();
    }

    @Test
    void shovel_that_somebody_else_ends_has_moved_what_is_not_there_any_more() throws Exception {
        var source = filled("ended", 10, Map.of());
        var destination = queue("ended-home", Map.of());
        whileTaken(
                source,
                () -> {
                    var handle = mover().start(source, destination, null);
                    var name = MoveHandle.parse(handle).name();
                    rabbit.manage("DELETE", "/parameters/shovel/%2F/" + name, "");

                    var status = mover().status(handle);
                    assertThat(status.state()).isEqualTo(State.DONE);
                    assertThat(status.sentence()).contains(source.name(), "somebody else");
                });
        Awaitility.await().untilAsserted(() -> assertThat(peeked(source)).isEqualTo(texts(10)));
        assertThat(peeked(destination)).isEmpty();
    }

    @Test
    @Tag("soak")
    void shovel_that_the_broker_never_gets_to_run_is_ended_and_told_with_the_reason()
            throws Exception {
        for (var perSecond : Arrays.asList(null, 5)) {
            var source = filled("refused", 10, Map.of());
            var destination = queue("refused-home", Map.of());
            whileTaken(
                    source,
                    () -> {
                        var handle = mover().start(source, destination, perSecond);
                        var status =
                                Awaitility.await()
                                        .atMost(Duration.ofSeconds(60))
                                        .until(
                                                () -> mover().status(handle),
                                                now -> now.state() == State.FAILED);

                        assertThat(status.sentence()).contains("stopped the shovel", "log");
                        assertThat(rabbit.manage("GET", "/parameters/shovel", "")).isEqualTo("[]");
                    });
            Awaitility.await().untilAsserted(() -> assertThat(peeked(source)).isEqualTo(texts(10)));
            assertThat(peeked(destination)).isEmpty();
        }
    }

    @Test
    void policymaker_who_may_not_see_shovels_is_told_the_tag_and_moves_with_it() throws Exception {
        var source = filled("watched", 10, Map.of());
        var destination = queue("watched-home", Map.of());
        var settings = rabbit.user(".*", ".*", ".*");
        var user = settings.get("username").orElseThrow();
        try (var policymaker = open(settings)) {
            var mover = policymaker.serverSideMover().orElseThrow();
            assertThat(policymaker.capabilities(source).moveOnServer()).isFalse();
            assertThatThrownBy(() -> mover.start(source, destination, null))
                    .isInstanceOfSatisfying(
                            BrokerException.NotAuthorized.class,
                            refused -> {
                                assertThat(refused.sentence())
                                        .contains("'monitoring'", "shovels")
                                        .doesNotContain("policymaker");
                                assertThat(refused.remedy().sentence())
                                        .contains(
                                                "rabbitmqctl set_user_tags "
                                                        + user
                                                        + " TAGS monitoring");
                            });
            assertThat(step(policymaker, RabbitChecks.MOVE).detail()).contains("'monitoring'");
        }

        rabbit.broker().control("set_user_tags", user, "management", "policymaker", "monitoring");

        try (var able = open(settings)) {
            assertThat(able.capabilities(source).moveOnServer()).isTrue();
            var mover = able.serverSideMover().orElseThrow();
            var handle = mover.start(source, destination, null);
            Awaitility.await().until(() -> mover.status(handle), now -> now.state() == State.DONE);
        }
        assertThat(peeked(destination)).isEqualTo(texts(10));
    }

    private ServerSideMover mover() {
        return connection.serverSideMover().orElseThrow();
    }
}
