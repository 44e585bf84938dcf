package org.deadletteroffice.core.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.deadletteroffice.core.Engine;
import org.deadletteroffice.core.EngineOptions;
import org.deadletteroffice.core.OperatorException;
import org.deadletteroffice.memory.Flavour;
import org.deadletteroffice.memory.MemoryMessage;
import org.deadletteroffice.memory.Right;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A job and those who do not run it. A second engine on the data folder stands for the second
/// process: it shares nothing with the first but the store.
class OtherProcessTest {
    @TempDir Path home;

    @Test
    void another_process_pauses_a_job_within_a_second_and_lets_it_go_on() throws Exception {
        try (var office = new Office(home, true);
                var other = Engine.open(EngineOptions.at(home))) {
            office.die(0, 2_000);
            var id = office.jobs().start(Office.with(office.all(), new Pace(200.0, null)), null);
            await().until(() -> office.broker.messages(Office.ORIGIN).size() > 10);
            other.jobs().pause(id);
            await().atMost(Duration.ofSeconds(1))
                    .until(() -> other.jobs().find(id).orElseThrow().state() == JobState.PAUSED);
            await().until(
                            () ->
                                    office.jobs().find(id).orElseThrow().sent()
                                            == office.broker.messages(Office.ORIGIN).size());
            var sent = office.broker.messages(Office.ORIGIN).size();
            await().during(Duration.ofMillis(600))
                    .until(() -> office.broker.messages(Office.ORIGIN).size() == sent);
            other.jobs().resume(id);
            await().until(() -> office.broker.messages(Office.ORIGIN).size() > sent);
            other.jobs().stop(id);
            assertThat(office.jobs().await(id).state()).isEqualTo(JobState.STOPPED);
            assertThat(office.payloads(Office.ORIGIN)).doesNotHaveDuplicates();
        }
    }

    @Test
    void another_process_reads_what_a_job_waits_for_and_that_it_goes_on() throws Exception {
        try (var office = new Office(home, false);
                var other = Engine.open(EngineOptions.at(home))) {
            office.die(0, 900);
            office.broker.faults().failAfter(300);
            var id = office.jobs().start(Office.with(office.all(), new Pace(600.0, null)), null);
            await().until(() -> sentence(other, id).contains("does not answer"));
            assertThat(sentence(other, id)).contains("then try");
            assertThat(other.jobs().find(id).orElseThrow().state()).isEqualTo(JobState.RUNNING);

            office.broker.faults().heal();
            await().until(() -> sentence(other, id).isEmpty());
            assertThat(office.jobs().await(id).state()).isEqualTo(JobState.DONE);
        }
    }

    private static String sentence(Engine of, String job) {
        return of.jobs().find(job).orElseThrow().sentence();
    }

    @Test
    void of_many_that_resume_one_job_at_once_exactly_one_runs_it() throws Exception {
        try (var office = new Office(home, true)) {
            office.die(0, 600);
            var id = office.jobs().start(Office.with(office.all(), new Pace(300.0, null)), null);
            await().until(() -> office.jobs().find(id).orElseThrow().sent() > 20);
            office.reopen();
            try (var second = Engine.open(EngineOptions.at(home));
                    var third = Engine.open(EngineOptions.at(home));
                    var threads = Executors.newVirtualThreadPerTaskExecutor()) {
                var tries =
                        List.of(office.engine(), second, third).stream()
                                .<Callable<Boolean>>map(engine -> () -> resumed(engine, id))
                                .toList();
                var won = 0;
                for (var each : threads.invokeAll(tries)) {
                    won += each.get() ? 1 : 0;
                }
                assertThat(won).isEqualTo(1);
                await().atMost(Duration.ofSeconds(30))
                        .until(() -> office.jobs().find(id).orElseThrow().state().isEnd());
            }
            assertThat(office.payloads(Office.ORIGIN))
                    .containsExactlyInAnyOrderElementsOf(Office.expected(0, 600));
        }
    }

    private static boolean resumed(Engine engine, String job) throws Exception {
        try {
            engine.jobs().resume(job);
            return true;
        } catch (OperatorException late) {
            assertThat(late.kind()).isEqualTo(OperatorException.Kind.WRONG_USE);
            return false;
        }
    }

    @Test
    void what_the_destination_refused_meanwhile_is_tried_again_alone() throws Exception {
        try (var office = new Office(home, false)) {
            office.broker.create("strict", Flavour.QUEUE, 1, 400);
            office.die(0, 1_000);
            office.broker.send(Office.DLQ, Office.letter("x"), MemoryMessage.of("y"));
            var request = Office.to(office.all(), "strict", new Change.None(), List.of());
            var id = office.jobs().start(Office.with(request, new Pace(400.0, null)), null);
            await().until(() -> office.broker.messages("strict").size() > 100);
            office.broker.faults().forbid(Right.WRITE, "strict");
            var job = office.jobs().await(id);
            assertThat(job.failed()).as(job.sentence()).isPositive();
            office.broker.faults().heal();

            var failed = job.failed();
            var retried = office.jobs().await(office.jobs().retryFailed(id));
            assertThat(retried.planned()).isEqualTo(failed);
            assertThat(retried.sent()).isEqualTo(failed);
            assertThat(office.payloads("strict")).doesNotHaveDuplicates();
        }
    }

    @Test
    void a_clock_that_is_set_back_disturbs_neither_a_job_nor_the_trail() throws Exception {
        var now = new SettableClock();
        try (var office = new Office(home, true)) {
            office.die(0, 300);
            office.engine().close();
            try (var engine = Engine.open(new EngineOptions(home, now, List.of()))) {
                var id =
                        engine.jobs().start(Office.with(office.all(), new Pace(200.0, null)), null);
                await().until(() -> engine.jobs().find(id).orElseThrow().sent() > 20);
                now.setBack(Duration.ofDays(400));
                try (var other = Engine.open(EngineOptions.at(home))) {
                    assertThat(other.jobs().find(id).orElseThrow().state())
                            .isEqualTo(JobState.RUNNING);
                }
                var job = engine.jobs().await(id);
                assertThat(job.state()).isEqualTo(JobState.DONE);
                assertThat(job.elapsed())
                        .as("never less than nothing")
                        .isGreaterThanOrEqualTo(Duration.ZERO);
                assertThat(engine.audit().verify().intact()).isTrue();
                assertThat(engine.audit().list(null, "", null, 1).getFirst().act())
                        .as("the newest row is the last written")
                        .isEqualTo("redrive done");
                assertThatThrownBy(() -> engine.jobs().resume(id))
                        .hasMessageContaining("has ended");
            }
            assertThat(office.payloads(Office.ORIGIN))
                    .containsExactlyInAnyOrderElementsOf(Office.expected(0, 300));
        }
    }

    private static final class SettableClock extends Clock {
        private volatile Duration back = Duration.ZERO;

        void setBack(Duration by) {
            back = by;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return Instant.now().minus(back);
        }
    }
}
