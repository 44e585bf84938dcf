package org.deadletteroffice.rabbitmq;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.rabbitmq.client.DefaultConsumer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.awaitility.Awaitility;
import org.deadletteroffice.fixtures.ForeignMessage;
import org.deadletteroffice.spi.connector.Browse.Direction;
import org.deadletteroffice.spi.connector.ObserverEffect;
import org.deadletteroffice.spi.connector.ObserverEffect.Order;
import org.deadletteroffice.spi.error.BrokerException;
import org.deadletteroffice.spi.message.Cursor;
import org.deadletteroffice.spi.message.DeadLetter;
import org.deadletteroffice.spi.message.QueueKind;
import org.deadletteroffice.spi.message.QueueRef;
import org.junit.jupiter.api.Test;

/// What a look does to queues and to others who read them.
final class LookingTest extends OneNode {
    private static final Map<String, Object> THREE_DELIVERIES =
            Map.of("x-queue-type", "quorum", "x-delivery-limit", 3);

    @Test
    void says_what_a_look_costs_by_kind_of_queue() throws Exception {
        var classic = queue("classic", Map.of());
        var quorum = queue("quorum", QUORUM);
        var limited = queue("limited", Map.of("x-queue-type", "quorum", "x-delivery-limit", 7));

        assertThat(connection.capabilities(classic).observerEffect())
                .isEqualTo(new ObserverEffect.MarksRedelivered(Order.KEPT));
        assertThat(connection.capabilities(quorum).observerEffect())
                .isEqualTo(counted(rabbit.isVersion4() ? 20 : null));
        assertThat(connection.capabilities(limited).observerEffect()).isEqualTo(counted(7));
    }

    @Test
    void without_the_management_api_it_is_said_that_kind_and_limit_are_not_known()
            throws Exception {
        var limited = queue("untold", Map.of("x-queue-type", "quorum", "x-delivery-limit", 7));
        try (var alone = open(rabbit.settings().with("managementUrl", "none"))) {
            assertThat(alone.capabilities(limited).observerEffect())
                    .isEqualTo(
                            new ObserverEffect.MayCountDelivery(rabbit.isVersion4() ? 20 : null));
        }
    }

    @Test
    void stream_is_a_log_and_nothing_can_be_taken_out_of_it() throws Exception {
        var name = queue("stream", Map.of("x-queue-type", "stream")).name();
        var stream = connection.queue(ref(name)).ref();

        assertThat(stream.kind()).isEqualTo(QueueKind.STREAM);
        var claims = connection.capabilities(stream);
        assertThat(claims.keepsMessages()).isTrue();
        assertThat(claims.removeOne()).isFalse();
        assertThat(claims.purge()).isFalse();
        assertThat(claims.observerEffect()).isEqualTo(ObserverEffect.NONE);
        assertThatThrownBy(() -> connection.purge(stream, Cursor.newest()))
                .isInstanceOf(BrokerException.Unsupported.class)
                .hasMessageContaining(name);
    }

    /// A reference says the kind, as those do that a profile or a job remembers.
    @Test
    void stream_is_one_where_no_management_api_tells() throws Exception {
        var name = queue("stream", Map.of("x-queue-type", "stream")).name();
        var stream = new QueueRef(PROFILE, name, QueueKind.STREAM);
        try (var alone = open(rabbit.settings().with("managementUrl", "none"))) {
            var claims = alone.capabilities(stream);
            assertThat(claims.keepsMessages()).isTrue();
            assertThat(claims.removeOne()).isFalse();
            assertThat(claims.observerEffect()).isEqualTo(ObserverEffect.NONE);
        }
    }

    @Test
    void smaller_limit_of_argument_and_policy_counts() throws Exception {
        var policy = queue("by-policy", QUORUM);
        var both = queue("by-policy", Map.of("x-queue-type", "quorum", "x-delivery-limit", 9));
        limitByPolicy(policy, 5);
        limitByPolicy(both, 5);

        awaitLimit(policy, 5);
        awaitLimit(both, 5);
    }

