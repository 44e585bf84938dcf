package org.deadletteroffice.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.awaitility.Awaitility;
import org.deadletteroffice.spi.connector.Browse.Direction;
import org.deadletteroffice.spi.connector.ObserverEffect;
import org.deadletteroffice.spi.error.BrokerException;
import org.deadletteroffice.spi.message.Cursor;
import org.deadletteroffice.spi.message.DeadLetter;
import org.deadletteroffice.spi.message.MessageId;
import org.deadletteroffice.spi.message.QueueRef;
import org.junit.jupiter.api.Test;

/// Looking at a queue page by page, and fetching single messages.
abstract class BrowseContract extends ConnectionContract {
    private static final int COUNT = 50;

    @Test
    final void pages_from_the_newest_back_without_gap_or_repeat_or_refuses() throws Exception {
        var queue = filled(COUNT, mostPartitions());
        if (!has(Behavior.PAGE_BACKWARDS)) {
            assertThatThrownBy(() -> page(queue, Cursor.newest(), Direction.OLDER, 7))
                    .isInstanceOf(BrokerException.Unsupported.class);
            return;
        }
        var found = texts(page(queue, Cursor.newest(), Direction.OLDER, 7));

        if (mergesByTime()) {
            assertThat(found).containsExactlyElementsOf(texts(0, COUNT).reversed());
        } else {
            assertThat(found).containsExactlyInAnyOrderElementsOf(texts(0, COUNT));
        }
    }

    @Test
    final void pages_from_the_oldest_on_without_gap_or_repeat() throws Exception {
        var queue = filled(COUNT, mostPartitions());

        var found = texts(page(queue, Cursor.oldest(), Direction.NEWER, 7));

        if (mergesByTime()) {
            assertThat(found).containsExactlyElementsOf(texts(0, COUNT));
        } else {
            assertThat(found).containsExactlyInAnyOrderElementsOf(texts(0, COUNT));
        }
    }

    private boolean mergesByTime() {
        return inOrder() && (has(Behavior.TIMESTAMPS) || mostPartitions() == 1);
    }

    @Test
    final void what_arrives_while_paging_back_changes_nothing() throws Exception {
        if (!has(Behavior.PAGE_BACKWARDS)) {
            return;
        }
        var queue = filled(COUNT, mostPartitions());
        try (var browse = connection.browse(queue)) {
            var found =
                    page(
                            browse,
                            Cursor.newest(),
                            Direction.OLDER,
                            7,
                            page -> arrive(queue, COUNT + 5 * page, 5));

            assertThat(texts(found)).containsExactlyInAnyOrderElementsOf(texts(0, COUNT));
        }
    }

    @Test
    final void what_arrives_while_paging_on_comes_once_at_the_end() throws Exception {
        var queue = filled(COUNT, mostPartitions());
        var arrivals = 4;
        try (var browse = connection.browse(queue)) {
            var found =
                    page(
                            browse,
                            Cursor.oldest(),
                            Direction.NEWER,
                            7,
                            page -> {
                                if (page <= arrivals) {
                                    arrive(queue, COUNT + 5 * (page - 1), 5);
                                }
                            });

            assertThat(texts(found))
                    .containsExactlyInAnyOrderElementsOf(texts(0, COUNT + 5 * arrivals));
        }
    }

    @Test
    final void late_messages_with_old_times_are_neither_missed_nor_repeated() throws Exception {
        var queue = newQueue(mostPartitions());
        fixture.seed(queue.name(), numbered(100, 100 + COUNT, mostPartitions()));
        try (var browse = connection.browse(queue)) {
            var found =
                    page(
                            browse,
                            Cursor.oldest(),
                            Direction.NEWER,
                            10,
                            page -> {
                                if (page <= 3) {
                                    arrive(queue, 5 * (page - 1), 5);
                                }
                            });

            var expected = new ArrayList<>(texts(100, 100 + COUNT));
            expected.addAll(texts(0, 15));
            assertThat(texts(found)).containsExactlyInAnyOrderElementsOf(expected);
        }
    }

    private void arrive(QueueRef queue, int from, int count) {
        fixture.seed(queue.name(), numbered(from, from + count, mostPartitions()));
    }

