package org.deadletteroffice.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.deadletteroffice.spi.connector.Browse.Direction;
import org.deadletteroffice.spi.error.BrokerException;
import org.deadletteroffice.spi.message.Cursor;
import org.deadletteroffice.spi.message.QueueRef;
import org.deadletteroffice.spi.profile.Check.State;
import org.deadletteroffice.spi.transfer.Outgoing;
import org.deadletteroffice.spi.transfer.Transfer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// A broker that goes away, hangs, and returns; and callers that lose patience.
abstract class FailureContract extends RemovalContract {
    private static final int BATCH = 20;

    /// A second is promised; the rest is for a busy machine.
    private static final Duration SOON = Duration.ofSeconds(3);

    @AfterEach
    final void restore() {
        fixture.restore();
    }

    private static ConditionFactory patiently() {
        return Awaitility.await().atMost(Duration.ofSeconds(60)).ignoreExceptions();
    }

    @Test
    final void broker_that_stops_is_unreachable_and_one_that_returns_serves_again()
            throws Exception {
        var queue = filled(10, 1);
        var destination = newQueue();
        var batch = outgoing(all(queue), destination);
        try (var browse = connection.browse(queue)) {
            var page = browse.page(Cursor.oldest(), Direction.NEWER, 4);
            fixture.stop();

            assertThatThrownBy(() -> connection.queues())
                    .isInstanceOf(BrokerException.Unreachable.class);
            assertThatThrownBy(() -> browse.page(page.newer(), Direction.NEWER, 4))
                    .isInstanceOf(BrokerException.Unreachable.class);
            assertThatThrownBy(() -> all(queue)).isInstanceOf(BrokerException.Unreachable.class);
            assertThatThrownBy(
                            () -> {
                                try (var transfer = transfer(newJob(), queue)) {
                                    transfer.send(batch);
                                }
                            })
                    .isInstanceOf(BrokerException.Unreachable.class);

            fixture.restore();

            patiently()
                    .until(
                            () ->
                                    has(Behavior.ORDERED_WHEN_LOST)
                                            ? holds(texts(all(queue)), texts(0, 10))
                                            : holdsAnyhow(texts(all(queue)), texts(0, 10)));
            patiently()
                    .until(
                            () ->
                                    !browse.page(page.newer(), Direction.NEWER, 4)
                                            .messages()
                                            .isEmpty());
            var second = texts(browse.page(page.newer(), Direction.NEWER, 4).messages());
            assertThat(second).hasSize(4).doesNotContainAnyElementsOf(texts(page.messages()));
            if (inOrder()) {
                assertThat(second).isEqualTo(texts(4, 8));
            }
            assertThat(peekTexts(destination)).as("what was not confirmed is not sent").isEmpty();
        }
    }

    @Test
    final void broker_that_is_down_at_the_start_is_diagnosed_and_found_once_it_is_up()
            throws Exception {
        var queue = filled(1, 1);
        fixture.stop();
        try (var early = open(fixture.settings())) {
            assertThatThrownBy(() -> early.queue(queue))
                    .isInstanceOf(BrokerException.Unreachable.class);
            var steps = lastStates(early);
            assertThat(steps.values())
                    .filteredOn(check -> check.state() == State.FAILED)
                    .hasSize(1)
                    .allMatch(check -> check.remedy() != null);
            assertThat(List.copyOf(steps.values()).getLast().state()).isEqualTo(State.SKIPPED);

            fixture.restore();

            patiently().until(() -> early.queue(queue).ref().equals(queue));
        }
    }

    /// A call to the broker that hangs.
    private interface Call {
        void run() throws BrokerException;
    }

    @Test
    final void every_blocked_call_ends_soon_after_an_interruption() throws Exception {
        var queue = filled(10, 1);
        var ids = ids(all(queue));
        var batch = outgoing(all(queue), newQueue());
        var calls = new LinkedHashMap<String, Call>();
        try (var browse = connection.browse(queue);
                var scan = connection.scan(queue, Cursor.oldest(), Cursor.newest());
                var transfer = transfer(newJob(), queue)) {
            calls.put("queues", () -> connection.queues());
            calls.put("queue", () -> connection.queue(queue));
            calls.put("snapshot", () -> connection.snapshot(queue));
            calls.put("fetch", () -> connection.fetch(queue, ids));
            calls.put("page", () -> browse.page(Cursor.oldest(), Direction.NEWER, 5));
            calls.put("scan", scan::next);
            calls.put("send", () -> transfer.send(batch));
            calls.put("checks", () -> connection.checks(_ -> {}));
            if (has(Behavior.CONSUMERS)) {
                calls.put("consumers", connection::consumers);
            }
            fixture.freeze();
            var blocked = new LinkedHashMap<String, BlockedCall>();
            calls.forEach((name, call) -> blocked.put(name, BlockedCall.start(call::run)));
            assertStillBlocked(blocked.values());

            blocked.values().forEach(BlockedCall::interrupt);

            blocked.forEach(
                    (name, call) -> {
                        Awaitility.await(name).atMost(SOON).until(call::hasEnded);
                        assertThat(call.outcome())
                                .as(name)
                                .isInstanceOf(BrokerException.Cancelled.class);
                        assertThat(call.flagWasSetAgain()).as("interrupt flag: " + name).isTrue();
                    });
            fixture.restore();
        }
        patiently().until(() -> holds(texts(all(queue)), texts(0, 10)));
    }

