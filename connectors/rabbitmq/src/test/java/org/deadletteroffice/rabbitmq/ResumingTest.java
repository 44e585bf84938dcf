package org.deadletteroffice.rabbitmq;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.deadletteroffice.fixtures.ForeignMessage;
import org.deadletteroffice.spi.connector.BrokerConnection;
import org.deadletteroffice.spi.message.Cursor;
import org.deadletteroffice.spi.message.DeadLetter;
import org.deadletteroffice.spi.message.QueueRef;
import org.junit.jupiter.api.Test;

/// A scan that goes on after the messages before its place were removed, but for some that stay:
/// it may give some again, and leaves none out.
final class ResumingTest extends OneNode {
    private static final int LEFT = 50;

    @Test
    void another_program_reads_all_that_the_first_did_not() throws Exception {
        var queue = queue("resumed", Map.of());
        seed(queue, 2_500);
        Cursor end;
        Begun begun;
        try (var first = open(rabbit.settings())) {
            end = first.snapshot(queue);
            begun = begin(first, queue, end);
        }
        try (var second = open(rabbit.settings())) {
            assertThat(rest(second, queue, begun.after(), end))
                    .containsAll(texts(2_500).subList(begun.seen(), 2_500));
        }
    }

    @Test
    void what_is_put_behind_what_nobody_saw_hides_none_of_it() throws Exception {
        var queue = queue("shuffled", Map.of("x-queue-type", "quorum"));
        seed(queue, 9_000);
        var end = connection.snapshot(queue);
        var begun = begin(connection, queue, end);
        if (!rabbit.isVersion4()) {
            assertThat(rabbit.peek(queue.name()).getFirst().text())
                    .as("the queue is too long to keep its order")
                    .isNotEqualTo("m-0");
        }

        assertThat(rest(connection, queue, begun.after(), end))
                .containsAll(texts(9_000).subList(begun.seen(), 9_000));
    }

    private void seed(QueueRef queue, int count) {
        rabbit.seed(
                queue.name(),
                IntStream.range(0, count).mapToObj(n -> ForeignMessage.of("m-" + n)).toList());
    }

    private record Begun(int seen, Cursor after) {}

    /// Reads a batch and removes it, but for the oldest.
    private static Begun begin(BrokerConnection over, QueueRef queue, Cursor end) throws Exception {
        try (var scan = over.scan(queue, Cursor.oldest(), end)) {
            var batch = scan.next().orElseThrow();
            var ids = batch.messages().stream().map(DeadLetter::id).toList();
            assertThat(ids).hasSizeGreaterThan(LEFT + Place.ANCHORS);
            over.remove(queue, ids.subList(LEFT, ids.size()));
            return new Begun(ids.size(), batch.after());
        }
    }

    private static List<String> rest(
            BrokerConnection over, QueueRef queue, Cursor from, Cursor until) throws Exception {
        var found = new ArrayList<String>();
        try (var scan = over.scan(queue, from, until)) {
            for (var batch = scan.next(); batch.isPresent(); batch = scan.next()) {
                batch.get().messages().forEach(letter -> found.add(text(letter)));
            }
        }
        return found;
    }
}
