package org.deadletteroffice.rabbitmq;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.rabbitmq.client.DefaultConsumer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
    private static HeldQueue held(Link link, QueueRef queue) {
        return new HeldQueue(
                link,
                queue,
                (_, _) -> new QueueRules.Taking(null, false, false, false, false, null),
                _ -> Optional.empty());
    }

    /// As a job does that leaves the first one out.
    @Test
    void what_was_removed_takes_no_room_and_the_places_stay() throws Exception {
        var queue = filled("through", 5_000, Map.of());
        var link = link();
        var held = held(link, queue);
        held.enter();
        try {
            var act = Act.removing(queue.name());
            var after =
                    held.with(
                            act,
                            link.deadline(),
                            hold -> {
                                while (hold.take(Hold.WINDOW, link.deadline()) > 0) {
                                    var behind = hold.held().stream().skip(1);
                                    held.remove(
                                            hold,
                                            behind.map(Slots.Slot::number).toList(),
                                            link.deadline());
                                }
                                assertThat(hold.size()).isEqualTo(5_000);
                                assertThat(hold.held())
                                        .extracting(Slots.Slot::number)
                                        .containsExactly(0);
                                return held.place(hold, hold.size(), held.family(), 5_000).cursor();
                            });
            rabbit.seed(queue.name(), List.of(ForeignMessage.of("late")));

            held.with(
                    act,
                    link.deadline(),
                    hold -> {
                        assertThat(hold.take(1, link.deadline())).isOne();
                        var next = hold.next(held.slot(hold, after, link.deadline()));
                        assertThat(hold.read(next).orElseThrow().payload())
                                .isEqualTo("late".getBytes(UTF_8));
                        return next;
                    });
        } finally {
            held.leave();
            link.close();
        }
        assertThat(peeked(queue)).containsExactly("m-0", "late");
    }

    @Test
    void removal_that_failed_is_none() throws Exception {
        var queue = filled("unacknowledged", 3, Map.of());
        var id = all(queue).getFirst().id();
        var link = link();
        var held = held(link, queue);
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
