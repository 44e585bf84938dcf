package org.deadletteroffice.rabbitmq;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.rabbitmq.client.AMQP.BasicProperties;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.deadletteroffice.fixtures.ForeignMessage;
import org.deadletteroffice.spi.error.BrokerException;
import org.deadletteroffice.spi.error.Remedy;
import org.deadletteroffice.spi.message.QueueRef;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What a quorum queue gets back: no message that it would end, and all others however the giving
/// back goes.
final class GivingBackTest extends OneNode {
    /// Each by a program that knows nothing of the looks before it.
    @Test
    void looks_of_many_programs_end_no_message() throws Exception {
        var queue = filled("used-up", 5, Map.of("x-queue-type", "quorum", "x-delivery-limit", 4));
        var refused = new ArrayList<String>();
        for (var look = 0; look < 12; look++) {
            try (var program = open(rabbit.settings())) {
                all(program, queue);
            } catch (BrokerException.Unsupported enough) {
                refused.add(enough.getMessage());
            }
            awaitReady(queue, 5);
        }

        assertThat(refused)
                .allSatisfy(said -> assertThat(said).contains(queue.name(), "after 4"))
                .anySatisfy(said -> assertThat(said).contains("sent anew to the queue's end"));
        assertThat(peeked(queue))
                .as("no message was lost")
                .containsExactlyInAnyOrderElementsOf(texts(5));
    }

    @Test
    void message_without_a_delivery_left_that_cannot_be_sent_anew_stays_held() throws Exception {
        var queue = queue("stuck", QUORUM);
        limitByPolicy(queue, 3);
        awaitLimit(queue, 3);
        useUp(queue);
        try (var blind = open(rabbit.user(".*", "^(?!amq\\.default$).*", ".*"))) {
            assertThatThrownBy(() -> all(blind, queue))
                    .isInstanceOf(BrokerException.Unsupported.class)
                    .hasMessageContainingAll(queue.name(), "no delivery left of 3", "write");
            limitByPolicy(queue, 30);
            awaitLimit(queue, 30);
        }
        awaitReady(queue, 2);
        assertThat(peeked(queue)).containsExactlyInAnyOrderElementsOf(texts(2));
    }

    @Test
    void message_without_a_delivery_left_goes_to_no_queue_of_its_cc_header() throws Exception {
        var queue = queue("stuck-cc", QUORUM);
        var other = queue("copied", QUORUM);
        limitByPolicy(queue, 3);
        awaitLimit(queue, 3);
        var copied =
                new BasicProperties.Builder()
                        .headers(Map.of("CC", List.of(other.name())))
                        .deliveryMode(2)
                        .build();
        var _ =
                rabbit.use(
                        "fill " + queue.name(),
                        channel -> {
                            channel.basicPublish("", queue.name(), copied, "m-0".getBytes(UTF_8));
                            return queue;
                        });
        awaitReady(other, 1);
        for (var look = 0; look < 3; look++) {
            peeked(queue);
            awaitReady(queue, 1);
        }

        assertThatThrownBy(() -> all(queue))
                .isInstanceOf(BrokerException.Unsupported.class)
                .hasMessageContainingAll("no delivery left of 3", "CC");
        long copies = rabbit.use("count", channel -> channel.messageCount(other.name()));
        assertThat(copies).as("what a look sent to another queue").isEqualTo(1);
    }

    /// A quorum queue with the message `last`, which was delivered so often. What the queue ends
    /// lies in its [#grave].
    private QueueRef delivered(String word, int times, int limit) {
        var name = newName(word);
        rabbit.createQueue(grave(name), Map.of());
        var arguments = new HashMap<>(QUORUM);
        arguments.put("x-delivery-limit", limit);
        arguments.put("x-dead-letter-exchange", "");
        arguments.put("x-dead-letter-routing-key", grave(name));
        rabbit.createQueue(name, arguments);
        rabbit.seed(name, List.of(ForeignMessage.of("last")));
        for (var look = 0; look < times; look++) {
            peeked(ref(name));
            awaitReady(ref(name), 1);
        }
        return ref(name);
    }

    private static String grave(String queue) {
        return queue + "-grave";
    }

    private List<String> ended(QueueRef queue) {
        return peeked(ref(grave(queue.name())));
    }

