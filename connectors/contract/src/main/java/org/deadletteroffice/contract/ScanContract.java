package org.deadletteroffice.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;
import org.deadletteroffice.fixtures.ForeignMessage;
import org.deadletteroffice.spi.connector.Browse.Direction;
import org.deadletteroffice.spi.error.BrokerException;
import org.deadletteroffice.spi.message.Cursor;
import org.deadletteroffice.spi.message.DeadLetter;
import org.deadletteroffice.spi.message.QueueRef;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// Pulling every message of a range.
abstract class ScanContract extends BytesContract {
    private static final int KIBIBYTE = 1 << 10;

    /// What a reader may keep of a long queue's kibibytes: the client's own buffers.
    private static final double FLAT = 0.64;

    /// What a shorter queue takes is lost among what the JVM takes anyway.
    private static final int LONG_ENOUGH = 25_000;

    private @Nullable QueueRef many;
    private long mostHeap;

    @Test
    final void scan_gives_every_message_once_and_each_partition_in_order() throws Exception {
        var queue = filled(60, mostPartitions());
        try (var scan = connection.scan(queue, Cursor.oldest(), Cursor.newest())) {
            assertCounts(scan.total(), 60);
        }
        var found = texts(all(queue));

        assertThat(found).containsExactlyInAnyOrderElementsOf(texts(0, 60));
        for (var partition = 0; inOrder() && partition < mostPartitions(); partition++) {
            var mine = partition;
            assertThat(found)
                    .filteredOn(
                            text -> Integer.parseInt(text.substring(2)) % mostPartitions() == mine)
                    .isSorted();
        }
    }

    @Test
    final void keys_of_one_partition_are_read_in_order_or_the_queue_is_no_log() throws Exception {
        var queue = filled(30, mostPartitions());
        var log = connection.keyLog();
        if (log.isEmpty()) {
            assertThat(has(Behavior.KEEPS_MESSAGES) && has(Behavior.PARTITIONS)).isFalse();
            return;
        }
        if (!has(Behavior.KEEPS_MESSAGES)) {
            assertThatThrownBy(() -> log.get().read(queue, 0, 0, 30, 30, (_, _, _) -> {}))
                    .isInstanceOf(BrokerException.Unsupported.class);
            return;
        }
        var letters =
                all(queue).stream().filter(letter -> letter.id().text().startsWith("0-")).toList();
        var places = letters.stream().map(ScanContract::place).toList();
        var last = places.size() - 1;
        var found = new ArrayList<Long>();
        var keys = new ArrayList<byte[]>();

        var read =
                log.get()
                        .read(
                                queue,
                                0,
                                places.get(1),
                                places.get(last),
                                100,
                                (position, key, _) -> {
                                    found.add(position);
                                    keys.add(key);
                                });

        assertThat(found).isEqualTo(places.subList(1, last));
        assertThat(keys.getFirst()).isEqualTo(letters.get(1).key());
        assertThat(read.until()).isEqualTo(places.get(last));
        assertThat(read.records()).isEqualTo(last - 1L);
        var cut = log.get().read(queue, 0, places.get(0), places.get(last), 2, (_, _, _) -> {});
        assertThat(cut.records()).isEqualTo(2);
        assertThat(cut.until()).isGreaterThan(places.get(1)).isLessThanOrEqualTo(places.get(2));
    }

    private static long place(DeadLetter letter) {
        return Long.parseLong(letter.id().text().substring("0-".length()));
    }

    @Test
    final void scan_until_a_snapshot_never_sees_what_arrives_later() throws Exception {
        var queue = filled(20, mostPartitions());
        var snapshot = connection.snapshot(queue);
        fixture.seed(queue.name(), numbered(20, 40, mostPartitions()));

        var kept = Cursor.parse(snapshot.text());

        assertThat(texts(scan(queue, Cursor.oldest(), kept)))
                .containsExactlyInAnyOrderElementsOf(texts(0, 20));
        assertThat(texts(scan(queue, kept, Cursor.newest())))
                .containsExactlyInAnyOrderElementsOf(texts(20, 40));
    }

    @Test
    final void newest_means_the_end_as_it_was_when_the_scan_began() throws Exception {
        var queue = filled(20, mostPartitions());
        try (var scan = connection.scan(queue, Cursor.oldest(), Cursor.newest())) {
            fixture.seed(queue.name(), numbered(20, 40, mostPartitions()));
            var found = new ArrayList<DeadLetter>();
            for (var batch = scan.next(); batch.isPresent(); batch = scan.next()) {
                found.addAll(batch.get().messages());
            }
            assertThat(texts(found)).containsExactlyInAnyOrderElementsOf(texts(0, 20));
            assertThat(scan.next()).isEmpty();
        }
    }

    @Test
    final void scan_goes_on_from_where_a_batch_ended() throws Exception {
        var count = Math.min(3_000, longQueue());
        var queue = filled(count, mostPartitions());
        var first = new ArrayList<DeadLetter>();
        Cursor after;
        try (var scan = connection.scan(queue, Cursor.oldest(), Cursor.newest())) {
            var batch = scan.next().orElseThrow();
            first.addAll(batch.messages());
            after = Cursor.parse(batch.after().text());
        }
        first.addAll(scan(queue, after, Cursor.newest()));

        assertThat(texts(first)).containsExactlyInAnyOrderElementsOf(texts(0, count));
    }