    private static void assertStillBlocked(Iterable<BlockedCall> calls) {
        Awaitility.await()
                .during(Duration.ofMillis(300))
                .atMost(Duration.ofSeconds(5))
                .untilAsserted(
                        () ->
                                assertThat(calls)
                                        .as("blocked calls")
                                        .noneMatch(BlockedCall::hasEnded));
    }

    @Test
    final void closing_ends_a_blocked_page_and_waits_for_nobody() throws Exception {
        var queue = filled(10, 1);
        var other = open(fixture.settings());
        var browse = other.browse(queue);
        browse.page(Cursor.oldest(), Direction.NEWER, 3);
        fixture.freeze();
        var page = BlockedCall.start(() -> browse.page(Cursor.oldest(), Direction.NEWER, 5));
        assertStillBlocked(List.of(page));

        browse.close();

        Awaitility.await().atMost(SOON).until(page::hasEnded);
        assertThat(page.outcome()).isInstanceOf(BrokerException.Cancelled.class);
        var closing = BlockedCall.start(other::close);
        Awaitility.await().atMost(SOON).until(closing::hasEnded);
        assertThat(closing.outcome()).isNull();
    }

    @Test
    final void hung_broker_is_unreachable_once_the_timeout_of_the_profile_is_over()
            throws Exception {
        var queue = filled(10, 1);
        var ids = ids(all(queue));
        var batch = outgoing(all(queue), newQueue());
        try (var browse = connection.browse(queue);
                var scan = connection.scan(queue, Cursor.oldest(), Cursor.newest());
                var transfer = transfer(newJob(), queue)) {
            fixture.freeze();
            var calls = new LinkedHashMap<String, BlockedCall>();
            calls.put("queue", BlockedCall.start(() -> connection.queue(queue)));
            calls.put("fetch", BlockedCall.start(() -> connection.fetch(queue, ids)));
            calls.put(
                    "page",
                    BlockedCall.start(() -> browse.page(Cursor.oldest(), Direction.NEWER, 5)));
            calls.put("scan", BlockedCall.start(scan::next));
            calls.put("send", BlockedCall.start(() -> transfer.send(batch)));

            calls.forEach(
                    (name, call) -> {
                        Awaitility.await(name).atMost(Duration.ofSeconds(60)).until(call::hasEnded);
                        assertThat(call.outcome())
                                .as(name)
                                .isInstanceOf(BrokerException.Unreachable.class);
                    });
            fixture.restore();
        }
    }

    @Test
    final void opening_ends_soon_after_an_interruption() throws Exception {
        var queue = filled(10, 1);
        fixture.freeze();
        var opening = new LinkedHashMap<String, BlockedCall>();
        opening.put("browse", BlockedCall.start(() -> connection.browse(queue).close()));
        opening.put(
                "scan",
                BlockedCall.start(
                        () -> connection.scan(queue, Cursor.oldest(), Cursor.newest()).close()));
        opening.put("transfer", BlockedCall.start(() -> transfer(newJob(), queue).close()));

        opening.values().forEach(BlockedCall::interrupt);

        opening.forEach(
                (name, call) -> {
                    Awaitility.await(name).atMost(SOON).until(call::hasEnded);
                    if (call.outcome() != null) {
                        assertThat(call.outcome())
                                .as(name)
                                .isInstanceOf(BrokerException.Cancelled.class);
                    }
                });
    }

    @Test
    final void transfer_whose_broker_hangs_and_is_interrupted_goes_on_without_loss()
            throws Exception {
        assertResumesWithoutLoss(
                call -> {
                    assertStillBlocked(List.of(call));
                    call.interrupt();
                    Awaitility.await().atMost(SOON).until(call::hasEnded);
                    assertThat(call.outcome()).isInstanceOf(BrokerException.Cancelled.class);
                    fixture.restore();
                },
                fixture::freeze);
    }

    @Test
    final void transfer_that_is_interrupted_midway_goes_on_without_loss() throws Exception {
        assertResumesWithoutLoss(BlockedCall::interrupt, () -> {});
    }

