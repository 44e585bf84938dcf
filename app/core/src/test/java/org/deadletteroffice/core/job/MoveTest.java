package org.deadletteroffice.core.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.deadletteroffice.core.Engine;
import org.deadletteroffice.core.EngineOptions;
import org.deadletteroffice.core.audit.AuditRow;
import org.deadletteroffice.core.profile.Environment;
import org.deadletteroffice.memory.Right;
import org.deadletteroffice.spi.connector.ServerSideMover.KnownMove;
import org.deadletteroffice.spi.connector.ServerSideMover.MoveStatus;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Moves that the broker makes by itself.
class MoveTest {
    @TempDir Path home;

    private static MoveRequest move(Office office, @Nullable Integer perSecond) {
        return new MoveRequest(office.dlq(), "elsewhere", perSecond, "a reason");
    }

    /// A move of all of so many messages, of which the broker has moved a few.
    private static String underway(Office office, int messages, int perSecond) throws Exception {
        office.die(0, messages);
        return underway(office, move(office, perSecond), null);
    }

    private static String underway(Office office, MoveRequest move, @Nullable String confirmation)
            throws Exception {
        var id = office.jobs().start(move, confirmation);
        await().until(() -> office.jobs().find(id).orElseThrow().sent() > 5);
        return id;
    }

    private static List<String> acts(Office office, String job) {
        return office.engine().audit().list(null, "", null, 100).stream()
                .filter(row -> job.equals(row.job()))
                .map(AuditRow::act)
                .toList();
    }

    @Test
    void a_whole_queue_is_moved_and_the_job_tells_how_many() throws Exception {
        try (var office = new Office(home, false)) {
            office.die(0, 1_200);

            var job = office.jobs().await(office.jobs().start(move(office, null), null));

            assertThat(job.state()).as(job.sentence()).isEqualTo(JobState.DONE);
            assertThat(job.kind()).isEqualTo(JobKind.MOVE);
            assertThat(job.sent()).isEqualTo(1_200);
            assertThat(job.sentence()).isEqualTo("Moved 1,200 messages.");
            assertThat(office.payloads("elsewhere"))
                    .containsExactlyElementsOf(Office.expected(0, 1_200));
            assertThat(office.payloads(Office.DLQ)).isEmpty();
            assertThat(acts(office, job.id())).containsExactly("move done", "move");
            assertThatThrownBy(() -> office.jobs().restore(job.id(), List.of(), "", null))
                    .hasMessageContaining("moved by the broker itself");
        }
    }

    @Test
    void a_stop_calls_it_off_and_what_was_moved_stays_moved() throws Exception {
        try (var office = new Office(home, false)) {
            var id = underway(office, 1_000, 100);
            assertThatThrownBy(() -> office.jobs().pause(id))
                    .hasMessageContaining("which cannot hold it");

            office.jobs().stop(id);
            var job = office.jobs().await(id);

            assertThat(job.state()).isEqualTo(JobState.STOPPED);
            assertThat(job.sentence()).contains("Stopped by the operator").contains("where it lay");
            assertThat(office.payloads("elsewhere")).hasSize((int) job.sent());
            assertThat(office.payloads(Office.DLQ)).hasSize(1_000 - (int) job.sent());
            assertThat(acts(office, id)).containsExactly("move stopped", "stop", "move");
        }
    }

    @Test
    void the_broker_goes_on_without_the_program_and_whoever_resumes_follows_the_same_move()
            throws Exception {
        try (var office = new Office(home, false)) {
            var id = underway(office, 300, 100);

            office.reopen();
            var left = office.jobs().find(id).orElseThrow();
            assertThat(left.state()).isEqualTo(JobState.INTERRUPTED);
            assertThat(left.sentence()).contains("goes on by itself");
            await().until(() -> office.payloads("elsewhere").size() > left.sent());

            office.jobs().resume(id);
            var job = office.jobs().await(id);
            assertThat(job.state()).as(job.sentence()).isEqualTo(JobState.DONE);
            assertThat(job.sent()).isEqualTo(300);
            assertThat(office.payloads("elsewhere")).doesNotHaveDuplicates().hasSize(300);
        }
    }

