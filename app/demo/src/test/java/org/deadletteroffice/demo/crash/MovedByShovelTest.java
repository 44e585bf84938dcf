package org.deadletteroffice.demo.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.deadletteroffice.core.Engine;
import org.deadletteroffice.core.EngineOptions;
import org.deadletteroffice.core.job.JobInfo;
import org.deadletteroffice.core.job.JobState;
import org.deadletteroffice.core.job.MoveRequest;
import org.deadletteroffice.core.profile.Environment;
import org.deadletteroffice.core.profile.Profile;
import org.deadletteroffice.fixtures.ForeignMessage;
import org.deadletteroffice.fixtures.rabbitmq.RabbitFixture;
import org.deadletteroffice.spi.message.QueueInfo;
import org.deadletteroffice.spi.message.QueueKind;
import org.deadletteroffice.spi.message.QueueRef;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Move jobs by real shovels of a real node, also when the program that began them is killed.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(180)
class MovedByShovelTest {
    /// A shovel of a fast machine takes a second for them.
    private static final int MANY = 30_000;

    /// What a shovel has under way at most.
    private static final int IN_FLIGHT = 1_000;

    private Path home;
    private Engine engine;
    private RabbitFixture rabbit;

    @BeforeAll
    void start(@TempDir Path folder) throws Exception {
        Awaitility.setDefaultTimeout(Duration.ofSeconds(30));
        home = folder;
        engine = Engine.open(EngineOptions.at(home));
        rabbit = RabbitFixture.start(RabbitFixture.Type.CLASSIC);
        engine.profiles()
                .save(
                        Profile.of(
                                KillableChild.SOURCE,
                                "rabbitmq",
                                Environment.DEVELOPMENT,
                                rabbit.directSettings().values()),
                        Map.of());
    }

    @AfterAll
    void stop() {
        Awaitility.reset();
        engine.close();
        rabbit.close();
    }

    @Test
    void a_move_whose_beginning_was_not_written_down_is_found_again_and_not_made_twice()
            throws Exception {
        fill("found", MANY);
        // Signed in before, so that the shovel still runs when it is looked for.
        assertThat(queue("found").ref().name()).isEqualTo("found");
        try (var child = child("found", "after move start", 0)) {
            child.awaitLine(Deathbed.WAITS);
            rabbit.broker().freeze();
        }
        awaitInterrupted("found");
        rabbit.broker().thaw();

        var job = resumed("found");

        assertThat(job.state()).as(job.sentence()).isEqualTo(JobState.DONE);
        assertThat(job.sent()).isEqualTo(MANY);
        assertThat(ready("found")).isZero();
        assertThat(ready(home("found"))).isEqualTo(MANY);
    }

    @Test
    @Tag("soak")
    void a_move_that_nobody_finds_any_more_is_not_begun_again() throws Exception {
        fill("ended", 10);
        try (var child = child("ended", "after move start", 0)) {
            child.awaitLine(Deathbed.WAITS);
        }
        await().until(() -> ready(home("ended")) == 10);
        awaitInterrupted("ended");
        // It has died since, and nobody said that it shall be moved.
        rabbit.seed("ended", List.of(ForeignMessage.of("later")));

        var job = resumed("ended");

        assertThat(job.state()).isEqualTo(JobState.INTERRUPTED);
        assertThat(job.sentence()).contains("does not tell whether it did", "abandon the job");
        assertThat(ready("ended")).isEqualTo(1);
    }

