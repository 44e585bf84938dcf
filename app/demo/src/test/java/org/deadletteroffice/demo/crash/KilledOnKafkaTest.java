package org.deadletteroffice.demo.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.deadletteroffice.core.Engine;
import org.deadletteroffice.core.EngineOptions;
import org.deadletteroffice.core.job.JobInfo;
import org.deadletteroffice.core.job.JobState;
import org.deadletteroffice.core.job.Pace;
import org.deadletteroffice.core.profile.Environment;
import org.deadletteroffice.core.profile.Profile;
import org.deadletteroffice.demo.style.Records;
import org.deadletteroffice.fixtures.kafka.KafkaBroker;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// Kills the process that runs a redrive on Kafka, by SIGKILL, at every step it takes and at random
/// moments, and lets another resume it: nothing is lost, and nothing is sent twice but, to another
/// cluster, at most one batch.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class KilledOnKafkaTest {
    private static final int MESSAGES = 3_300;
    private static final int ONE_BATCH = 500;
    private static final String OTHER = "there";

    /// A place where the process is killed, and how often it is passed before.
    private record Step(String place, int at) {}

    /// Between each two things that are made durable: archive, ledger, broker, ledger.
    private static final List<Step> STEPS =
            List.of(
                    new Step("after transfer", 1),
                    new Step("after scan next", 1),
                    new Step("before send", 1),
                    new Step("after send", 1),
                    new Step("before send", 2),
                    new Step("after send", 2),
                    new Step("after send", 3),
                    new Step("before forget", 1),
                    new Step("after forget", 1));

    private Path home;
    private KafkaBroker here;
    private KafkaBroker there;
    private Engine engine;
    private int round;

    @BeforeAll
    void start(@TempDir Path folder) throws Exception {
        home = folder;
        here = KafkaBroker.start();
        there = KafkaBroker.start();
        engine = Engine.open(EngineOptions.at(home));
        profile(KillableChild.SOURCE, here);
        profile(OTHER, there);
    }

    private void profile(String name, KafkaBroker broker) throws Exception {
        engine.profiles()
                .save(
                        Profile.of(
                                name,
                                "kafka",
                                Environment.DEVELOPMENT,
                                Map.of("bootstrap", broker.bootstrap(), "timeout", "1m")),
                        Map.of());
    }

    @AfterAll
    void stop() {
        if (engine != null) {
            engine.close();
        }
        for (var broker : new KafkaBroker[] {here, there}) {
            if (broker != null) {
                broker.close();
            }
        }
    }

    @Test
    void killed_within_one_cluster_every_message_arrives_exactly_once() throws Exception {
        kill(KillableChild.SOURCE, 1);
    }

    @Test
    void killed_on_the_way_to_another_cluster_none_is_lost_and_one_batch_repeated_at_most()
            throws Exception {
        kill(OTHER, 1);
    }

    @Test
    @Tag("soak")
    void killed_a_hundred_times_within_one_cluster() throws Exception {
        kill(KillableChild.SOURCE, 91);
    }

    @Test
    @Tag("soak")
    void killed_a_hundred_times_on_the_way_to_another_cluster() throws Exception {
        kill(OTHER, 91);
    }

    /// @param random how many kills at random moments follow those at each step
    private void kill(String profile, int random) throws Exception {
        var exactly = profile.equals(KillableChild.SOURCE);
        var counts =
                new KillCounts(exactly ? "Kafka, exactly once" : "Kafka to another, at least once");
        for (var step : STEPS) {
            killed(profile, step, counts);
        }
        var seed = System.nanoTime();
        var moments = new Random(seed);
        for (var i = 0; i < random; i++) {
            killed(profile, new Step("", moments.nextInt(1_200)), counts);
        }
        counts.write();
    }

    /// @param step with an empty place: `at` is the moment, in milliseconds after the start
    private void killed(String profile, Step step, KillCounts counts) throws Exception {
        var exactly = profile.equals(KillableChild.SOURCE);
        var topic = "dead-" + ++round;
        var destination = "orders-" + round;
        Records.createTopics(here.bootstrap(), 2, topic);
        Records.createTopics((exactly ? here : there).bootstrap(), 2, destination);
        seed(topic);

        runAndKill(topic, destination, profile, step);
        var job = goOn(topic, destination, profile);
        assertThat(job.state()).as("%s: %s", step, job.sentence()).isEqualTo(JobState.DONE);

        var times = new HashMap<String, Integer>();
        var ids = new HashMap<String, String>();
        var broker = exactly ? here : there;
        for (var record : Records.readCommitted(broker.bootstrap(), destination)) {
            var payload = new String(record.value(), StandardCharsets.UTF_8);
            times.merge(payload, 1, Integer::sum);
            var id =
                    new String(
                            record.headers().lastHeader("x-redrive-id").value(),
                            StandardCharsets.UTF_8);
            assertThat(ids.putIfAbsent(payload, id)).as("a repeat has its id").isIn(null, id);
        }
        var lost = MESSAGES - times.size();
        var twice = times.values().stream().mapToLong(n -> n - 1).sum();
        counts.add(MESSAGES, lost, twice);
        assertThat(lost).as("lost, killed at %s", step).isZero();
        assertThat(twice)
                .as("sent twice, killed at %s", step)
                .isBetween(0L, exactly ? 0L : ONE_BATCH);
    }

    /// Resumes what was killed, or starts it where it was killed before the job was written down.
    private JobInfo goOn(String topic, String destination, String profile) throws Exception {
        var jobs = engine.jobs();
        var left = jobs.list().stream().filter(job -> job.source().name().equals(topic)).findAny();
        if (left.isEmpty()) {
            var request = KillableChild.request(engine, topic, destination, profile, Pace.FULL);
            return jobs.await(jobs.start(request, null));
        }
        if (!left.get().state().isEnd()) {
            jobs.resume(left.get().id());
        }
        return jobs.await(left.get().id());
    }

    private void runAndKill(String topic, String destination, String profile, Step step)
            throws IOException, InterruptedException {
        var moment = step.place().isEmpty();
        var child =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-XX:TieredStopAtLevel=1",
                                "-XX:+UseSerialGC",
                                "-Xmx256m",
                                "-cp",
                                System.getProperty("java.class.path"),
                                KillableChild.class.getName(),
                                home.toString(),
                                topic,
                                destination,
                                profile,
                                step.place(),
                                Integer.toString(step.at()),
                                moment ? "1500" : "0")
                        .redirectErrorStream(true)
                        .start();
        var said = new ArrayList<String>();
        try (var reader =
                new BufferedReader(
                        new InputStreamReader(child.getInputStream(), StandardCharsets.UTF_8))) {
            var sign = moment ? "started" : Deathbed.WAITS;
            for (var line = reader.readLine(); line != null; line = reader.readLine()) {
                said.add(line);
                if (line.startsWith(sign)) {
                    break;
                }
            }
            assertThat(said).as("%s", step).isNotEmpty();
            assertThat(said.getLast()).as("%s: %s", step, said).startsWith(sign);
            if (moment) {
                var _ = child.waitFor(Duration.ofMillis(step.at()));
            }
        } finally {
            // SIGKILL: no hook runs, nothing is flushed.
            child.destroyForcibly();
            child.onExit().join();
        }
        await().atMost(Duration.ofSeconds(30))
                .until(
                        () ->
                                engine.jobs().list().stream()
                                        .noneMatch(
                                                job ->
                                                        job.source().name().equals(topic)
                                                                && job.state()
                                                                        == JobState.RUNNING));
    }

    @SuppressWarnings({"unchecked", "rawtypes"})
    private void seed(String topic) {
        var records = new ProducerRecord[MESSAGES];
        for (var i = 0; i < MESSAGES; i++) {
            var bytes = Records.utf8("m" + i);
            records[i] = new ProducerRecord<>(topic, i % 2, bytes, bytes);
        }
        Records.send(here.bootstrap(), records);
    }
}