    @Test
    void stops_looking_before_a_message_reaches_its_delivery_limit() throws Exception {
        var queue = filled("limited", 20, Map.of("x-queue-type", "quorum", "x-delivery-limit", 6));
        var looks = 0;
        BrokerException refused = null;
        while (refused == null && looks < 20) {
            try {
                assertThat(all(queue)).hasSize(20);
                looks++;
            } catch (BrokerException.Unsupported enough) {
                refused = enough;
            }
        }

        assertThat(refused).hasMessageContainingAll(queue.name(), "after 6");
        assertThat(looks).isPositive().isLessThan(6);
        for (var again = 0; again < 10; again++) {
            assertThatThrownBy(() -> all(queue)).isInstanceOf(BrokerException.Unsupported.class);
        }
        assertThat(peeked(queue))
                .as("no message was lost")
                .containsExactlyInAnyOrderElementsOf(texts(20));
    }

    @Test
    void management_api_that_pauses_takes_no_limit_away() throws Exception {
        var queue = queue("paused", THREE_DELIVERIES);
        useUp(queue);
        try (var program = open(rabbit.settings())) {
            assertThat(program.capabilities(queue).observerEffect()).isEqualTo(counted(3));
            rabbit.stopManagement();

            assertThat(program.capabilities(queue).observerEffect()).isEqualTo(counted(3));
            assertThatThrownBy(() -> all(program, queue))
                    .isInstanceOf(BrokerException.Unsupported.class)
                    .hasMessageContaining("sent anew to the queue's end");
        } finally {
            rabbit.restore();
        }
        awaitReady(queue, 2);
    }

    @Test
    void nothing_is_looked_at_while_only_a_silent_management_api_knows_the_limit()
            throws Exception {
        var queue = queue("untold", THREE_DELIVERIES);
        useUp(queue);
        try (var program = open(rabbit.settings())) {
            rabbit.stopManagement();
            assertThat(program.capabilities(queue).observerEffect())
                    .isEqualTo(
                            new ObserverEffect.MayCountDelivery(rabbit.isVersion4() ? 20 : null));
            assertThatThrownBy(() -> all(program, queue))
                    .isInstanceOf(BrokerException.Unreachable.class)
                    .hasMessageContainingAll(queue.name(), "management API at http://127.0.0.1");

            rabbit.restore();
            assertThatThrownBy(() -> all(program, queue))
                    .as("asked again at once")
                    .isInstanceOf(BrokerException.Unsupported.class)
                    .hasMessageContaining("sent anew to the queue's end");
        } finally {
            rabbit.restore();
        }
        awaitReady(queue, 2);
    }

    @Test
    void what_is_looked_at_is_hidden_meanwhile_and_back_in_order_after() throws Exception {
        for (var arguments : List.of(Map.<String, Object>of(), QUORUM)) {
            var queue = filled("hidden", 50, arguments);
            try (var browse = connection.browse(queue)) {
                var first = browse.page(Cursor.oldest(), Direction.NEWER, 20);
                var second = browse.page(first.newer(), Direction.NEWER, 20);
                assertThat(second.messages()).hasSize(20);

                assertThat(rabbit.<Long>use("count", c -> c.messageCount(queue.name())))
                        .isLessThanOrEqualTo(10);
                assertThat(connection.queue(queue).depth().value()).isEqualTo(50);
            }
            awaitReady(queue, 50);
            assertThat(peeked(queue)).isEqualTo(texts(50));
        }
    }

    @Test
    void a_quorum_queue_keeps_its_order_through_looks_of_any_length() throws Exception {
        var queue = filled("orderly", 60, QUORUM);
        for (var count : List.of(1, 60, 5, 25, 1, 40)) {
            try (var browse = connection.browse(queue)) {
                browse.page(Cursor.oldest(), Direction.NEWER, count);
            }
            awaitReady(queue, 60);
            assertThat(peeked(queue)).as("after a look at %d", count).isEqualTo(texts(60));
        }
    }

    @Test
    void queue_that_a_consumer_has_for_itself_is_told_and_not_waited_for() throws Exception {
        var queue = filled("exclusive", 5, Map.of());
        var _ =
                rabbit.use(
                        "consume alone",
                        channel -> {
                            channel.basicQos(1);
                            var _ =
                                    channel.basicConsume(
                                            queue.name(),
                                            false,
                                            "",
                                            false,
                                            true,
                                            null,
                                            new DefaultConsumer(channel));
                            assertThatThrownBy(() -> all(queue))
                                    .isInstanceOf(BrokerException.Unsupported.class)
                                    .hasMessageContaining("for itself");
                            return queue;
                        });
        Awaitility.await().untilAsserted(() -> assertThat(all(queue)).hasSize(5));
    }

