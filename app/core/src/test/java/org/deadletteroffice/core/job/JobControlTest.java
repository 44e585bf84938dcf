package org.deadletteroffice.core.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A job that is paused, stopped, left behind and resumed.
class JobControlTest {
    @TempDir Path home;

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void a_paused_job_goes_on_and_a_stopped_one_leaves_the_rest(boolean log) throws Exception {
        try (var office = new Office(home, log)) {
            office.die(0, 500);
            var id = office.jobs().start(Office.with(office.all(), new Pace(200.0, null)), null);
            await().until(() -> office.jobs().find(id).orElseThrow().sent() > 20);
            office.jobs().pause(id);
            assertThat(office.jobs().await(id).state()).isEqualTo(JobState.PAUSED);
            await().until(() -> settled(office, id));
            var paused = office.broker.messages(Office.ORIGIN).size();
            assertThat(paused).isLessThan(500);
            await().during(Duration.ofMillis(500))
                    .until(() -> office.broker.messages(Office.ORIGIN).size() == paused);
            office.jobs().resume(id);
            await().until(() -> office.broker.messages(Office.ORIGIN).size() > paused);
            office.jobs().stop(id);
            var job = office.jobs().await(id);
            assertThat(job.state()).isEqualTo(JobState.STOPPED);
            assertThat(job.sent())
                    .isEqualTo(job.removed())
                    .isEqualTo(office.broker.messages(Office.ORIGIN).size());
            if (!log) {
                assertThat(office.broker.messages(Office.DLQ)).hasSize(500 - (int) job.sent());
            }
            var rest = office.run(office.all());
            assertThat(rest.sent()).isEqualTo(500 - job.sent());
            assertThat(office.payloads(Office.ORIGIN))
                    .containsExactlyInAnyOrderElementsOf(Office.expected(0, 500));
        }
    }

    private static boolean settled(Office office, String id) {
        var job = office.jobs().find(id).orElseThrow();
        return job.sent() == office.broker.messages(Office.ORIGIN).size()
                && job.removed() == job.sent();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void a_closed_program_leaves_its_job_interrupted_and_the_next_resumes_it(boolean log)
            throws Exception {
        try (var office = new Office(home, log)) {
            office.die(0, 400);
            var id = office.jobs().start(Office.with(office.all(), new Pace(400.0, null)), null);
            await().until(() -> office.jobs().find(id).orElseThrow().sent() > 50);
            office.reopen();
            assertThat(office.jobs().find(id).orElseThrow().state())
                    .isEqualTo(JobState.INTERRUPTED);
            office.jobs().resume(id);
            var job = office.jobs().await(id);
            assertThat(job.state()).isEqualTo(JobState.DONE);
            assertThat(job.sent()).isEqualTo(400);
            assertThat(office.payloads(Office.ORIGIN))
                    .containsExactlyInAnyOrderElementsOf(Office.expected(0, 400));
        }
    }

    @Test
    void an_interrupted_job_can_be_abandoned_and_only_an_interrupted_one() throws Exception {
        try (var office = new Office(home, true)) {
            office.die(0, 100);
            var id = office.jobs().start(Office.with(office.all(), new Pace(50.0, null)), null);
            assertThatThrownBy(() -> office.jobs().abandon(id))
                    .hasMessageContaining("is not interrupted");
            await().until(() -> office.jobs().find(id).orElseThrow().sent() > 0);
            office.reopen();
            office.jobs().abandon(id);
            assertThat(office.jobs().find(id).orElseThrow().state()).isEqualTo(JobState.ABANDONED);
            assertThatThrownBy(() -> office.jobs().resume(id)).hasMessageContaining("has ended");
        }
    }

    @Test
    void changes_are_told() throws Exception {
        try (var office = new Office(home, true)) {
            office.die(0, 5);
            var seen = new java.util.concurrent.CopyOnWriteArrayList<List<JobInfo>>();
            try (var _ = office.jobs().changes().subscribe(seen::add)) {
                var job = office.run(office.all());
                await().until(
                                () ->
                                        seen.getLast().stream()
                                                .anyMatch(
                                                        info ->
                                                                info.id().equals(job.id())
                                                                        && info.state()
                                                                                == JobState.DONE));
            }
        }
    }
}
