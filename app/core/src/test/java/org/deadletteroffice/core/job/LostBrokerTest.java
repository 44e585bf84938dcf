package org.deadletteroffice.core.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.util.List;
import org.deadletteroffice.memory.Right;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A job whose broker fails it.
class LostBrokerTest {
    @TempDir Path home;

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void a_lost_confirmation_of_an_exactly_once_transfer_sends_nothing_twice(boolean log)
            throws Exception {
        try (var office = new Office(home, log)) {
            office.die(0, 1_200);
            office.broker.faults().loseNextAnswer();
            var job = office.run(office.all());
            assertThat(job.state()).isEqualTo(JobState.DONE);
            var expected = Office.expected(0, 1_200);
            if (log) {
                assertThat(office.payloads(Office.ORIGIN))
                        .containsExactlyInAnyOrderElementsOf(expected);
            } else {
                assertThat(office.payloads(Office.ORIGIN)).containsAll(expected);
                var ids =
                        office.broker.messages(Office.ORIGIN).stream()
                                .map(
                                        letter ->
                                                letter.headers()
                                                        .lastText("x-redrive-id")
                                                        .orElseThrow())
                                .distinct();
                assertThat(ids).as("a repeat carries the same id").hasSize(1_200);
            }
        }
    }

    @Test
    void a_job_whose_proof_ran_out_is_not_resumed_as_if_nothing_was_sent() throws Exception {
        try (var office = new Office(home, true)) {
            office.die(0, 1_000);
            var id = office.jobs().start(Office.with(office.all(), new Pace(200.0, null)), null);
            await().until(() -> office.jobs().find(id).orElseThrow().sent() > 50);
            office.reopen();
            var sent = office.broker.messages(Office.ORIGIN).size();
            office.broker.forgetProofs();

            office.jobs().resume(id);
            var job = office.jobs().await(id);

            assertThat(job.state()).isEqualTo(JobState.INTERRUPTED);
            assertThat(job.sentence()).contains("has forgotten what it proved", "Abandon it");
            assertThat(office.broker.messages(Office.ORIGIN)).hasSize(sent);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void a_broker_that_comes_back_soon_is_waited_for(boolean log) throws Exception {
        try (var office = new Office(home, log)) {
            office.die(0, 900);
            office.broker.faults().failAfter(300);
            var id = office.jobs().start(office.all(), null);
            await().until(
                            () ->
                                    office.jobs()
                                            .find(id)
                                            .orElseThrow()
                                            .sentence()
                                            .contains("then try"));
            office.broker.faults().heal();
            var job = office.jobs().await(id);
            assertThat(job.state()).isEqualTo(JobState.DONE);
            assertThat(job.sentence()).doesNotContain("then try");
            assertThat(office.payloads(Office.ORIGIN))
                    .as("what the broker had confirmed is not sent again")
                    .containsExactlyInAnyOrderElementsOf(Office.expected(0, 900));
        }
    }

    @Test
    void a_broker_that_refuses_the_sender_interrupts_the_job_with_a_sentence() throws Exception {
        try (var office = new Office(home, true)) {
            office.die(0, 10);
            office.broker.faults().forbid(Right.READ, Office.DLQ);
            var id = office.jobs().start(office.all(), null);
            var job = office.jobs().await(id);
            assertThat(job.state()).isEqualTo(JobState.INTERRUPTED);
            assertThat(job.sentence()).contains("does not allow").contains("resume");
            office.broker.faults().heal();
            office.jobs().resume(id);
            assertThat(office.jobs().await(id).state()).isEqualTo(JobState.DONE);
            assertThat(office.payloads(Office.ORIGIN))
                    .containsExactlyInAnyOrderElementsOf(Office.expected(0, 10));
        }
    }

    @Test
    void what_was_refused_can_be_tried_again_alone() throws Exception {
        try (var office = new Office(home, false)) {
            office.die(0, 5);
            office.broker.delete("elsewhere");
            var request = Office.to(office.all(), "elsewhere", new Change.None(), List.of());
            var job = office.run(request);
            assertThat(job.excluded()).isEqualTo(5);
            assertThatThrownBy(() -> office.jobs().retryFailed(job.id()))
                    .hasMessageContaining("no failed messages");
        }
    }
}
