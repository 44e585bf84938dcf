package org.deadletteroffice.core.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.deadletteroffice.core.job.JobInfo;
import org.deadletteroffice.core.job.JobState;
import org.deadletteroffice.core.profile.Environment;
import org.deadletteroffice.core.profile.Profile;
import org.deadletteroffice.spi.message.DeadLetter;
import org.deadletteroffice.spi.message.Header;
import org.deadletteroffice.spi.message.Headers;
import org.deadletteroffice.spi.message.QueueKind;
import org.deadletteroffice.spi.message.QueueRef;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Kills the process that runs a redrive and lets another resume it.
class KilledRedriveTest {
    private static final int MESSAGES = 2_600;
    private static final int ONE_BATCH = 500;

    @TempDir Path home;

    @ParameterizedTest(name = "log {0}, dies at {1} number {2}")
    @CsvSource({
        "true, scan, 6",
        "true, before send, 3",
        "true, after send, 3",
        "true, forget, 1",
        "false, before send, 3",
        "false, after send, 3",
        "false, before remove, 3",
        "false, after remove, 2",
        "false, forget, 1",
    })
    void whatever_step_it_dies_at_nothing_is_lost(boolean log, String death, int at)
            throws Exception {
        seed(MESSAGES, false);
        profile(log, death, at);
        assertThat(run(0).exit()).as("dies by itself").isEqualTo(137);
        profile(log, "", 1);
        assertThat(run(0).lines()).contains("end DONE");
        verify(log, MESSAGES, 1);
    }

    @ParameterizedTest(name = "log {0}")
    @ValueSource(booleans = {true, false})
    void killed_at_any_moment_again_and_again_nothing_is_lost(boolean log) throws Exception {
        seed(MESSAGES, false);
        profile(log, "", 1);
        var seed = System.nanoTime();
        var random = new Random(seed);
        var kills = 0;
        for (; kills < 4; kills++) {
            var child = start(1_500);
            child.awaitStarted();
            var ended = child.process().waitFor(Duration.ofMillis(random.nextInt(900)));
            child.process().destroyForcibly().waitFor();
            if (ended) {
                break;
            }
        }
        run(0);
        verify(log, MESSAGES, kills);
    }

    @ParameterizedTest(name = "dies at {0} number {1}")
    @CsvSource({"before send, 2", "after send, 3"})
    void what_was_refused_before_the_death_stays_refused_and_the_rest_arrives_once(
            String death, int at) throws Exception {
        seed(MESSAGES, true);
        profile(true, death, at);
        assertThat(run(0).exit()).isEqualTo(137);
        profile(true, "", 1);
        assertThat(run(0).lines()).contains("end DONE_IN_PART");
        try (var broker = new DiskBroker(home.resolve("broker").toString())) {
            var arrived = payloads(read(broker, "orders"));
            assertThat(arrived).doesNotHaveDuplicates().hasSize(MESSAGES - MESSAGES / 100);
            assertThat(arrived).noneMatch(payload -> payload.endsWith("refuse"));
        }
        assertThat(job().failed()).isEqualTo(MESSAGES / 100);
    }

    @ParameterizedTest(name = "log {0}")
    @ValueSource(booleans = {true, false})
    void two_processes_that_resume_one_job_do_not_both_run_it(boolean log) throws Exception {
        seed(MESSAGES, false);
        profile(log, "before send", 2);
        assertThat(run(0).exit()).isEqualTo(137);
        profile(log, "", 1);
        try (var one = RedriveChild.engine(home)) {
            var id = one.jobs().list().getFirst().id();
            var outcomes = new ArrayList<String>();
            // Two engines of one process are two owners all the same: the lease decides.
            try (var two = RedriveChild.engine(home)) {
                for (var engine : List.of(one, two)) {
                    try {
                        engine.jobs().resume(id);
                        outcomes.add("runs");
                    } catch (org.deadletteroffice.core.OperatorException refused) {
                        outcomes.add("refused");
                    }
                }
                assertThat(outcomes).containsExactly("runs", "refused");
                one.jobs().await(id);
            }
        }
        verify(log, MESSAGES, 1);
    }