    @Test
    final void a_steady_stream_of_arrivals_is_followed_to_its_last_message() throws Exception {
        var queue = newQueue(mostPartitions());
        var total = 200;
        var writer =
                Thread.ofVirtual()
                        .start(
                                () -> {
                                    for (var from = 0; from < total; from += 10) {
                                        arrive(queue, from, 10);
                                    }
                                });
        try (var browse = connection.browse(queue)) {
            var found = new ArrayList<DeadLetter>();
            var cursor = new Cursor[] {Cursor.oldest()};
            Awaitility.await()
                    .atMost(Duration.ofSeconds(60))
                    .until(
                            () -> {
                                var page = browse.page(cursor[0], Direction.NEWER, 13);
                                found.addAll(page.messages());
                                cursor[0] = page.newer();
                                return found.size() >= total;
                            });

            assertThat(texts(found)).containsExactlyInAnyOrderElementsOf(texts(0, total));
        } finally {
            writer.join();
        }
    }

    @Test
    final void cursors_live_on_as_text_in_a_later_visit() throws Exception {
        var queue = filled(20, mostPartitions());
        Cursor next;
        List<String> first;
        try (var browse = connection.browse(queue)) {
            var page = browse.page(Cursor.oldest(), Direction.NEWER, 8);
            first = texts(page.messages());
            next = Cursor.parse(page.newer().text());
        }
        var rest = texts(page(queue, next, Direction.NEWER, 8));

        assertThat(first).hasSize(8);
        assertThat(rest).doesNotContainAnyElementsOf(first).hasSize(12);
    }

    @Test
    final void a_page_can_be_turned_both_ways() throws Exception {
        if (!has(Behavior.PAGE_BACKWARDS)) {
            return;
        }
        var queue = filled(30, mostPartitions());
        try (var browse = connection.browse(queue)) {
            var newest = browse.page(Cursor.newest(), Direction.OLDER, 10);
            var middle = browse.page(newest.older(), Direction.OLDER, 10);

            var forth = browse.page(middle.newer(), Direction.NEWER, 10);
            var back = browse.page(forth.older(), Direction.OLDER, 10);

            assertThat(ids(forth.messages())).isEqualTo(ids(newest.messages().reversed()));
            assertThat(ids(back.messages())).isEqualTo(ids(middle.messages()));
        }
    }

    @Test
    final void pages_on_from_just_before_a_message() throws Exception {
        var queue = filled(20, 1);
        var letters = all(queue);

        var before = new Cursor.Before(letters.get(12).id());

        assertHolds(texts(page(queue, before, Direction.NEWER, 5)), texts(letters.subList(12, 20)));
        if (has(Behavior.PAGE_BACKWARDS)) {
            assertThat(texts(page(queue, before, Direction.OLDER, 5)))
                    .isEqualTo(texts(0, 12).reversed());
        }
    }

    @Test
    final void starts_at_an_instant_or_refuses() throws Exception {
        var queue = filled(30, mostPartitions());
        var instant = new Cursor.At(FIRST.plusSeconds(12));
        if (!has(Behavior.SEEK_BY_TIME)) {
            assertThatThrownBy(() -> page(queue, instant, Direction.NEWER, 5))
                    .isInstanceOf(BrokerException.Unsupported.class);
            return;
        }
        var end = new Cursor.At(FIRST.plusSeconds(10_000));

        assertThat(texts(page(queue, instant, Direction.NEWER, 5))).isEqualTo(texts(12, 30));
        assertThat(page(queue, end, Direction.NEWER, 5)).isEmpty();
        if (has(Behavior.PAGE_BACKWARDS)) {
            assertThat(texts(page(queue, instant, Direction.OLDER, 5)))
                    .isEqualTo(texts(0, 12).reversed());
            assertThat(page(queue, end, Direction.OLDER, 50)).hasSize(30);
        }
    }

    @Test
    final void a_page_holds_one_to_a_thousand_messages() throws Exception {
        var queue = newQueue();
        var count = Math.min(1_500, longQueue());
        fixture.seed(queue.name(), numbered(0, count, 1));
        try (var browse = connection.browse(queue)) {
            for (var limit : List.of(-1, 0, 1_001)) {
                assertThatThrownBy(() -> browse.page(Cursor.oldest(), Direction.NEWER, limit))
                        .isInstanceOf(IllegalArgumentException.class);
            }
            assertThat(browse.page(Cursor.oldest(), Direction.NEWER, 1).messages()).hasSize(1);
        }
        assertHolds(texts(page(queue, Cursor.oldest(), Direction.NEWER, 1_000)), texts(0, count));
    }