    @Test
    final void transfer_that_loses_its_broker_midway_goes_on_without_loss() throws Exception {
        assertResumesWithoutLoss(
                call -> {
                    fixture.stop();
                    Awaitility.await().atMost(Duration.ofSeconds(60)).until(call::hasEnded);
                    fixture.restore();
                },
                () -> {});
    }

    /// How a transfer is cut short.
    private interface Cut {
        void cut(BlockedCall transfer) throws Exception;
    }

    /// @param before what happens while the transfer pauses between two batches
    private void assertResumesWithoutLoss(Cut cut, Runnable before) throws Exception {
        var source = filled(Math.min(2_000, longQueue()), 1);
        var destination = newQueue();
        var batch = outgoing(all(source), destination);
        var job = newJob();
        var confirmed = new AtomicInteger();
        var on = new CountDownLatch(1);
        var call =
                BlockedCall.start(
                        () -> {
                            try (var transfer = transfer(job, source)) {
                                while (confirmed.get() < batch.size()) {
                                    sendNext(transfer, batch, confirmed);
                                    if (confirmed.get() == 2 * BATCH) {
                                        on.await();
                                    }
                                }
                            }
                        });
        Awaitility.await().until(() -> confirmed.get() == 2 * BATCH || call.hasEnded());
        before.run();
        on.countDown();
        cut.cut(call);
        Awaitility.await().atMost(Duration.ofSeconds(60)).until(call::hasEnded);

        var rest = new Rest(job, source, batch, confirmed.get());
        // As long as it gets on: how long all of it takes is the machine's business.
        while (!rest.isSent()) {
            patiently().pollDelay(Duration.ZERO).until(rest::goesOn);
        }
        rest.forget();

        var arrived = peekTexts(destination);
        assertThat(rest.began).isGreaterThanOrEqualTo(confirmed.get());
        if (has(Behavior.EXACTLY_ONCE)) {
            assertThat(arrived).isEqualTo(texts(0, batch.size()));
            assertThat(texts(all(destination))).isEqualTo(texts(0, batch.size()));
        } else {
            assertThat(arrived).containsAll(texts(0, batch.size()));
            assertThat(arrived.size()).isLessThanOrEqualTo(batch.size() + BATCH);
        }
        assertThat(peekTexts(source)).hasSize(batch.size());
    }

    private static void sendNext(Transfer transfer, List<Outgoing> batch, AtomicInteger confirmed)
            throws BrokerException {
        var from = confirmed.get();
        var next = batch.subList(from, Math.min(from + BATCH, batch.size()));
        assertAllSent(transfer.send(next), next);
        confirmed.addAndGet(next.size());
    }

    /// What is sent after a crash, as the engine does it: from where the broker proves the job to
    /// be, with a new transfer after each that failed.
    private final class Rest {
        private final String job;
        private final QueueRef source;
        private final List<Outgoing> batch;
        private final AtomicInteger position;
        private @Nullable Transfer transfer;

        /// The sequence it began with.
        private int began = -1;

        Rest(String job, QueueRef source, List<Outgoing> batch, int confirmed) {
            this.job = job;
            this.source = source;
            this.batch = batch;
            this.position = new AtomicInteger(confirmed);
        }

        boolean isSent() {
            return began >= 0 && position.get() == batch.size();
        }

        /// @return true, as what fails throws
        boolean goesOn() throws BrokerException {
            try {
                var opened = open();
                if (!isSent()) {
                    sendNext(opened, batch, position);
                }
                return true;
            } catch (BrokerException | RuntimeException | AssertionError failed) {
                close();
                throw failed;
            }
        }

        private Transfer open() throws BrokerException {
            var opened = transfer;
            if (opened == null) {
                opened = transfer(job, source);
                transfer = opened;
                position.set((int) opened.provenPosition().orElse(position.get()));
                began = began < 0 ? position.get() : began;
            }
            return opened;
        }

        void forget() {
            if (transfer != null) {
                transfer.forget();
            }
            close();
        }

        private void close() {
            if (transfer != null) {
                transfer.close();
                transfer = null;
            }
        }
    }

    @Test
    final void closing_anything_twice_or_after_a_failure_never_throws() throws Exception {
        var queue = filled(3, 1);
        var other = open(fixture.settings());
        var closeables = new ArrayList<AutoCloseable>();
        closeables.add(other.browse(queue));
        closeables.add(other.scan(queue, Cursor.oldest(), Cursor.newest()));
        closeables.add(other.transfer(plan(newJob(), queue)));
        closeables.add(other);
        fixture.stop();
        for (var closeable : closeables) {
            assertThatCode(closeable::close).doesNotThrowAnyException();
            assertThatCode(closeable::close).doesNotThrowAnyException();
        }
    }
}
