package org.deadletteroffice.rabbitmq;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.deadletteroffice.fixtures.ForeignMessage;
import org.deadletteroffice.spi.connector.Browse.Direction;
import org.deadletteroffice.spi.message.Cursor;
import org.deadletteroffice.spi.message.DeadLetter;
import org.deadletteroffice.spi.message.MessageId;
import org.deadletteroffice.spi.message.QueueRef;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A scan whose messages are removed while it reads, as a job does: one consumer brings them, and
/// none of what lies behind the end; and nothing stays held when it ends.
final class ReadingOnTest extends OneNode {
    private static final int COUNT = 20_000;
    private static final int LATER = 3_000;

    /// Those that grow, one that goes on, and those of what is left in the end; by thousands there
    /// would be 25.
    private static final int MOST_CONSUMERS = 12;

    @ParameterizedTest
    @ValueSource(strings = {"classic", "quorum"})
    void one_consumer_brings_what_comes_before_the_end_and_no_more(String type) throws Exception {
        var queue = queue("on", Map.of("x-queue-type", type));
        seed(queue, 0, COUNT);
        var consumers = new AtomicInteger();
        var watch = FrameGate.telling(FrameGate.BASIC_CONSUME, consumers::incrementAndGet);
        try (var gate = new FrameGate(rabbit.broker().port(), watch, FrameGate.PASS);
                var over = open(rabbit.settings().with("hosts", gate.address()))) {
            var end = over.snapshot(queue);
            seed(queue, COUNT, COUNT + LATER);
            var seen = new ArrayList<String>();
            try (var scan = over.scan(queue, Cursor.oldest(), end)) {
                for (var batch = scan.next(); batch.isPresent(); batch = scan.next()) {
                    var letters = batch.get().messages();
                    letters.forEach(letter -> seen.add(new String(letter.payload(), UTF_8)));
                    var ids = letters.stream().map(DeadLetter::id).toList();
                    assertThat(over.remove(queue, ids)).isEqualTo(ids);
                }
                assertThat(seen).isEqualTo(texts(COUNT));
                assertThat(ready(queue)).as("behind the end, and not taken").isEqualTo(LATER);
            }
        }
        if (isTakenAhead(type)) {
            assertThat(consumers).hasValueLessThan(MOST_CONSUMERS);
        }
    }

    /// What its consumer brings would be hidden from the queue's own ones while somebody looks. (A
    /// quorum queue counts those that ended as long as they hold something, so they are not.)
    @ParameterizedTest
    @ValueSource(strings = {"classic", "quorum"})
    void one_that_is_closed_early_takes_nothing_more(String type) throws Exception {
        var queue = queue("early", Map.of("x-queue-type", type));
        seed(queue, 0, COUNT);
        var cancelled = new AtomicInteger();
        var watch = FrameGate.telling(FrameGate.BASIC_CANCEL, cancelled::incrementAndGet);
        try (var gate = new FrameGate(rabbit.broker().port(), watch, FrameGate.PASS);
                var over = open(rabbit.settings().with("hosts", gate.address()));
                var visit = over.browse(queue)) {
            assertThat(visit.page(Cursor.oldest(), Direction.NEWER, 1).messages()).hasSize(1);
            var seen = new ArrayList<MessageId>();
            int before;
            try (var scan = over.scan(queue, Cursor.oldest(), over.snapshot(queue))) {
                while (seen.size() < COUNT / 2) {
                    scan.next().orElseThrow().messages().forEach(letter -> seen.add(letter.id()));
                }
                before = cancelled.get();
            }
            if (isTakenAhead(type)) {
                Awaitility.await().until(() -> cancelled.get() > before);
            }
            // What came until then is held by the one who still looks.
            assertThat(over.remove(queue, seen.subList(0, 1_000))).hasSize(1_000);
            var left = ready(queue);
            assertThat(left).isPositive();
            assertThat(over.remove(queue, seen.subList(1_000, 2_000))).hasSize(1_000);
            assertThat(ready(queue)).isEqualTo(left);
            assertThat(visit.page(Cursor.oldest(), Direction.NEWER, 10).messages())
                    .extracting(DeadLetter::id)
                    .isEqualTo(seen.subList(2_000, 2_010));
        }
    }

    /// One waits for the broker to end its consumer, when the other one has nothing more to do.
    @Test
    void what_is_held_goes_back_where_two_visits_end_together() throws Exception {
        var queue = queue("together", Map.of());
        seed(queue, 0, 50);
        var ending = new AtomicBoolean();
        var asked = new CountDownLatch(1);
        var left = new CountDownLatch(1);
        FrameGate.Rule late =
                (method, frame) -> {
                    if (method == FrameGate.BASIC_CANCEL && ending.get()) {
                        asked.countDown();
                        await(left);
                    }
                    return Optional.of(frame);
                };
        try (var gate = new FrameGate(rabbit.broker().port(), late, FrameGate.PASS)) {
            var link = link(rabbit.settings().with("hosts", gate.address()));
            var held = held(link, queue);
            held.enter();
            held.enter();
            try {
                var _ =
                        held.with(
                                Act.reading(queue.name()),
                                link.deadline(),
                                hold -> hold.take(10, 40, link.deadline()));
                ending.set(true);
                held.leaveReading();
                await(asked);
                held.leave();
                left.countDown();

                awaitReady(queue, 50);
            } finally {
                left.countDown();
                link.close();
            }
        }
    }

    private static void await(CountDownLatch told) {
        try {
            assertThat(told.await(30, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException over) {
            throw new AssertionError(over);
        }
    }

    /// Where looks count against a limit, as by default in 4.0, nothing is.
    private boolean isTakenAhead(String type) {
        return type.equals("classic") || !rabbit.isVersion4();
    }

    private long ready(QueueRef queue) {
        return rabbit.use("ready", channel -> channel.messageCount(queue.name()));
    }

    private void seed(QueueRef queue, int from, int to) {
        rabbit.seed(
                queue.name(),
                IntStream.range(from, to).mapToObj(n -> ForeignMessage.of("m-" + n)).toList());
    }
}
