package org.deadletteroffice.rabbitmq;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.rabbitmq.client.DefaultConsumer;
import com.rabbitmq.client.ShutdownSignalException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.deadletteroffice.fixtures.ForeignMessage;
import org.deadletteroffice.rabbitmq.FrameGate.Rule;
import org.deadletteroffice.spi.connector.Browse.Direction;
import org.deadletteroffice.spi.error.BrokerException;
import org.deadletteroffice.spi.message.Cursor;
import org.deadletteroffice.spi.message.DeadLetter;
import org.deadletteroffice.spi.message.MessageId;
import org.deadletteroffice.spi.message.QueueRef;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What is told as removed is removed, and nothing else is.
final class RemovingTest extends OneNode {
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
                                while (hold.take(Intake.WINDOW, link.deadline()) > 0) {
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
            assertThatThrownBy(() -> removeWithoutBroker(held, link, id))
                    .isInstanceOfAny(BrokerException.class, ShutdownSignalException.class);
            rabbit.restore();

            assertThat(found(held, link, queue, id)).isPresent();
        } finally {
            held.leave();
            link.close();
        }
        assertThat(peeked(queue)).isEqualTo(texts(3));
    }

    /// The program may notice when it tells the broker, or only when it waits for it.
    private void removeWithoutBroker(HeldQueue held, Link link, MessageId id) throws Exception {
        held.with(
                        Act.removing(held.queue().name()),
                        link.deadline(),
                        hold -> {
                            var slot = held.seek(hold, id, link.deadline());
                            rabbit.stop();
                            return held.remove(hold, List.of(slot.getAsInt()), link.deadline());
                        })
                .await(link.deadline());
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

    /// Tells of a look at the queue that fails, so that all goes back.
    private void fail(HeldQueue held, Link link, QueueRef queue) {
        assertThatThrownBy(
                        () ->
                                held.with(
                                        Act.reading(queue.name()),
                                        link.deadline(),
                                        _ -> {
                                            throw new TimeoutException();
                                        }))
                .isInstanceOf(BrokerException.class);
    }

    /// Removes the head of the queue, without waiting for the broker.
    private static HeldQueue.Removal removeHead(HeldQueue held, Link link, QueueRef queue)
            throws Exception {
        return held.with(
                Act.removing(queue.name()),
                link.deadline(),
                hold -> {
                    assertThat(hold.take(1, link.deadline())).isPositive();
                    return held.remove(hold, List.of(0), link.deadline());
                });
    }

    private static boolean wasRemoved(HeldQueue held, Link link, MessageId id) throws Exception {
        return held.with(
                Act.removing(held.queue().name()),
                link.deadline(),
                hold -> held.wasRemoved(hold, id));
    }

    /// What is still on its way back would be told as gone.
    @Test
    void nothing_is_taken_anew_before_a_failed_look_gave_all_back() throws Exception {
        var queue = filled("failed", 3, Map.of());
        var id = all(queue).getFirst().id();
        awaitReady(queue, 3);
        var muted = new AtomicInteger();
        var lost = new CountDownLatch(1);
        Rule loseAnswer =
                (method, frame) -> {
                    int channel = ByteBuffer.wrap(frame).getShort(1);
                    // Once: the next channel may have its number.
                    if (method != FrameGate.QUEUE_DECLARE_OK || !muted.compareAndSet(channel, 0)) {
                        return Optional.of(frame);
                    }
                    lost.countDown();
                    return Optional.of(FrameGate.NOTHING);
                };
        try (var gate = new FrameGate(rabbit.broker().port(), FrameGate.PASS, loseAnswer)) {
            var link = link(rabbit.settings().with("hosts", gate.address()).with("timeout", "2s"));
            var held = held(link, queue);
            held.enter();
            try {
                var failing =
                        new FutureTask<String>(
                                () ->
                                        held.with(
                                                Act.reading(queue.name()),
                                                link.deadline(),
                                                hold -> {
                                                    while (hold.take(3, link.deadline()) > 0) {
                                                        // All of them.
                                                    }
                                                    muted.set(hold.channel().getChannelNumber());
                                                    throw new TimeoutException();
                                                }));
                Thread.ofVirtual().start(failing);
                assertThat(lost.await(30, TimeUnit.SECONDS)).as("asked to give back").isTrue();

                var found =
                        held.with(
                                Act.removing(queue.name()),
                                link.deadline(),
                                hold -> held.seek(hold, id, link.deadline()));
                assertThat(found).isPresent();
                assertThatThrownBy(failing::get).hasCauseInstanceOf(BrokerException.class);
            } finally {
                held.leave();
                link.close();
            }
        }
    }

    /// It was stopped by nobody: the job that removes should go on.
    @Test
    void removal_beside_a_look_that_failed_is_unknown_and_not_cancelled() throws Exception {
        var queue = filled("beside", 3, Map.of());
        var link = link();
        var held = held(link, queue);
        held.enter();
        try {
            var removal = removeHead(held, link, queue);
            fail(held, link, queue);
            awaitReady(queue, 2);

            assertThatThrownBy(
                            () ->
                                    ((RabbitConnection) connection)
                                            .await(
                                                    removal,
                                                    Act.removing(queue.name()),
                                                    link.deadline()))
                    .isInstanceOf(BrokerException.Unreachable.class)
                    .hasMessageContaining("went back");
        } finally {
            held.leave();
            link.close();
        }
    }

    /// The twin has the name of the first one, once that is gone.
    @Test
    void removal_of_which_nobody_heard_does_not_undo_that_of_a_twin() throws Exception {
        var queue = queue("twins", Map.of());
        rabbit.seed(queue.name(), List.of(ForeignMessage.of("same"), ForeignMessage.of("same")));
        var id = all(queue).getFirst().id();
        awaitReady(queue, 2);
        var link = link();
        var held = held(link, queue);
        held.enter();
        try {
            var unheard = removeHead(held, link, queue);
            fail(held, link, queue);
            awaitReady(queue, 1);
            removeHead(held, link, queue).await(link.deadline());
            assertThat(wasRemoved(held, link, id)).as("or it shows nothing").isTrue();

            assertThatThrownBy(() -> unheard.await(link.deadline()))
                    .isInstanceOf(ShutdownSignalException.class);
            assertThat(wasRemoved(held, link, id)).isTrue();
        } finally {
            held.leave();
            link.close();
        }
    }

    /// Each is acknowledged alone, as those between stay. Whoever is told that they are removed may
    /// die at once.
    @ParameterizedTest
    @ValueSource(strings = {"classic", "quorum"})
    void what_was_removed_among_others_never_comes_back(String type) throws Exception {
        var count = 2_000;
        var queue = filled("among", count, Map.of("x-queue-type", type));
        var stay = new ArrayList<String>();
        var gate = new FrameGate(rabbit.broker().port(), FrameGate.PASS, FrameGate.PASS);
        try (gate;
                var over = open(rabbit.settings().with("hosts", gate.address()));
                var browse = over.browse(queue)) {
            var letters = new ArrayList<DeadLetter>();
            var from = Cursor.oldest();
            while (letters.size() < count) {
                var page = browse.page(from, Direction.NEWER, 1_000);
                letters.addAll(page.messages());
                from = page.newer();
            }
            var ids = new ArrayList<MessageId>();
            for (var each = 0; each < count; each++) {
                if (each % 2 == 0) {
                    stay.add(text(letters.get(each)));
                } else {
                    ids.add(letters.get(each).id());
                }
            }
            assertThat(over.remove(queue, ids)).isEqualTo(ids);
            gate.close();
            awaitReady(queue, count / 2);
        }
        assertThat(peeked(queue)).containsExactlyInAnyOrderElementsOf(stay);
    }
}
