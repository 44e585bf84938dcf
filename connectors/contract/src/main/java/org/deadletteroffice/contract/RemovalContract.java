package org.deadletteroffice.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.deadletteroffice.spi.connector.Browse.Direction;
import org.deadletteroffice.spi.connector.ServerSideMover.KnownMove;
import org.deadletteroffice.spi.connector.ServerSideMover.MoveStatus;
import org.deadletteroffice.spi.error.BrokerException;
import org.deadletteroffice.spi.message.Cursor;
import org.deadletteroffice.spi.transfer.TransferEvent;
import org.junit.jupiter.api.Test;

/// What takes messages away: removing after sending, purging, and the broker's own mover.
abstract class RemovalContract extends ProofContract {
    @Test
    final void sends_first_and_removes_then_or_keeps_the_message() throws Exception {
        var source = filled(5, 1);
        var destination = newQueue();
        var letters = all(source);
        var batch = outgoing(letters.subList(1, 4), destination);

        List<TransferEvent> events;
        try (var transfer = transfer(newJob(), source)) {
            events = transfer.send(batch);
        }
        var rest = List.of(letters.getFirst(), letters.getLast());
        assertHolds(peekTexts(destination), texts(letters.subList(1, 4)));
        if (events.stream().allMatch(event -> event instanceof TransferEvent.Moved)) {
            assertHolds(peekTexts(source), texts(rest));
            return;
        }
        assertHolds(peekTexts(source), texts(0, 5));
        if (has(Behavior.REMOVE_ONE)) {
            connection.remove(source, ids(letters.subList(1, 4)));
            assertHolds(peekTexts(source), texts(rest));
        }
        assertThat(has(Behavior.REMOVE_ONE) && has(Behavior.KEEPS_MESSAGES))
                .as("a log cannot lose a single message")
                .isFalse();
    }

    @Test
    final void removes_the_named_message_or_refuses_and_touches_nothing() throws Exception {
        var queue = filled(3, 1);
        var letters = all(queue);
        var ids = ids(letters);
        var middle = List.of(ids.get(1));
        if (has(Behavior.REMOVE_ONE)) {
            assertThat(connection.remove(queue, middle)).isEqualTo(middle);
            assertThat(connection.remove(queue, middle))
                    .as("what is gone already counts as removed")
                    .isEqualTo(middle);
            assertHolds(ids(all(queue)), List.of(ids.get(0), ids.get(2)));
            var after = ids(page(queue, new Cursor.Before(ids.get(1)), Direction.NEWER, 5));
            assertThat(after)
                    .as("a place stays when its message is gone")
                    .isSubsetOf(ids.get(0), ids.get(2));
            if (inOrder()) {
                assertThat(after).containsExactly(ids.get(2));
            }
            assertThat(connection.fetch(queue, ids)).hasSize(2);
        } else {
            assertThatThrownBy(() -> connection.remove(queue, middle))
                    .isInstanceOf(BrokerException.Unsupported.class);
            assertThat(ids(all(queue))).isEqualTo(ids);
        }
        assertHolds(
                peekTexts(queue),
                has(Behavior.REMOVE_ONE)
                        ? texts(List.of(letters.get(0), letters.get(2)))
                        : texts(0, 3));
    }

    @Test
    final void purges_up_to_a_place_and_not_beyond_or_refuses() throws Exception {
        var queue = filled(9, mostPartitions());
        var end = connection.snapshot(queue);
        fixture.seed(queue.name(), numbered(9, 15, mostPartitions()));
        if (!has(Behavior.PURGE)) {
            assertThatThrownBy(() -> connection.purge(queue, end))
                    .isInstanceOf(BrokerException.Unsupported.class);
            assertThat(peekTexts(queue)).hasSize(15);
            return;
        }
        assertCounts(connection.purge(queue, end).count(), 9);
        assertThat(peekTexts(queue)).containsExactlyInAnyOrderElementsOf(texts(9, 15));
        assertThat(texts(all(queue))).containsExactlyInAnyOrderElementsOf(texts(9, 15));
        assertThat(texts(page(queue, Cursor.oldest(), Direction.NEWER, 4)))
                .containsExactlyInAnyOrderElementsOf(texts(9, 15));

        connection.purge(queue, Cursor.newest());

        assertThat(peekTexts(queue)).isEmpty();
        assertThat(all(queue)).isEmpty();
        assertThat(page(queue, Cursor.oldest(), Direction.NEWER, 4)).isEmpty();
        assertCounts(connection.queue(queue).depth(), 0);
    }