    @Test
    final void empty_range_ends_at_once_and_stays_ended() throws Exception {
        var queue = filled(5, mostPartitions());
        var end = connection.snapshot(queue);
        for (var range : List.of(List.of(end, end), List.of(Cursor.newest(), Cursor.newest()))) {
            try (var scan = connection.scan(queue, range.getFirst(), range.getLast())) {
                assertThat(scan.next()).isEmpty();
                assertThat(scan.next()).isEmpty();
                assertCounts(scan.total(), 0);
            }
        }
        assertThat(all(newQueue())).isEmpty();
    }

    @Test
    final void scan_begins_and_ends_at_a_message() throws Exception {
        var queue = filled(20, 1);
        var letters = all(queue);
        var ids = ids(letters);

        var found = scan(queue, new Cursor.Before(ids.get(4)), new Cursor.Before(ids.get(9)));

        assertHolds(texts(found), texts(letters.subList(4, 9)));
        if (has(Behavior.SEEK_BY_TIME)) {
            var since = new Cursor.At(FIRST.plusSeconds(15));
            assertThat(texts(scan(queue, since, Cursor.newest()))).isEqualTo(texts(15, 20));
        }
    }

    @Test
    final void a_long_queue_is_scanned_in_flat_memory() throws Exception {
        var queue = many();
        var seen = new BitSet(longQueue());
        var repeats = 0;
        var before = usedHeap();
        var most = 0L;
        var batches = 0;
        try (var scan = connection.scan(queue, Cursor.oldest(), Cursor.newest())) {
            assertCounts(scan.total(), longQueue());
            for (var batch = scan.next(); batch.isPresent(); batch = scan.next()) {
                var messages = batch.get().messages();
                assertThat(messages.stream().mapToLong(DeadLetter::size).sum())
                        .isLessThanOrEqualTo(32L << 20);
                repeats += mark(messages, seen);
                if (++batches % 50 == 0) {
                    most = Math.max(most, usedHeap());
                }
            }
            most = Math.max(most, usedHeap());
        }
        assertThat(repeats).isZero();
        assertThat(seen.cardinality()).isEqualTo(longQueue());
        if (longQueue() >= LONG_ENOUGH) {
            assertThat(most - before)
                    .as("heap that the scan holds")
                    .isLessThan((long) (FLAT * longQueue() * KIBIBYTE));
        }
    }

    @Test
    final void a_long_queue_is_paged_without_gap_or_repeat_in_flat_memory() throws Exception {
        var queue = many();
        var forth = new BitSet(longQueue());
        var before = usedHeap();
        mostHeap = before;
        assertThat(markPages(queue, Cursor.oldest(), Direction.NEWER, forth)).isZero();
        assertThat(forth.cardinality()).isEqualTo(longQueue());
        if (has(Behavior.PAGE_BACKWARDS)) {
            var back = new BitSet(longQueue());
            assertThat(markPages(queue, Cursor.newest(), Direction.OLDER, back)).isZero();
            assertThat(back.cardinality()).isEqualTo(longQueue());
        }
        if (longQueue() >= LONG_ENOUGH) {
            assertThat(mostHeap - before)
                    .as("heap that the pages hold")
                    .isLessThan((long) (FLAT * longQueue() * KIBIBYTE));
        }
    }

    private int markPages(QueueRef queue, Cursor from, Direction direction, BitSet seen)
            throws Exception {
        var repeats = 0;
        var pages = 0;
        var cursor = from;
        try (var browse = connection.browse(queue)) {
            while (true) {
                var page = browse.page(cursor, direction, 1_000);
                repeats += mark(page.messages(), seen);
                if (page.atEnd()) {
                    mostHeap = Math.max(mostHeap, usedHeap());
                    return repeats;
                }
                if (++pages % 20 == 0) {
                    mostHeap = Math.max(mostHeap, usedHeap());
                }
                cursor = direction == Direction.OLDER ? page.older() : page.newer();
            }
        }
    }

    private static int mark(List<DeadLetter> messages, BitSet seen) {
        var repeats = 0;
        for (var letter : messages) {
            var number = Integer.parseInt(content(letter).text().strip());
            repeats += seen.get(number) ? 1 : 0;
            seen.set(number);
        }
        return repeats;
    }

    /// The same queue for the tests that only read it.
    private QueueRef many() {
        if (many != null) {
            return many;
        }
        var queue = newQueue(mostPartitions());
        for (var from = 0; from < longQueue(); from += 5_000) {
            fixture.seed(
                    queue.name(),
                    IntStream.range(from, Math.min(from + 5_000, longQueue()))
                            .mapToObj(this::kibibyte)
                            .toList());
        }
        many = queue;
        return queue;
    }

    private ForeignMessage kibibyte(int number) {
        var message = ForeignMessage.of(("%-" + KIBIBYTE + "d").formatted(number));
        return has(Behavior.PARTITIONS) ? message.in(number % mostPartitions()) : message;
    }

    private static long usedHeap() {
        var memory = ManagementFactory.getMemoryMXBean();
        memory.gc();
        return memory.getHeapMemoryUsage().getUsed();
    }
}