    @Test
    void queue_of_one_active_consumer_is_told_once_it_has_one() throws Exception {
        var queue = filled("single", 5, Map.of("x-single-active-consumer", true));
        assertThat(all(queue)).hasSize(5);
        awaitReady(queue, 5);
        var _ =
                rabbit.use(
                        "consume",
                        channel -> {
                            channel.basicQos(1);
                            var _ =
                                    channel.basicConsume(
                                            queue.name(), false, new DefaultConsumer(channel));
                            assertThatThrownBy(() -> all(queue))
                                    .isInstanceOf(BrokerException.Unsupported.class)
                                    .hasMessageContaining("for itself");
                            return queue;
                        });
        awaitReady(queue, 5);
    }

    @Test
    void nobody_waits_for_what_consumers_took_when_it_went_back() throws Exception {
        for (var arguments : List.of(Map.<String, Object>of(), QUORUM)) {
            var queue = filled("drained", 40, arguments);
            var browse = connection.browse(queue);
            browse.page(Cursor.oldest(), Direction.NEWER, 20);
            var _ =
                    rabbit.use(
                            "consume",
                            channel -> {
                                var _ =
                                        channel.basicConsume(
                                                queue.name(), true, new DefaultConsumer(channel));
                                Awaitility.await()
                                        .until(() -> channel.messageCount(queue.name()) == 0);
                                browse.close();
                                assertThat(timeOfALook(queue)).isLessThan(Duration.ofSeconds(10));
                                return queue;
                            });
        }
    }

    private Duration timeOfALook(QueueRef queue) {
        var began = System.nanoTime();
        try {
            assertThat(connection.queue(queue).depth().value()).isZero();
        } catch (BrokerException failed) {
            throw new AssertionError(failed);
        }
        return Duration.ofNanos(System.nanoTime() - began);
    }

    @Test
    void exclusive_queue_of_another_connection_is_told() {
        var _ =
                rabbit.use(
                        "own a queue",
                        channel -> {
                            var name = channel.queueDeclare().getQueue();
                            assertThatThrownBy(() -> connection.browse(ref(name)))
                                    .isInstanceOf(BrokerException.Unsupported.class)
                                    .hasMessageContaining("another connection");
                            return name;
                        });
    }

    @Test
    void connection_that_breaks_midway_gives_all_back_and_pages_on() throws Exception {
        var queue = filled("broken", 100, Map.of());
        try (var browse = connection.browse(queue)) {
            var first = browse.page(Cursor.oldest(), Direction.NEWER, 30);
            rabbit.breakConnections();

            var next = new DeadLetter[1];
            Awaitility.await()
                    .atMost(Duration.ofSeconds(20))
                    .ignoreException(BrokerException.Unreachable.class)
                    .untilAsserted(
                            () -> {
                                var page = browse.page(first.newer(), Direction.NEWER, 30);
                                assertThat(page.messages()).hasSize(30);
                                next[0] = page.messages().getFirst();
                            });
            assertThat(next[0].payload()).isEqualTo("m-30".getBytes(UTF_8));
        }
        assertThat(peeked(queue)).isEqualTo(texts(100));
    }

    @Test
    void what_is_alike_byte_for_byte_keeps_names_of_its_own() throws Exception {
        var queue = queue("twins", Map.of());
        rabbit.seed(
                queue.name(),
                List.of(
                        ForeignMessage.of("same"),
                        ForeignMessage.of("other"),
                        ForeignMessage.of("same")));
        var letters = all(queue);

        assertThat(letters).extracting(letter -> letter.id()).doesNotHaveDuplicates();
        assertThat(letters.get(2).id().text()).isEqualTo(letters.get(0).id().text() + "-2");
        connection.remove(queue, List.of(letters.get(2).id()));
        assertThat(peeked(queue)).containsExactly("same", "other");
    }

    @Test
    void message_of_sixteen_mebibytes_comes_whole() throws Exception {
        var queue = queue("large", Map.of());
        var body = new byte[16 << 20];
        new Random(7).nextBytes(body);
        rabbit.seed(queue.name(), List.of(ForeignMessage.of("").with(body)));

        try (var patient = open(rabbit.settings().with("timeout", "60s"))) {
            assertThat(all(patient, queue).getFirst().payload()).isEqualTo(body);
        }
    }
}
