package org.deadletteroffice.demo;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.deadletteroffice.core.Engine;
import org.deadletteroffice.core.EngineOptions;
import org.deadletteroffice.core.job.JobInfo;
import org.deadletteroffice.core.job.JobState;
import org.deadletteroffice.core.job.Pace;
import org.deadletteroffice.core.profile.Environment;
import org.deadletteroffice.core.profile.Profile;
import org.deadletteroffice.demo.style.Records;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The promise that an operator relies on most, kept end to end: engine, ledger, connector, broker.
class RedriveKillTest {
    private static final String PROFILE = "shop";

    @Test
    void a_redrive_of_the_whole_demo_killed_midway_and_resumed_delivers_every_message_once(
            @TempDir Path home) throws Exception {
        try (var demo = Demo.start(Clock.systemUTC());
                var engine = Engine.open(EngineOptions.at(home))) {
            engine.profiles()
                    .save(
                            Profile.of(
                                    PROFILE,
                                    "kafka",
                                    Environment.DEVELOPMENT,
                                    Map.of("bootstrap", demo.bootstrap(), "timeout", "2m")),
                            Map.of());
            var topics = demo.deadLetterTopics();

            // Killed twice: in the first topic, and in the second.
            runAndKill(home, engine, topics, 0, 2_500);
            engine.jobs().resume(jobs(engine).getFirst().id());
            engine.jobs().await(jobs(engine).getFirst().id());
            runAndKill(home, engine, topics.subList(1, 2), 1, 900);
            finish(engine, topics);

            assertDeliveredOnce(demo, jobs(engine));
        }
    }

    /// @param earlier jobs there are already
    /// @param sent kills when the job has sent as many
    private static void runAndKill(
            Path home, Engine engine, List<String> topics, int earlier, int sent)
            throws IOException {
        var command =
                new ArrayList<>(
                        List.of(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-XX:TieredStopAtLevel=1",
                                "-XX:+UseSerialGC",
                                "-cp",
                                System.getProperty("java.class.path"),
                                RedriveChild.class.getName(),
                                home.toString(),
                                PROFILE,
                                "1500"));
        command.addAll(topics);
        var log = home.resolve("child" + earlier + ".log");
        var child =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(log.toFile())
                        .start();
        try {
            await().atMost(Duration.ofMinutes(4))
                    .pollInterval(Duration.ofMillis(20))
                    .untilAsserted(
                            () -> {
                                assertThat(child.isAlive()).as(Files.readString(log)).isTrue();
                                assertThat(jobs(engine)).hasSizeGreaterThan(earlier);
                                var job = jobs(engine).getLast();
                                assertThat(job.sent())
                                        .as("%s: %s", job.state(), job.sentence())
                                        .isGreaterThanOrEqualTo(sent);
                            });
        } finally {
            child.destroyForcibly();
            child.onExit().join();
        }
        assertThat(jobs(engine).getLast().state().isEnd()).as("killed midway").isFalse();
    }

    /// Resumes what was interrupted, and starts what was not reached.
    private static void finish(Engine engine, List<String> topics) throws Exception {
        for (var job : jobs(engine)) {
            if (!job.state().isEnd()) {
                engine.jobs().resume(job.id());
                engine.jobs().await(job.id());
            }
        }
        for (var topic : topics) {
            if (jobs(engine).stream().noneMatch(job -> job.source().name().equals(topic))) {
                engine.jobs()
                        .await(
                                engine.jobs()
                                        .start(
                                                RedriveChild.request(
                                                        engine, PROFILE, topic, Pace.FULL),
                                                null));
            }
        }
    }

    private static void assertDeliveredOnce(Demo demo, List<JobInfo> jobs) {
        assertThat(jobs).hasSize(demo.deadLetterTopics().size());
        assertThat(jobs)
                .allSatisfy(
                        job -> {
                            assertThat(job.state()).as(job.sentence()).isEqualTo(JobState.DONE);
                            assertThat(job.sent()).isEqualTo(job.planned());
                        });
        var times = new HashMap<String, Integer>();
        var perJob = new HashMap<String, Long>();
        for (var topic : demo.originTopics()) {
            for (var record : Records.readCommitted(demo.bootstrap(), topic)) {
                var id = text(record, "x-redrive-id");
                if (!id.isEmpty()) {
                    times.merge(id, 1, Integer::sum);
                    perJob.merge(text(record, "x-redrive-job"), 1L, Long::sum);
                }
            }
        }
        assertThat(times.values()).as("times each message was delivered").containsOnly(1);
        assertThat(times).hasSizeGreaterThanOrEqualTo(demo.deadLetterCount());
        for (var job : jobs) {
            assertThat(perJob).containsEntry(job.id(), job.planned());
        }
    }

    /// Oldest first.
    private static List<JobInfo> jobs(Engine engine) {
        return engine.jobs().list().reversed();
    }

    private static String text(ConsumerRecord<byte[], byte[]> record, String name) {
        var header = record.headers().lastHeader(name);
        return header == null ? "" : new String(header.value(), UTF_8);
    }
}
