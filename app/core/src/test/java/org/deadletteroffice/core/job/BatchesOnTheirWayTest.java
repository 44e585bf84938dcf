package org.deadletteroffice.core.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.LongStream;
import org.deadletteroffice.core.job.Pace.ErrorBudget;
import org.deadletteroffice.spi.error.BrokerException;
import org.deadletteroffice.spi.error.Remedy;
import org.deadletteroffice.spi.transfer.Outgoing;
import org.deadletteroffice.spi.transfer.Transfer;
import org.deadletteroffice.spi.transfer.TransferEvent;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A job of which several batches are on their way, and that is stopped, paused, or loses some of
/// them.
class BatchesOnTheirWayTest {
    private static final int AT_ONCE = 4;
    private static final int PART = 125;

    /// Of the least that goes together where refusals are counted.
    private static final int PART_OF_50 = 12;

    @TempDir Path home;

    private static List<TransferEvent> stored(int number, List<Outgoing> batch, Transfer memory)
            throws BrokerException {
        return memory.send(batch);
    }

    private static BrokerException lost() {
        return new BrokerException.Unreachable(
                "The broker is gone.", new Remedy.Wait(Duration.ZERO), null);
    }

    private static List<TransferEvent> refused(List<Outgoing> batch) {
        var reason =
                new BrokerException.Unsupported("It is full.", new Remedy.Advice("Wait."), null);
        return batch.stream()
                .<TransferEvent>map(each -> new TransferEvent.Refused(each.sequence(), reason))
                .toList();
    }

    private static void awaitAllOnTheirWay(LateConfirms confirms) {
        await().until(() -> confirms.begun().size() == AT_ONCE);
    }

    @Test
    void a_stop_writes_down_what_is_on_its_way() throws Exception {
        var confirms = new LateConfirms(BatchesOnTheirWayTest::stored);
        try (var office = new Office(home, false, List.of(confirms))) {
            office.die(0, 2_000);
            var id = office.jobs().start(office.all(), null);
            awaitAllOnTheirWay(confirms);
            office.jobs().stop(id);
            confirms.confirm();

            var job = office.jobs().await(id);
            assertThat(job.state()).isEqualTo(JobState.STOPPED);
            assertThat(office.payloads(Office.ORIGIN))
                    .isEqualTo(Office.expected(0, AT_ONCE * PART));
            assertThat(job.sent()).isEqualTo(job.removed()).isEqualTo(AT_ONCE * PART);
            assertThat(office.payloads(Office.DLQ))
                    .isEqualTo(Office.expected(AT_ONCE * PART, 2_000));
        }
    }

    @Test
    void a_pause_writes_down_what_is_on_its_way_before_it_waits() throws Exception {
        var confirms = new LateConfirms(BatchesOnTheirWayTest::stored);
        try (var office = new Office(home, false, List.of(confirms))) {
            office.die(0, 2_000);
            var id = office.jobs().start(office.all(), null);
            awaitAllOnTheirWay(confirms);
            office.jobs().pause(id);
            confirms.confirm();

            assertThat(office.jobs().await(id).state()).isEqualTo(JobState.PAUSED);
            await().untilAsserted(
                            () -> {
                                var job = office.jobs().find(id).orElseThrow();
                                assertThat(job.sent())
                                        .isEqualTo(job.removed())
                                        .isEqualTo(AT_ONCE * PART);
                            });
            assertThat(confirms.begun()).as("begun while paused").hasSize(AT_ONCE);

            office.jobs().resume(id);
            assertThat(office.jobs().await(id).state()).isEqualTo(JobState.DONE);
            assertThat(office.payloads(Office.ORIGIN)).isEqualTo(Office.expected(0, 2_000));
        }
    }

    @Test
    void a_stop_rule_writes_down_what_is_on_its_way() throws Exception {
        var confirms =
                new LateConfirms(
                        (number, batch, memory) ->
                                number == 0 ? refused(batch) : memory.send(batch));
        try (var office = new Office(home, false, List.of(confirms))) {
            office.die(0, 2_000);
            var pace = new Pace(null, null, new ErrorBudget(10, null));
            var id = office.jobs().start(Office.with(office.all(), pace), null);
            awaitAllOnTheirWay(confirms);
            confirms.confirm();

            var job = office.jobs().await(id);
            assertThat(job.state()).isEqualTo(JobState.STOPPED);
            assertThat(job.failed()).isEqualTo(PART_OF_50);
            var end = AT_ONCE * PART_OF_50;
            assertThat(office.payloads(Office.ORIGIN)).isEqualTo(Office.expected(PART_OF_50, end));
            assertThat(job.sent()).isEqualTo(job.removed()).isEqualTo(end - PART_OF_50);
        }
    }

