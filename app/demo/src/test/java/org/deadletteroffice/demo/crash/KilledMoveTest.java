package org.deadletteroffice.demo.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.deadletteroffice.core.Engine;
import org.deadletteroffice.core.EngineOptions;
import org.deadletteroffice.core.job.JobState;
import org.deadletteroffice.core.profile.Environment;
import org.deadletteroffice.core.profile.Profile;
import org.deadletteroffice.fixtures.ForeignMessage;
import org.deadletteroffice.fixtures.sqs.SqsFixture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.sqs.model.ListMessageMoveTasksResultEntry;

/// SQS moves a dead-letter queue by itself, and the process that asked for it is killed: whoever
/// resumes the job finds the move, and starts none beside it.
class KilledMoveTest {
    private static final int MESSAGES = 75;

    /// Slow enough that the move runs on when its process is dead.
    private static final String PER_SECOND = "50";

    private static SqsFixture sqs;
    private static Engine engine;
    private static Path home;

    @BeforeAll
    static void open(@TempDir Path folder) throws Exception {
        home = folder;
        sqs = SqsFixture.start();
        engine = Engine.open(EngineOptions.at(home));
        // ElasticMQ asks for no key, and there may be no keychain here to keep one in.
        engine.profiles()
                .save(
                        Profile.of(
                                KillableChild.SOURCE,
                                "sqs",
                                Environment.DEVELOPMENT,
                                sqs.settings().values()),
                        Map.of());
    }

    @AfterAll
    static void close() {
        engine.close();
        sqs.close();
    }

    @Test
    void killed_between_the_answer_and_its_note_the_one_move_is_followed() throws Exception {
        killedAndResumed("after move start", 1);
    }

    @Test
    @Tag("soak")
    void killed_before_sqs_was_asked_the_move_is_started_once() throws Exception {
        killedAndResumed("before move start", 0);
    }

    /// @param started how many moves the dead process had started
    private static void killedAndResumed(String step, int started) throws Exception {
        var dead = step.replace(' ', '-') + "-dlq";
        var orders = step.replace(' ', '-');
        sqs.createQueue(dead, Map.of());
        sqs.createSource(orders, dead, 3);
        sqs.seed(
                dead,
                IntStream.range(0, MESSAGES)
                        .mapToObj(number -> ForeignMessage.of("m" + number))
                        .toList());

        Victim.run(
                MoveChild.class,
                Deathbed.WAITS,
                Duration.ZERO,
                home.toString(),
                dead,
                orders,
                step,
                PER_SECOND);
        assertThat(tasks(dead)).hasSize(started);
        await().atMost(Duration.ofSeconds(30))
                .until(() -> engine.jobs().list().getFirst().state() == JobState.INTERRUPTED);
        var job = engine.jobs().list().getFirst();
        assertThat(job.source().name()).isEqualTo(dead);
        engine.jobs().resume(job.id());

        var end = engine.jobs().await(job.id());
        assertThat(end.state()).as(end.sentence()).isEqualTo(JobState.DONE);
        assertThat(end.sent()).isEqualTo(MESSAGES);
        assertThat(tasks(dead)).hasSize(1);
        assertThat(sqs.peek(dead)).isEmpty();
        assertThat(sqs.peek(orders))
                .extracting(ForeignMessage::text)
                .containsExactlyInAnyOrderElementsOf(
                        IntStream.range(0, MESSAGES).mapToObj(number -> "m" + number).toList());
    }

    private static List<ListMessageMoveTasksResultEntry> tasks(String queue) {
        return sqs.client()
                .listMessageMoveTasks(request -> request.sourceArn(sqs.arn(queue)).maxResults(10))
                .results();
    }
}
