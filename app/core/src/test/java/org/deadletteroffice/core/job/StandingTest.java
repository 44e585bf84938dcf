package org.deadletteroffice.core.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.deadletteroffice.core.ledger.Wish;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class StandingTest {
    @TempDir Path home;

    /// An operator resumes a job in the moment in which it ends: the call found the run, and
    /// reaches it when the run has written its end already.
    @ParameterizedTest
    @EnumSource(
            value = Wish.class,
            names = {"RUN", "PAUSE"})
    void a_wish_that_comes_too_late_leaves_an_ended_job_as_it_is(Wish wish) throws Exception {
        try (var office = new Office(home, true)) {
            office.die(0, 50);
            var id = office.jobs().start(Office.with(office.all(), new Pace(100.0, null)), null);
            var run = office.jobs().running(id).orElseThrow();
            assertThat(office.jobs().await(id).state()).isEqualTo(JobState.DONE);
            run.hear(wish);
            assertThat(office.jobs().find(id).orElseThrow().state()).isEqualTo(JobState.DONE);
        }
    }
}