    @Test
    @Tag("soak")
    void a_stop_ends_the_shovel_and_the_job_tells_how_many_were_moved() throws Exception {
        fill("stopped", MANY);
        var id = engine.jobs().start(move("stopped"), null);
        await().until(() -> engine.jobs().find(id).orElseThrow().sent() > 0);

        engine.jobs().stop(id);
        var job = engine.jobs().await(id);

        assertThat(job.state()).as(job.sentence()).isEqualTo(JobState.STOPPED);
        assertThat(job.sentence()).contains("a shovel that is ended", "lie in both");
        assertThat(rabbit.manage("GET", "/parameters/shovel", "")).isEqualTo("[]");
        assertThat(job.sent()).isBetween(1L, MANY - 1L);
        assertThat(ready("stopped")).isEqualTo(MANY - job.sent());
        // What it had sent and not yet taken away is in both.
        assertThat(ready(home("stopped"))).isBetween(job.sent(), job.sent() + IN_FLIGHT);
    }

    @Test
    @Tag("soak")
    void a_move_at_a_pace_goes_on_with_whoever_resumes_it() throws Exception {
        fill("paced", 1_000);
        try (var child = child("paced", "", 150)) {
            await().until(() -> ready(home("paced")) > 100);
            assertThat(child.isAlive()).isTrue();
        }
        awaitInterrupted("paced");
        var moved = ready(home("paced"));
        assertThat(moved).isLessThan(1_000);

        var began = System.nanoTime();
        var job = resumed("paced");

        assertThat(job.state()).as(job.sentence()).isEqualTo(JobState.DONE);
        assertThat(job.sent()).isEqualTo(1_000);
        assertThat(Duration.ofNanos(System.nanoTime() - began))
                .isGreaterThan(Duration.ofSeconds((1_000 - moved) / 150 - 1));
        assertThat(rabbit.peek(home("paced")).stream().map(ForeignMessage::text))
                .doesNotHaveDuplicates()
                .hasSize(1_000);
    }

    private static String home(String queue) {
        return queue + "-home";
    }

    private static MoveRequest move(String queue) {
        return new MoveRequest(
                new QueueRef(KillableChild.SOURCE, queue, QueueKind.QUEUE),
                home(queue),
                null,
                "a reason");
    }

    private void fill(String queue, int count) {
        rabbit.createQueue(queue, Map.of());
        rabbit.createQueue(home(queue), Map.of());
        rabbit.seed(
                queue,
                IntStream.range(0, count).mapToObj(n -> ForeignMessage.of("m" + n)).toList());
    }

    private QueueInfo queue(String name) throws Exception {
        return engine.brokers().queue(KillableChild.SOURCE, name);
    }

    private long ready(String queue) {
        return rabbit.use("count " + queue, channel -> channel.messageCount(queue));
    }

    private JobInfo job(String queue) {
        return engine.jobs().list().stream()
                .filter(job -> job.source().name().equals(queue))
                .findAny()
                .orElseThrow();
    }

    private void awaitInterrupted(String queue) {
        await().until(() -> job(queue).state() == JobState.INTERRUPTED);
    }

    private JobInfo resumed(String queue) throws Exception {
        var id = job(queue).id();
        engine.jobs().resume(id);
        return engine.jobs().await(id);
    }

    private Child child(String queue, String step, int perSecond) throws IOException {
        return new Child(
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-XX:TieredStopAtLevel=1",
                                "-XX:+UseSerialGC",
                                "-cp",
                                System.getProperty("java.class.path"),
                                MoveChild.class.getName(),
                                home.toString(),
                                queue,
                                home(queue),
                                step,
                                Integer.toString(perSecond))
                        .redirectErrorStream(true)
                        .start());
    }

    /// Killed at the end: no hook runs, nothing is flushed.
    private record Child(Process process) implements AutoCloseable {
        void awaitLine(String line) throws IOException {
            var reader = process.inputReader(StandardCharsets.UTF_8);
            var said = new ArrayList<String>();
            for (var next = reader.readLine(); next != null; next = reader.readLine()) {
                said.add(next);
                if (next.equals(line)) {
                    return;
                }
            }
            throw new AssertionError("the process should have said '" + line + "': " + said);
        }

        boolean isAlive() {
            return process.isAlive();
        }

        @Override
        public void close() {
            process.destroyForcibly();
            process.onExit().join();
        }
    }
}
