package org.deadletteroffice.core.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A scope of zero messages.
class NothingToDoTest {
    @TempDir Path home;

    @ParameterizedTest(name = "log {0}")
    @ValueSource(booleans = {true, false})
    void a_scope_that_means_no_message_is_rehearsed_run_and_done(boolean log) throws Exception {
        try (var office = new Office(home, log)) {
            for (var dead : List.of(0, 3)) {
                office.die(0, dead);
                var none = new Scope.Matching("payload.n == 99");
                var request = RedriveRequest.toOrigin(office.dlq(), none);

                assertThat(office.jobs().rehearse(request).inScope()).isZero();
                var job = office.run(request);

                assertThat(job.state()).isEqualTo(JobState.DONE);
                assertThat(job.sentence()).isEqualTo("Sent 0 messages.");
                assertThat(job.planned()).isZero();
                assertThat(office.payloads(Office.ORIGIN)).isEmpty();
                assertThat(office.payloads(Office.DLQ)).hasSize(dead);
            }
        }
    }

    @ParameterizedTest(name = "log {0}")
    @ValueSource(booleans = {true, false})
    void a_choice_of_no_message_is_refused(boolean log) throws Exception {
        try (var office = new Office(home, log)) {
            var request = RedriveRequest.toOrigin(office.dlq(), new Scope.Ids(List.of()));

            assertThatThrownBy(() -> office.jobs().start(request, null))
                    .hasMessageContaining("No message is chosen");
            assertThat(office.jobs().list()).isEmpty();
        }
    }
}
