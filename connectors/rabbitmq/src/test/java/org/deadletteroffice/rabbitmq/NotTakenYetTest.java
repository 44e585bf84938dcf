package org.deadletteroffice.rabbitmq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.rabbitmq.client.AMQP.BasicProperties;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.DefaultConsumer;
import com.rabbitmq.client.Envelope;
import java.time.Duration;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.deadletteroffice.fixtures.ForeignMessage;
import org.deadletteroffice.rabbitmq.FrameGate.Rule;
import org.deadletteroffice.spi.connector.Browse.Direction;
import org.deadletteroffice.spi.message.Count;
import org.deadletteroffice.spi.message.Cursor;
import org.deadletteroffice.spi.message.Headers;
import org.deadletteroffice.spi.message.MessageId;
import org.deadletteroffice.spi.message.QueueRef;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What the broker sent and nobody took yet is not forgotten, and no more of it comes than has
// room.
final class NotTakenYetTest extends OneNode {
    private static Hold hold(Link.Line line, QueueRef queue, Consumer<MessageId> taken) {
        return new Hold(line, queue, TAKING, _ -> Optional.empty(), taken);
    }

    /// While it is busy with its message, what came behind that waits for the channel's other
    /// consumers as well.
    private static final class Busy extends DefaultConsumer {
        private final CountDownLatch began = new CountDownLatch(1);
        private final CountDownLatch done = new CountDownLatch(1);

        Busy(Channel channel) {
            super(channel);
        }

        @Override
        public void handleDelivery(
                String tag, Envelope envelope, BasicProperties properties, byte[] body) {
            began.countDown();
            await(done);
        }

        void awaitBegun() {
            await(began);
        }

        void end() {
            done.countDown();
        }

        private static void await(CountDownLatch latch) {
            try {
                assertThat(latch.await(60, TimeUnit.SECONDS)).isTrue();
            } catch (InterruptedException over) {
                throw new IllegalStateException(over);
            }
        }
    }

    /// Else the next removal at the head would take it along, as that is acknowledged with all that
    /// came before.
    @Test
    void message_that_nobody_saw_in_time_ends_the_hold() throws Exception {
        var queue = filled("unseen", 2, Map.of());
        var other = queue("other", Map.of());
        var asked = new AtomicInteger();
        // The second to ask for messages is the hold. Of the two that it awaits one is left.
        Rule one =
                (method, frame) -> {
                    if (method == FrameGate.BASIC_CONSUME && asked.incrementAndGet() == 2) {
                        rabbit.consume(queue.name(), "", 1);
                    }
                    return Optional.of(frame);
                };
        try (var gate = new FrameGate(rabbit.broker().port(), one, FrameGate.PASS)) {
            var link = link(rabbit.settings().with("hosts", gate.address()));
            var line = link.open(link.deadline());
            var busy = new Busy(line.channel());
            try {
                var _ = line.channel().basicConsume(other.name(), true, busy);
                var hold =
                        hold(
                                line,
                                queue,
                                _ -> {
                                    rabbit.seed(other.name(), List.of(ForeignMessage.of("work")));
                                    busy.awaitBegun();
                                    rabbit.seed(queue.name(), List.of(ForeignMessage.of("late")));
                                    awaitReady(queue, 0);
                                });
                var deadline = Deadline.in(Duration.ofSeconds(1), () -> false);

                assertThatThrownBy(() -> hold.take(2, deadline))
                        .isInstanceOf(TimeoutException.class);
                assertThat(hold.size()).as("or it shows nothing").isOne();
                assertThat(hold.isAlive()).isFalse();
            } finally {
                busy.end();
                link.close();
            }
        }
        awaitReady(queue, 2);
    }

    @Test
    void page_is_not_the_last_one_while_more_is_on_its_way_to_a_job() throws Exception {
        var count = 1_500;
        var queue = filled("ahead", count, Map.of());
        var link = link();
        var held = held(link, queue);
        try (var scan =
                        new RabbitScan(
                                link,
                                held,
                                Cursor.oldest(),
                                held.end(count).cursor(),
                                Count.exact(count));
                var browse = new RabbitBrowse(link, held)) {
            var taken = scan.next().orElseThrow().messages().size();
            awaitReady(queue, 0);
            assertThat(taken).as("or nothing is on its way").isLessThan(count);

            var first = browse.page(Cursor.oldest(), Direction.NEWER, taken);
            assertThat(first.messages()).hasSize(taken);
            assertThat(first.atEnd()).isFalse();

            var rest = browse.page(first.newer(), Direction.NEWER, count - taken);
            assertThat(rest.messages()).hasSize(count - taken);
            assertThat(rest.atEnd()).isTrue();
        } finally {
            link.close();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"classic", "quorum"})
    void depth_is_the_same_at_any_moment_while_a_job_reads(String type) throws Exception {
        var count = 20_000;
        var queue = filled("depth", count, Map.of("x-queue-type", type));
        try (var over = open(rabbit.settings());
                var scan = over.scan(queue, Cursor.oldest(), over.snapshot(queue))) {
            var reading =
                    new FutureTask<>(
                            () -> {
                                var seen = 0;
                                for (var batch = scan.next();
                                        batch.isPresent();
                                        batch = scan.next()) {
                                    seen += batch.get().messages().size();
                                }
                                return seen;
                            });
            Thread.ofVirtual().start(reading);
            var depths = new HashSet<Count>();
            do {
                depths.add(over.queue(queue).depth());
            } while (!reading.isDone());
            assertThat(reading.get()).isEqualTo(count);
            assertThat(depths).containsExactly(Count.exact(count));
        }
    }

    /// So that memory is bounded by bytes.
    @Test
    void window_is_ended_as_soon_as_its_messages_turn_out_large() throws Exception {
        // As many as the windows bring that grow.
        var small = 2 + 8 + 32 + 128;
        var queue = filled("large", small, Map.of());
        var large = new ForeignMessage(null, null, new byte[1 << 20], Headers.NONE, null);
        rabbit.seed(queue.name(), Collections.nCopies(40, large));
        var cancelled = new CountDownLatch(1);
        var isCancelled = new AtomicBoolean();
        var delivered = new AtomicInteger();
        // For less than the time after which a silent broker is told to end.
        Rule eightLarge =
                (method, frame) -> {
                    if (method == FrameGate.BASIC_DELIVER
                            && delivered.incrementAndGet() == small + 9) {
                        isCancelled.set(inTime(cancelled));
                    }
                    return Optional.of(frame);
                };
        try (var gate =
                new FrameGate(
                        rabbit.broker().port(),
                        FrameGate.telling(
                                FrameGate.BASIC_CANCEL,
                                () -> {
                                    // And not that of an earlier window.
                                    if (delivered.get() > small) {
                                        cancelled.countDown();
                                    }
                                }),
                        eightLarge)) {
            var link = link(rabbit.settings().with("hosts", gate.address()));
            try {
                var hold = hold(link.open(link.deadline()), queue, _ -> {});
                while (hold.size() <= small) {
                    assertThat(hold.take(Intake.WINDOW, link.deadline())).isPositive();
                }
                assertThat(isCancelled).isTrue();
            } finally {
                link.close();
            }
        }
    }

    private static boolean inTime(CountDownLatch latch) {
        try {
            return latch.await(1_500, TimeUnit.MILLISECONDS);
        } catch (InterruptedException over) {
            return false;
        }
    }
}