    /// Two batches are more refusals in a row than any job may have.
    @Test
    void a_stop_rule_ends_the_job_in_its_own_words_though_what_is_behind_is_lost()
            throws Exception {
        stoppedByRule(
                new Pace(null, null),
                2,
                2 * PART,
                "250 messages in a row were refused. It is full.");
    }

    @Test
    void an_overspent_budget_ends_the_job_in_its_own_words_though_what_is_behind_is_lost()
            throws Exception {
        stoppedByRule(
                new Pace(null, null, new ErrorBudget(10, null)),
                1,
                PART_OF_50,
                "12 messages were refused, and 10 may be");
    }

    /// @param batches how many are refused before all others are lost
    private void stoppedByRule(Pace pace, int batches, int messages, String words)
            throws Exception {
        var back = new AtomicBoolean();
        var confirms =
                new LateConfirms(
                        (number, batch, memory) -> {
                            if (back.get()) {
                                return memory.send(batch);
                            }
                            if (number < batches) {
                                return refused(batch);
                            }
                            throw lost();
                        });
        try (var office = new Office(home, false, List.of(confirms))) {
            office.die(0, 2_000);
            var id = office.jobs().start(Office.with(office.all(), pace), null);
            awaitAllOnTheirWay(confirms);
            confirms.confirm();

            var stopped = office.jobs().await(id);
            assertThat(stopped.sentence()).contains("Stopped by itself", words, "Resume");
            assertThat(stopped.state()).isEqualTo(JobState.INTERRUPTED);
            assertThat(stopped.failed()).isEqualTo(messages);
            assertThat(office.payloads(Office.DLQ)).isEqualTo(Office.expected(0, 2_000));

            back.set(true);
            office.jobs().resume(id);
            assertThat(office.jobs().await(id).state()).isEqualTo(JobState.DONE_IN_PART);
            assertThat(office.payloads(Office.ORIGIN)).isEqualTo(Office.expected(messages, 2_000));
        }
    }

    /// As RabbitMQ's channel does, which ends in the midst of a batch and takes with it what was
    /// begun behind that.
    @Test
    void what_was_lost_goes_again_in_the_order_in_which_it_was_planned() throws Exception {
        var ended = new AtomicReference<@Nullable Transfer>();
        var confirms =
                new LateConfirms(
                        (number, batch, memory) -> {
                            if (number == 1) {
                                ended.set(memory);
                                return lostBehind(50, batch, memory);
                            }
                            if (ended.get() != memory) {
                                return memory.send(batch);
                            }
                            if (number == 2) {
                                return untouched(batch);
                            }
                            throw lost();
                        });
        try (var office = new Office(home, false, List.of(confirms))) {
            office.die(0, 1_000);
            var id = office.jobs().start(office.all(), null);
            awaitAllOnTheirWay(confirms);
            confirms.confirm();

            assertThat(office.jobs().await(id).state()).isEqualTo(JobState.DONE);
            var first = (long) PART + 50;
            assertThat(confirms.begun())
                    .as("sent again at once, in order")
                    .contains(LongStream.range(first, endOfLost(confirms)).boxed().toList());
            assertThat(office.payloads(Office.ORIGIN)).isEqualTo(Office.expected(0, 1_000));
        }
    }

    /// The first sequence that was not begun when the loss was told.
    private static long endOfLost(LateConfirms confirms) {
        var next = 0L;
        for (var batch : confirms.begun()) {
            if (batch.getFirst() < next) {
                break;
            }
            next = batch.getLast() + 1;
        }
        return next;
    }

    /// The newest first, as nothing says that a connector tells in order.
    private static List<TransferEvent> lostBehind(int stored, List<Outgoing> batch, Transfer memory)
            throws BrokerException {
        var events = new ArrayList<TransferEvent>();
        for (var each : batch.subList(stored, batch.size()).reversed()) {
            events.add(new TransferEvent.Unknown(each.sequence(), lost()));
        }
        events.addAll(memory.send(batch.subList(0, stored)));
        return events;
    }

    private static List<TransferEvent> untouched(List<Outgoing> batch) {
        return batch.stream()
                .<TransferEvent>map(each -> new TransferEvent.Untouched(each.sequence()))
                .toList();
    }
}
