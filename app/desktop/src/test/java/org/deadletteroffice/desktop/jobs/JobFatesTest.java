package org.deadletteroffice.desktop.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.deadletteroffice.memory.SampleDeadLetters.MAILS_DLQ;
import static org.deadletteroffice.memory.SampleDeadLetters.ORDERS;
import static org.deadletteroffice.memory.SampleDeadLetters.ORDERS_DLT;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.deadletteroffice.core.job.JobInfo;
import org.deadletteroffice.core.job.JobKind;
import org.deadletteroffice.core.job.JobState;
import org.deadletteroffice.core.job.Pace;
import org.deadletteroffice.core.job.PurgeRequest;
import org.deadletteroffice.core.job.RedriveRequest;
import org.deadletteroffice.core.job.Scope;
import org.deadletteroffice.desktop.OnWorkbench;
import org.deadletteroffice.desktop.Workbench;
import org.deadletteroffice.desktop.shell.Sheet;
import org.deadletteroffice.memory.DeathHeaders;
import org.deadletteroffice.memory.MemoryMessage;
import org.deadletteroffice.spi.message.DeadLetter;
import org.deadletteroffice.spi.message.Failure;
import org.deadletteroffice.spi.message.MessageId;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What became of a job's messages, and what to do about a job.
class JobFatesTest extends OnWorkbench {
    private static final String READER = "orders-service";

    private JobsModel model;

    @BeforeEach
    void open() throws Exception {
        bench.broker().consume(ORDERS, READER, 0);
        model = new JobsModel(bench.desk(), Clock.systemUTC());
    }

    private JobInfo run(RedriveRequest request) throws Exception {
        return shown(bench.engine().jobs().start(request, null));
    }

    private JobInfo shown(String id) throws Exception {
        var job = bench.engine().jobs().await(id);
        model.show(bench.engine().jobs().list());
        return job;
    }

    private RedriveRequest ofSix(Pace pace) {
        var ids = IntStream.range(0, 6).mapToObj(i -> new MessageId(i % 3 + "-" + i)).toList();
        var plain =
                RedriveRequest.toOrigin(
                        bench.queue(Workbench.PROFILE, ORDERS_DLT), new Scope.Ids(ids));
        return plain.copy().pace(pace).build();
    }

    /// A reader that still fails.
    private void dieAgain(DeadLetter letter) {
        bench.broker()
                .send(
                        ORDERS_DLT,
                        new MemoryMessage(
                                null,
                                letter.key(),
                                letter.payload(),
                                DeathHeaders.after(
                                        letter.headers(),
                                        DeathHeaders.of(ORDERS, "E", "again").spring()),
                                null,
                                Failure.NONE));
    }

    @Test
    void four_counts_are_told_and_follow_what_happens() throws Exception {
        run(ofSix(Pace.FULL));
        var fates = model.fates();
        assertThat(fates.offeredProperty().get()).isTrue();
        assertThat(fates.fatesProperty().get().waiting()).isEqualTo(6);
        assertThat(fates.noteProperty().get()).contains("looks again by itself");

        bench.broker().consume(ORDERS, READER, 4).stream().limit(1).forEach(this::dieAgain);
        // What the clock does while the screen shows.
        model.start().close();
        var after = fates.fatesProperty().get();
        assertThat(after.back()).isEqualTo(1);
        assertThat(after.consumed()).isEqualTo(3);
        assertThat(after.waiting()).isEqualTo(2);
        assertThat(after.unknown()).isZero();
    }

    @Test
    void a_purge_has_no_fates_and_is_put_back_whole_or_in_part() throws Exception {
        var queue = bench.queue(Workbench.PROFILE, MAILS_DLQ);
        shown(bench.engine().jobs().start(PurgeRequest.of(queue, new Scope.All()), null));
        assertThat(model.fates().offeredProperty().get()).isFalse();
        assertThat(model.actsProperty().get().undo()).isTrue();
        model.undo(List.of(model.items().get(3), model.items().get(5)));
        assertThat(bench.dialogs().asked.getLast().title()).contains("2 messages");
        var restored = shown(bench.engine().jobs().list().getFirst().id());
        assertThat(restored.kind()).isEqualTo(JobKind.RESTORE);
        assertThat(bench.broker().messages(MAILS_DLQ)).hasSize(2);
        assertThat(model.actsProperty().get().fates()).as("it sent nothing on").isFalse();
    }

    @Test
    void a_canary_that_stopped_itself_says_why_and_what_to_do() throws Exception {
        var canary = new Pace.Canary(2, Duration.ofSeconds(20), 0.2);
        var id = bench.engine().jobs().start(ofSix(new Pace(null, canary)), null);
        org.awaitility.Awaitility.await().until(() -> bench.broker().messages(ORDERS).size() == 2);
        bench.broker().consume(ORDERS, READER, 2).forEach(this::dieAgain);
        var job = shown(id);
        assertThat(job.state()).as(job.sentence()).isEqualTo(JobState.STOPPED);
        assertThat(bench.broker().messages(ORDERS)).hasSize(2);
        assertThat(JobAdvice.of(job))
                .hasValueSatisfying(
                        advice -> {
                            assertThat(advice.title()).contains("canary");
                            assertThat(advice.reason()).contains("2 of the first 2 came back");
                            assertThat(advice.remedy()).contains("Open the queue");
                        });

        assertThat(model.actsProperty().get().rest()).isTrue();
        model.redriveRest();
        var sheet = bench.navigation().sheet().get();
        assertThat(sheet).isInstanceOf(Sheet.Redrive.class);
        var rest = ((Sheet.Redrive) sheet).request();
        assertThat(bench.engine().jobs().rehearse(rest).planned()).isEqualTo(4);
    }

    @Test
    void a_job_that_the_operator_stopped_needs_no_advice() throws Exception {
        var id = bench.engine().jobs().start(ofSix(new Pace(0.5, null)), null);
        bench.engine().jobs().stop(id);
        assertThat(JobAdvice.of(shown(id))).isEmpty();
    }

    @Test
    void an_interrupted_job_says_what_resume_does_and_resumes() throws Exception {
        var id = bench.engine().jobs().start(ofSix(new Pace(0.5, null)), null);
        var job = bench.engine().jobs().interrupt(id);
        assertThat(job.state()).isEqualTo(JobState.INTERRUPTED);
        model.show(bench.engine().jobs().list());
        assertThat(JobAdvice.of(job))
                .hasValueSatisfying(
                        advice -> assertThat(advice.remedy()).contains("Nothing is lost"));
        model.pauseOrResume();
        assertThat(bench.engine().jobs().find(id).orElseThrow().state())
                .isNotEqualTo(JobState.INTERRUPTED);
        bench.engine().jobs().stop(id);
        bench.engine().jobs().await(id);
        assertThat(bench.dialogs().told).isEmpty();
    }
}