    @Test
    final void scan_from_a_place_whose_messages_were_purged_says_so() throws Exception {
        if (!has(Behavior.PURGE)) {
            return;
        }
        var queue = filled(9, 1);
        Cursor old;
        try (var browse = connection.browse(queue)) {
            old = browse.page(Cursor.oldest(), Direction.NEWER, 3).newer();
        }
        var letters = all(queue);
        connection.purge(queue, new Cursor.Before(letters.get(6).id()));

        assertThatThrownBy(() -> scan(queue, old, Cursor.newest()))
                .isInstanceOf(BrokerException.Gone.class)
                .hasMessageContaining(queue.name());
        assertHolds(
                texts(scan(queue, Cursor.oldest(), Cursor.newest())), texts(letters.subList(6, 9)));
    }

    @Test
    final void purges_up_to_a_message() throws Exception {
        if (!has(Behavior.PURGE)) {
            return;
        }
        var queue = filled(9, 1);
        var letters = all(queue);
        var ids = ids(letters);

        connection.purge(queue, new Cursor.Before(ids.get(4)));

        assertHolds(peekTexts(queue), texts(letters.subList(4, 9)));
        assertHolds(ids(all(queue)), ids.subList(4, 9));
        assertThat(connection.fetch(queue, ids)).hasSize(5);
    }

    @Test
    final void broker_moves_a_queue_by_itself_or_says_that_it_cannot() throws Exception {
        var source = filled(25, 1);
        var destination = newQueue();
        var mover = connection.serverSideMover();
        if (!has(Behavior.MOVE_ON_SERVER)) {
            if (mover.isPresent()) {
                assertThatThrownBy(() -> mover.get().start(source, destination, null))
                        .isInstanceOf(BrokerException.Unsupported.class);
            }
            assertHolds(peekTexts(source), texts(0, 25));
            return;
        }
        var before = keys(mover.orElseThrow().moves(source));
        var handle = mover.get().start(source, destination, null);
        var after = keys(mover.get().moves(source));
        after.removeAll(before);
        // One that has ended may be forgotten; none but this is new.
        assertThat(after).hasSizeLessThanOrEqualTo(1);
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .until(() -> mover.get().status(handle).state() == MoveStatus.State.DONE);

        assertThat(mover.get().status(handle).moved()).isEqualTo(25);
        assertThat(peekTexts(source)).isEmpty();
        assertThat(peekTexts(destination)).containsExactlyInAnyOrderElementsOf(texts(0, 25));
        assertThatThrownBy(() -> mover.get().status("no such move"))
                .isInstanceOf(BrokerException.NotFound.class);
    }

    private static List<String> keys(Optional<List<KnownMove>> moves) {
        return new ArrayList<>(moves.orElse(List.of()).stream().map(KnownMove::key).toList());
    }

    @Test
    final void move_that_is_cancelled_loses_nothing() throws Exception {
        var mover = connection.serverSideMover();
        if (!has(Behavior.MOVE_ON_SERVER)) {
            return;
        }
        var source = filled(50, 1);
        var destination = newQueue();
        var handle = mover.orElseThrow().start(source, destination, 20);
        Awaitility.await().until(() -> mover.get().status(handle).moved() > 0);
        var known = mover.get().moves(source);
        if (known.isPresent()) {
            assertThat(known.get()).hasSize(1);
            assertThat(mover.get().status(known.get().getFirst().handle()).state())
                    .isEqualTo(MoveStatus.State.RUNNING);
        }
        mover.get().cancel(handle);
        Awaitility.await()
                .until(() -> mover.get().status(handle).state() == MoveStatus.State.CANCELLED);

        var moved = peekTexts(destination);
        assertThat(moved).isNotEmpty().hasSizeLessThan(50);
        assertThat(peekTexts(source)).hasSize(50 - moved.size()).doesNotContainAnyElementsOf(moved);
    }
}