    private void verify(boolean log, int messages, int deaths) throws Exception {
        try (var broker = new DiskBroker(home.resolve("broker").toString())) {
            var arrived = read(broker, "orders");
            var expected = IntStream.range(0, messages).mapToObj(i -> "m" + i).toList();
            assertThat(payloads(arrived)).as("lost").containsAll(expected);
            var twice = arrived.size() - messages;
            if (log) {
                assertThat(twice).as("sent twice").isZero();
            } else {
                assertThat(twice).as("sent twice").isBetween(0, deaths * ONE_BATCH);
                Map<String, String> idByPayload = new HashMap<>();
                for (var letter : arrived) {
                    var id = letter.headers().lastText("x-redrive-id").orElseThrow();
                    assertThat(idByPayload.putIfAbsent(text(letter), id))
                            .as("a repeat has the same id")
                            .isIn(null, id);
                }
                assertThat(read(broker, "orders.dlq")).as("left in the source").isEmpty();
            }
        }
        try (var engine = RedriveChild.engine(home)) {
            assertThat(engine.audit().verify().intact()).isTrue();
            // More than one where a kill came after the end of the job: the next finds nothing to
            // do.
            var jobs = engine.jobs().list();
            assertThat(jobs).allMatch(job -> job.state() == JobState.DONE);
            assertThat(jobs.stream().mapToLong(JobInfo::sent).sum()).isEqualTo(messages);
            assertThat(jobs.stream().mapToLong(JobInfo::removed).sum()).isEqualTo(messages);
        }
    }

    private JobInfo job() throws Exception {
        try (var engine = RedriveChild.engine(home)) {
            assertThat(engine.audit().verify().intact()).isTrue();
            return engine.jobs().list().getFirst();
        }
    }

    private void seed(int messages, boolean withRefused) {
        try (var broker = new DiskBroker(home.resolve("broker").toString())) {
            var queues = new ArrayList<String>();
            var payloads = new ArrayList<byte[]>();
            var headers = new ArrayList<Headers>();
            for (var i = 0; i < messages; i++) {
                queues.add("orders.dlq");
                var payload = "m" + i + (withRefused && i % 100 == 50 ? " refuse" : "");
                payloads.add(payload.getBytes(StandardCharsets.UTF_8));
                headers.add(Headers.of(Header.of("n", "" + i)));
            }
            broker.store("", 0, queues, payloads, headers);
        }
    }

    private void profile(boolean log, String death, int at) throws Exception {
        try (var engine = RedriveChild.engine(home)) {
            engine.profiles()
                    .save(
                            Profile.of(
                                    "disk",
                                    "disk",
                                    Environment.DEVELOPMENT,
                                    Map.of(
                                            "file",
                                            home.resolve("broker").toString(),
                                            "log",
                                            "" + log,
                                            "death",
                                            death,
                                            "at",
                                            "" + at)),
                            Map.of());
        }
    }

    private record Ended(int exit, List<String> lines) {}

    private record Child(Process process, List<String> lines, BufferedReader reader) {
        void awaitStarted() throws Exception {
            for (var line = reader.readLine(); line != null; line = reader.readLine()) {
                lines.add(line);
                if (line.startsWith("started")) {
                    return;
                }
            }
        }
    }

    private Child start(int perSecond) throws Exception {
        var process =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-XX:TieredStopAtLevel=1",
                                "-Xmx256m",
                                "-cp",
                                System.getProperty("java.class.path"),
                                RedriveChild.class.getName(),
                                home.toString(),
                                "" + perSecond)
                        .redirectErrorStream(true)
                        .start();
        return new Child(
                process,
                new ArrayList<>(),
                new BufferedReader(
                        new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8)));
    }

    private Ended run(int perSecond) throws Exception {
        var child = start(perSecond);
        for (var line = child.reader().readLine(); line != null; line = child.reader().readLine()) {
            child.lines().add(line);
        }
        return new Ended(child.process().waitFor(), child.lines());
    }

    private static List<DeadLetter> read(DiskBroker broker, String queue) {
        return broker.read(
                new QueueRef("disk", queue, QueueKind.QUEUE), 0, Long.MAX_VALUE, Integer.MAX_VALUE);
    }

    private static List<String> payloads(List<DeadLetter> letters) {
        return letters.stream().map(KilledRedriveTest::text).toList();
    }

    private static String text(DeadLetter letter) {
        var payload = letter.payload();
        return payload == null ? "null" : new String(payload, StandardCharsets.UTF_8);
    }
}
