package org.deadletteroffice.rabbitmq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.rabbitmq.client.DefaultConsumer;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.awaitility.Awaitility;
import org.deadletteroffice.fixtures.ForeignMessage;
import org.deadletteroffice.spi.error.BrokerException;
import org.deadletteroffice.spi.message.DeadLetter;
import org.deadletteroffice.spi.message.MessageId;
import org.deadletteroffice.spi.message.QueueRef;
import org.junit.jupiter.api.Test;

/// What is told as removed is removed, and nothing else is.
final class RemovingTest extends OneNode {
    @Test
    void removal_that_failed_is_none() throws Exception {
        var queue = filled("unacknowledged", 3, Map.of());
        var id = all(queue).getFirst().id();
        var profile = new RabbitProfile(rabbit.settings());
        var link = new Link(profile, new RabbitErrors(profile), new SignIn(profile), "test");
        var held =
                new HeldQueue(
                        link,
                        queue,
                        (_, _) -> new QueueRules.Taking(null, false, false, false),
                        _ -> {});
        held.enter();
        try {
            assertThatThrownBy(
                            () ->
                                    held.with(
                                            Act.removing(queue.name()),
                                            link.deadline(),
                                            hold -> {
                                                var slot = held.seek(hold, id, link.deadline());
                                                rabbit.stop();
                                                held.remove(
                                                        hold,
                                                        List.of(slot.getAsInt()),
                                                        link.deadline());
                                                return slot;
                                            }))
                    .isInstanceOf(BrokerException.class);
            rabbit.restore();

            assertThat(held.wasRemoved(id)).isFalse();
            assertThat(found(held, link, queue, id)).isPresent();
        } finally {
            held.leave();
            link.close();
        }
        assertThat(peeked(queue)).isEqualTo(texts(3));
    }

    /// Looks again, over a new connection.
    private static OptionalInt found(HeldQueue held, Link link, QueueRef queue, MessageId id)
            throws Exception {
        return held.with(
                Act.reading(queue.name()),
                link.deadline(),
                hold -> held.seek(hold, id, link.deadline()));
    }

    @Test
    void twin_that_took_the_name_of_a_removed_message_is_removed_too() throws Exception {
        var queue = queue("twin", Map.of());
        rabbit.seed(queue.name(), List.of(ForeignMessage.of("same"), ForeignMessage.of("same")));
        for (var left = 1; left >= 0; left--) {
            var id = all(queue).getFirst().id();

            assertThat(connection.remove(queue, List.of(id))).containsExactly(id);
            assertThat(peeked(queue)).hasSize(left);
        }
    }

    @Test
    void what_a_consumer_holds_is_not_removed_where_nobody_tells_what_is_held() throws Exception {
        var queue = filled("held", 3, Map.of());
        try (var alone = open(rabbit.settings().with("managementUrl", "none"))) {
            var ids = all(alone, queue).stream().map(DeadLetter::id).toList();
            var _ =
                    rabbit.use(
                            "hold",
                            channel -> {
                                var tag =
                                        channel.basicConsume(
                                                queue.name(), false, new DefaultConsumer(channel));
                                Awaitility.await()
                                        .until(() -> channel.messageCount(queue.name()) == 0);
                                try {
                                    assertThat(alone.remove(queue, ids)).isEmpty();
                                } catch (BrokerException failed) {
                                    throw new AssertionError(failed);
                                }
                                return tag;
                            });
            Awaitility.await().untilAsserted(() -> assertThat(peeked(queue)).isEqualTo(texts(3)));

            assertThat(alone.remove(queue, ids)).isEqualTo(ids);
            assertThat(alone.remove(queue, ids)).as("gone before").isEqualTo(ids);
        }
        assertThat(peeked(queue)).isEmpty();
    }
}