    @Test
    final void empty_queue_has_an_empty_page_from_which_to_go_on() throws Exception {
        var queue = newQueue(mostPartitions());
        try (var browse = connection.browse(queue)) {
            var forth = browse.page(Cursor.oldest(), Direction.NEWER, 10);
            assertThat(forth.messages()).isEmpty();
            assertThat(forth.atEnd()).isTrue();
            if (has(Behavior.PAGE_BACKWARDS)) {
                var back = browse.page(Cursor.newest(), Direction.OLDER, 10);
                assertThat(back.messages()).isEmpty();
                assertThat(back.atEnd()).isTrue();
            }
            arrive(queue, 0, 3);

            var later = page(browse, forth.newer(), Direction.NEWER, 10, _ -> {});

            assertThat(texts(later)).containsExactlyInAnyOrderElementsOf(texts(0, 3));
        }
    }

    @Test
    final void looking_costs_what_is_said_and_nothing_else() throws Exception {
        var queue = filled(20, mostPartitions());
        var before = fixture.peek(queue.name());
        var readersBefore = connection.consumers().size();

        page(queue, Cursor.oldest(), Direction.NEWER, 7);
        page(queue, Cursor.oldest(), Direction.NEWER, 7);
        var after = all(queue);

        assertHolds(fixture.peek(queue.name()), before);
        assertThat(connection.consumers()).hasSize(readersBefore);
        assertCounts(connection.queue(queue).depth(), 20);
        switch (connection.capabilities(queue).observerEffect()) {
            case ObserverEffect.None _ ->
                    assertThat(after)
                            .allMatch(
                                    letter ->
                                            letter.deliveries() == null
                                                    || letter.deliveries() == 0);
            case ObserverEffect.CountsDelivery _ ->
                    assertThat(after)
                            .allMatch(
                                    letter ->
                                            letter.deliveries() != null
                                                    && letter.deliveries() >= 2);
            case ObserverEffect.MarksRedelivered _ ->
                    assertThat(after).allMatch(letter -> letter.deliveries() == null);
            case ObserverEffect.MayCountDelivery _ ->
                    assertThat(before).as("what the queue holds").hasSameSizeAs(after);
            case ObserverEffect.HidesFor(var duration) -> assertThat(duration).isPositive();
            case ObserverEffect.HidesAndCounts(var duration, _) -> {
                assertThat(duration).isPositive();
                assertThat(after)
                        .allMatch(
                                letter -> letter.deliveries() != null && letter.deliveries() >= 2);
            }
        }
    }

    @Test
    final void queue_that_vanishes_ends_the_visit_with_a_reason() throws Exception {
        var queue = filled(20, 1);
        try (var browse = connection.browse(queue);
                var scan = connection.scan(queue, Cursor.oldest(), Cursor.newest())) {
            var page = browse.page(Cursor.oldest(), Direction.NEWER, 5);
            fixture.deleteQueue(queue.name());

            assertThatThrownBy(() -> browse.page(page.newer(), Direction.NEWER, 5))
                    .isInstanceOfAny(BrokerException.Gone.class, BrokerException.NotFound.class)
                    .hasMessageContaining(queue.name());
            assertThatThrownBy(scan::next)
                    .isInstanceOfAny(BrokerException.Gone.class, BrokerException.NotFound.class)
                    .hasMessageContaining(queue.name());
        }
    }

    @Test
    final void fetches_in_the_order_asked_for_and_leaves_out_what_is_not_there() throws Exception {
        var queue = filled(10, mostPartitions());
        var longer = filled(200, 1);
        var ids = new ArrayList<>(ids(all(queue)));
        var last = ids(all(longer)).getLast();
        var wished = List.of(ids.get(7), last, ids.get(2), ids.get(9));

        var found = connection.fetch(queue, wished);

        assertThat(ids(found)).containsExactly(ids.get(7), ids.get(2), ids.get(9));
        assertThat(found).allMatch(letter -> letter.queue().equals(queue));
        assertThat(connection.fetch(queue, List.of())).isEmpty();
        var tooMany = Collections.nCopies(1_001, new MessageId("0-0"));
        assertThatThrownBy(() -> connection.fetch(queue, tooMany))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    final void times_are_those_of_the_sender_where_one_can_say_them() throws Exception {
        var queue = filled(3, 1);

        var times = all(queue).stream().map(DeadLetter::timestamp).toList();

        if (has(Behavior.TIMESTAMPS)) {
            assertThat(times).containsExactly(FIRST, FIRST.plusSeconds(1), FIRST.plusSeconds(2));
        } else {
            assertThat(times).doesNotContain(FIRST);
        }
    }
}