    @Test
    void a_stop_of_one_that_nobody_follows_calls_the_broker_off() throws Exception {
        try (var office = new Office(home, false)) {
            var id = underway(office, 1_000, 50);
            office.reopen();
            assertThat(office.jobs().find(id).orElseThrow().state())
                    .isEqualTo(JobState.INTERRUPTED);

            office.jobs().stop(id);
            var job = office.jobs().await(id);

            assertThat(job.state()).as(job.sentence()).isEqualTo(JobState.STOPPED);
            assertThat(state(office)).isEqualTo(MoveStatus.State.CANCELLED);
            assertThat(office.payloads(Office.DLQ)).hasSize(1_000 - (int) job.sent());
        }
    }

    @Test
    void a_stop_needs_no_production_profile_unlocked() throws Exception {
        try (var office = new Office(home, false, Environment.PRODUCTION)) {
            office.die(0, 1_000);
            office.engine().brokers().unlock(Office.PROFILE, Duration.ofMinutes(1), "fixed");
            var preview = office.jobs().rehearse(move(office, 50));
            var id = underway(office, move(office, 50).after(preview), Office.DLQ);
            office.reopen();

            office.jobs().stop(id);

            assertThat(office.jobs().await(id).state()).isEqualTo(JobState.STOPPED);
        }
    }

    @Test
    void a_stop_that_the_broker_cannot_hear_is_tried_until_it_does() throws Exception {
        try (var office = new Office(home, false)) {
            var id = underway(office, 2_000, 50);
            office.broker.faults().unreachable();

            office.jobs().stop(id);

            await().until(
                            () ->
                                    office.jobs()
                                            .find(id)
                                            .orElseThrow()
                                            .sentence()
                                            .contains("to be called off"));
            office.broker.faults().heal();
            assertThat(office.jobs().await(id).state()).isEqualTo(JobState.STOPPED);
            assertThat(state(office)).isEqualTo(MoveStatus.State.CANCELLED);
        }
    }

    @Test
    void closed_before_the_broker_heard_the_stop_it_can_be_stopped_again() throws Exception {
        try (var office = new Office(home, false)) {
            var id = underway(office, 2_000, 50);
            office.broker.faults().unreachable();
            office.jobs().stop(id);
            office.reopen();
            var left = office.jobs().find(id).orElseThrow();
            assertThat(left.state()).isEqualTo(JobState.INTERRUPTED);
            assertThat(left.sentence()).contains("may go on").endsWith("Stop the job once more.");
            office.broker.faults().heal();

            office.jobs().stop(id);

            assertThat(office.jobs().await(id).state()).isEqualTo(JobState.STOPPED);
        }
    }

    @Test
    void a_stop_of_one_that_never_reached_the_broker_starts_none() throws Exception {
        try (var office = new Office(home, false)) {
            office.die(0, 5);
            office.broker.faults().forbid(Right.WRITE, "elsewhere");
            var id = office.jobs().start(move(office, null), null);
            assertThat(office.jobs().await(id).state()).isEqualTo(JobState.INTERRUPTED);
            office.broker.faults().heal();

            office.jobs().stop(id);

            assertThat(office.jobs().await(id).state()).isEqualTo(JobState.STOPPED);
            assertThat(moves(office)).isEmpty();
            assertThat(office.payloads(Office.DLQ)).hasSize(5);
        }
    }

    @Test
    void one_that_is_given_up_does_not_claim_that_the_rest_stays() throws Exception {
        try (var office = new Office(home, false)) {
            var id = underway(office, 1_000, 50);
            office.reopen();

            office.jobs().abandon(id);

            assertThat(office.jobs().find(id).orElseThrow().sentence())
                    .contains("the broker may go on by itself");
        }
    }