    /// Takes all and gives it back in this order.
    private void giveBack(QueueRef queue, String... order) {
        var _ =
                rabbit.use(
                        "reorder",
                        channel -> {
                            var tags = new HashMap<String, Long>();
                            for (var _ : order) {
                                var got = channel.basicGet(queue.name(), false);
                                tags.put(
                                        new String(got.getBody(), UTF_8),
                                        got.getEnvelope().getDeliveryTag());
                            }
                            for (var text : order) {
                                channel.basicNack(
                                        Objects.requireNonNull(tags.get(text)), false, true);
                            }
                            return queue;
                        });
        awaitReady(queue, order.length);
    }

    private Hold hold(
            Link link, QueueRef queue, @Nullable DeliveryLimit limit, LastDeliveries.Anew anew)
            throws Exception {
        return new Hold(
                link.open(link.deadline()),
                queue,
                new QueueRules.Taking(limit, true, rabbit.isVersion4(), false, false, null),
                anew,
                _ -> {});
    }

    /// How often a message was delivered is known once it is taken, and the rest is taken to keep
    /// the order.
    @Test
    void the_rest_is_not_given_back_with_one_that_has_no_delivery_left() throws Exception {
        var queue = delivered("behind", 4, 5);
        rabbit.seed(queue.name(), List.of(ForeignMessage.of("first")));
        giveBack(queue, "first", "last");
        var refusal = new AtomicReference<@Nullable BrokerException>(noWrite());
        var link = link();
        try {
            var hold =
                    hold(
                            link,
                            queue,
                            new DeliveryLimit(5),
                            letter -> {
                                var refused = Optional.ofNullable(refusal.get());
                                if (refused.isEmpty()) {
                                    rabbit.seed(
                                            queue.name(), List.of(ForeignMessage.of(text(letter))));
                                }
                                return refused;
                            });
            assertThat(hold.take(1, link.deadline())).isOne();
            assertThat(hold.read(0).map(OneNode::text)).contains("first");
            hold.giveBack().join();

            assertThat(peeked(queue)).as("given back, but for the last").containsExactly("first");
            assertThat(ended(queue)).as("ended").isEmpty();

            refusal.set(null);
            assertThat(hold.isSafeToGiveBack()).as("held until it could be sent").isTrue();
        } finally {
            link.close();
        }
        awaitReady(queue, 2);
        assertThat(peeked(queue)).containsExactlyInAnyOrder("first", "last");
        assertThat(ended(queue)).as("ended").isEmpty();
    }

    private static BrokerException noWrite() {
        return new BrokerException.NotAuthorized(
                "No write.", new Remedy.Grant("write on the exchange amq.default"), null);
    }

    /// Whether the time is over before the rest is asked for or while it comes.
    @ParameterizedTest
    @ValueSource(ints = {1, 700})
    void rest_that_does_not_come_in_time_is_hidden_from_nobody(int millis) throws Exception {
        var queue = filled("late", 2_000, QUORUM);
        var link = link();
        try {
            var hold = hold(link, queue, null, _ -> Optional.empty());
            assertThat(hold.take(1, link.deadline())).isOne();
            rabbit.drag(Duration.ofMillis(100));
            new GivingBack(hold, Duration.ofMillis(millis)).start().join();
            rabbit.drag(Duration.ZERO);

            // While the connection is open.
            awaitReady(queue, 2_000);
        } finally {
            rabbit.drag(Duration.ZERO);
            link.close();
        }
        assertThat(peeked(queue)).containsExactlyInAnyOrderElementsOf(texts(2_000));
    }

    /// The connection breaks before the copy gets to the broker, or before its confirm gets here.
    @ParameterizedTest
    @CsvSource({"false, 1", "true, 2"})
    void copy_of_which_nobody_knows_whether_it_arrived_is_told_and_nothing_lost(
            boolean arrives, int copies) throws Exception {
        var queue = delivered("unknown", 3, 3);
        var port = rabbit.broker().port();
        try (var gate =
                        arrives
                                ? new FrameGate(
                                        port,
                                        FrameGate.PASS,
                                        FrameGate.breakOnce(FrameGate.BASIC_ACK))
                                : new FrameGate(
                                        port,
                                        FrameGate.breakOnce(FrameGate.BASIC_PUBLISH),
                                        FrameGate.PASS);
                var program = open(rabbit.settings().with("hosts", gate.address()))) {
            assertThatThrownBy(() -> all(program, queue))
                    .isInstanceOf(BrokerException.Unsupported.class)
                    .hasMessageContainingAll(
                            queue.name(),
                            "whether it was sent anew to the queue's end is not known");
            // When what was held goes back it is tried again, over a new connection.
            awaitReady(queue, copies);
        }
        awaitReady(queue, copies);
        assertThat(peeked(queue)).hasSize(copies).containsOnly("last");
        assertThat(ended(queue)).as("ended").isEmpty();
    }
}
