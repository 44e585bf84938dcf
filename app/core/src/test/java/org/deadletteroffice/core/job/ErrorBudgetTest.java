package org.deadletteroffice.core.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.deadletteroffice.core.job.Pace.ErrorBudget;
import org.deadletteroffice.memory.Right;
import org.deadletteroffice.spi.message.QueueKind;
import org.deadletteroffice.spi.message.QueueRef;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ErrorBudgetTest {
    @TempDir Path home;

    @Property
    void a_window_counts_the_refusals_among_the_last_ones(
            @ForAll @IntRange(min = 1, max = 12) int size, @ForAll List<Boolean> refusals) {
        var window = new FailureWindow(size);
        var all = new FailureWindow(null);
        var last = new ArrayDeque<Boolean>();
        var total = 0;
        for (var refused : refusals) {
            last.addLast(refused);
            if (last.size() > size) {
                last.removeFirst();
            }
            total += refused ? 1 : 0;
            assertThat(window.add(refused)).isEqualTo(last.stream().filter(each -> each).count());
            assertThat(all.add(refused)).isEqualTo(total);
        }
    }

    /// What is refused while the plan thought it would be taken.
    @ParameterizedTest(name = "log {0}")
    @CsvSource({"true", "false"})
    void a_job_that_overspends_its_budget_stops_by_itself(boolean log) throws Exception {
        try (var office = new Office(home, log)) {
            office.die(0, 1_000);
            var request =
                    Office.with(office.all(), new Pace(500.0, null, new ErrorBudget(10, 100)));
            var id = office.jobs().start(request, null);
            await().until(() -> office.broker.messages(Office.ORIGIN).size() > 100);
            office.broker.faults().forbid(Right.WRITE, Office.ORIGIN);

            var job = office.jobs().await(id);
            assertThat(job.state()).isEqualTo(JobState.STOPPED);
            assertThat(job.sentence())
                    .contains("of the last 100 messages were refused, and 10 may be")
                    .contains("what was not sent lies where it lay");
            assertThat(job.failed()).as("one batch at most").isBetween(11L, 60L);

            office.broker.faults().heal();
            var rest = office.run(office.all());
            assertThat(rest.state()).isEqualTo(JobState.DONE);
            assertThat(office.payloads(Office.ORIGIN))
                    .containsExactlyInAnyOrderElementsOf(Office.expected(0, 1_000));
        }
    }

    @Test
    void a_job_that_stays_within_its_budget_goes_on() throws Exception {
        try (var office = new Office(home, true)) {
            office.die(0, 200);
            var pace = new Pace(null, null, new ErrorBudget(0, null));

            assertThat(office.run(Office.with(office.all(), pace)).state())
                    .isEqualTo(JobState.DONE);
        }
    }

    @ParameterizedTest(name = "{0} of {1}")
    @CsvSource(
            nullValues = "all",
            value = {"-1, all", "5, 5", "5, 0", "5, 2000000"})
    void a_budget_that_makes_no_sense_is_refused(int most, @Nullable Integer window)
            throws Exception {
        try (var office = new Office(home, true)) {
            var pace = new Pace(null, null, new ErrorBudget(most, window));

            assertThatThrownBy(() -> office.run(Office.with(office.all(), pace)))
                    .hasMessageContaining("budget makes no sense");
        }
    }

    @Test
    void a_budget_is_kept_with_the_job() {
        var request =
                RedriveRequest.toOrigin(
                        new QueueRef("here", "q", QueueKind.QUEUE), new Scope.All());
        for (var budget : List.of(new ErrorBudget(3, null), new ErrorBudget(3, 50))) {
            var asked = Office.with(request, new Pace(null, null, budget));

            assertThat(RequestJson.read(RequestJson.write(asked))).isEqualTo(asked);
        }
    }
}