    @Test
    void an_answer_lost_at_the_start_starts_no_second_move() throws Exception {
        try (var office = new Office(home, false)) {
            office.die(0, 300);
            var earlier = office.jobs().await(office.jobs().start(move(office, null), null));
            assertThat(earlier.sent()).isEqualTo(300);
            office.die(300, 600);
            office.broker.faults().loseNextAnswer();

            var id = office.jobs().start(move(office, 200), null);
            assertThat(office.jobs().await(id).state()).isEqualTo(JobState.INTERRUPTED);
            office.reopen();
            office.jobs().resume(id);

            var job = office.jobs().await(id);
            assertThat(job.state()).as(job.sentence()).isEqualTo(JobState.DONE);
            // A second move would have found fewer than all.
            assertThat(job.sent()).isEqualTo(300);
            assertThat(moves(office)).hasSize(2);
            assertThat(office.payloads("elsewhere")).hasSize(600).doesNotHaveDuplicates();
        }
    }

    @Test
    void a_start_that_never_reached_the_broker_is_made_by_the_resume() throws Exception {
        try (var office = new Office(home, false)) {
            office.die(0, 5);
            office.broker.faults().forbid(Right.WRITE, "elsewhere");
            var id = office.jobs().start(move(office, null), null);
            assertThat(office.jobs().await(id).sentence()).contains("does not allow");
            office.broker.faults().heal();

            office.jobs().resume(id);

            assertThat(office.jobs().await(id).sent()).isEqualTo(5);
            assertThat(moves(office)).hasSize(1);
        }
    }

    /// What the broker says of the one move that there is.
    private static MoveStatus.State state(Office office) throws Exception {
        var handle = moves(office).getFirst().handle();
        return office.engine()
                .brokers()
                .connection(Office.PROFILE)
                .serverSideMover()
                .orElseThrow()
                .status(handle)
                .state();
    }

    private static List<KnownMove> moves(Office office) throws Exception {
        return office.engine()
                .brokers()
                .connection(Office.PROFILE)
                .serverSideMover()
                .orElseThrow()
                .moves(office.dlq())
                .orElseThrow();
    }

    @Test
    void another_process_stops_it() throws Exception {
        try (var office = new Office(home, false);
                var other = Engine.open(EngineOptions.at(home))) {
            var id = underway(office, 1_000, 100);

            other.jobs().stop(id);

            assertThat(office.jobs().await(id).state()).isEqualTo(JobState.STOPPED);
        }
    }

    @Test
    void a_move_that_the_broker_gives_up_says_why() throws Exception {
        try (var office = new Office(home, false)) {
            var id = underway(office, 1_000, 100);

            office.broker.delete("elsewhere");

            var job = office.jobs().await(id);
            assertThat(job.state()).isEqualTo(JobState.DONE_IN_PART);
            assertThat(job.sentence()).startsWith("The move failed:").contains("elsewhere");
        }
    }

    @Test
    void it_is_refused_where_it_cannot_be_or_goes_nowhere() throws Exception {
        try (var office = new Office(home, true)) {
            assertThatThrownBy(() -> office.jobs().start(move(office, null), null))
                    .hasMessageContaining("does not move");
            var nowhere = new MoveRequest(office.dlq(), Office.DLQ, null, "");
            assertThatThrownBy(() -> office.jobs().start(nowhere, null))
                    .hasMessageContaining("is the queue in which the messages lie");
            assertThat(office.jobs().list()).isEmpty();
        }
    }

    @Test
    void production_wants_it_unlocked_named_and_reasoned() throws Exception {
        try (var office = new Office(home, false, Environment.PRODUCTION)) {
            office.die(0, 3);
            assertThatThrownBy(() -> office.jobs().start(move(office, null), Office.DLQ))
                    .hasMessageContaining("read-only");
            office.engine().brokers().unlock(Office.PROFILE, Duration.ofMinutes(1), "fixed");
            assertThatThrownBy(() -> office.jobs().start(move(office, null), "x"))
                    .hasMessageContaining("has to be typed");
            assertThatThrownBy(() -> office.jobs().start(move(office, null), Office.DLQ))
                    .hasMessageContaining("has to be rehearsed");
            var preview = office.jobs().rehearse(move(office, null));
            assertThat(preview.messages().value()).isEqualTo(3);
            var reviewed = move(office, null).after(preview);
            var job = office.jobs().await(office.jobs().start(reviewed, Office.DLQ));
            assertThat(job.sent()).isEqualTo(3);
        }
    }
}
