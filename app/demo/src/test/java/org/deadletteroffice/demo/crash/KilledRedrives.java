package org.deadletteroffice.demo.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.deadletteroffice.core.Engine;
import org.deadletteroffice.core.EngineOptions;
import org.deadletteroffice.core.job.JobInfo;
import org.deadletteroffice.core.job.JobState;
import org.deadletteroffice.core.job.Pace;
import org.deadletteroffice.core.profile.Environment;
import org.deadletteroffice.core.profile.Profile;
import org.deadletteroffice.spi.profile.Settings;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// Kills the process that runs a redrive, by SIGKILL, at every step it takes and at random moments,
/// and lets another resume it.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class KilledRedrives {
    static final int MESSAGES = 3_300;

    /// The most that may be sent twice where nothing proves what was sent.
    private static final int ONE_BATCH = 500;

    /// A place where the process is killed, and how often it is passed before.
    record Step(String place, int at) {}

    /// One message as it came to its destination.
    record Arrival(String payload, String redriveId) {}

    /// A way to redrive.
    ///
    /// @param words for the table of what kills came to
    /// @param profile which the messages go to; [KillableChild#SOURCE] is where they lie
    record Way(String words, String profile, boolean exactlyOnce) {}

    private Path home;
    private Engine engine;
    private final AtomicInteger round = new AtomicInteger();

    @BeforeAll
    final void open(@TempDir Path folder) throws Exception {
        home = folder;
        engine = Engine.open(EngineOptions.at(home));
        start();
    }

    /// Starts the brokers and saves their profiles.
    abstract void start() throws Exception;

    final void profile(String name, String kind, Settings settings) throws Exception {
        engine.profiles()
                .save(
                        Profile.of(name, kind, Environment.DEVELOPMENT, settings.values()),
                        settings.secrets());
    }

    @AfterAll
    final void close() {
        engine.close();
        stop();
    }

    abstract void stop();

    /// Where the process is killed.
    abstract List<Step> steps();

    /// Makes both queues and fills the source with the payloads `m0`, `m1`, …
    abstract void prepare(Way way, String source, String destination);

    /// What the destination holds in the end.
    abstract List<Arrival> arrived(Way way, String destination);

    /// How many messages the source holds in the end; what it keeps by nature does not count.
    abstract long left(String source);

    /// Both queues are looked at no more.
    void forget(String source, String destination) {
        // A topic takes room on disk alone.
    }

    /// @param random how many kills at random moments follow those at each step
    final void kill(Way way, int random) throws Exception {
        kill(way, steps(), random);
    }

    final void kill(Way way, List<Step> steps, int random) throws Exception {
        var counts = new KillCounts(way.words());
        var all = new ArrayList<>(steps);
        var moments = new Random(System.nanoTime());
        for (var i = 0; i < random; i++) {
            all.add(new Step("", moments.nextInt(1_200)));
        }
        try (var pool = Executors.newFixedThreadPool(atOnce())) {
            var kills = new ArrayList<Future<?>>();
            for (var step : all) {
                kills.add(
                        pool.submit(
                                () -> {
                                    killed(way, step, counts);
                                    return step;
                                }));
            }
            try {
                for (var kill : kills) {
                    kill.get();
                }
            } finally {
                kills.forEach(kill -> kill.cancel(true));
            }
        }
        counts.write();
    }

    /// How many redrives are killed side by side; more than one where a kill is followed by a wait.
    int atOnce() {
        return 1;
    }

    /// @param step with an empty place: `at` is the moment, in milliseconds after the start
    private void killed(Way way, Step step, KillCounts counts) throws Exception {
        var number = round.incrementAndGet();
        var source = "dead-" + number;
        var destination = "orders-" + number;
        prepare(way, source, destination);

        runAndKill(source, destination, way.profile(), step);
        var job = goOn(source, destination, way.profile());
        assertThat(job.state()).as("%s: %s", step, job.sentence()).isEqualTo(JobState.DONE);

        var times = new HashMap<String, Integer>();
        var ids = new HashMap<String, String>();
        for (var arrival : arrived(way, destination)) {
            times.merge(arrival.payload(), 1, Integer::sum);
            assertThat(ids.putIfAbsent(arrival.payload(), arrival.redriveId()))
                    .as("a repeat has its id")
                    .isIn(null, arrival.redriveId());
        }
        var lost = MESSAGES - times.size();
        var twice = times.values().stream().mapToLong(n -> n - 1).sum();
        counts.add(MESSAGES, lost, twice);
        assertThat(lost).as("lost, killed at %s", step).isZero();
        assertThat(twice)
                .as("sent twice, killed at %s", step)
                .isBetween(0L, way.exactlyOnce() ? 0L : ONE_BATCH);
        assertThat(left(source)).as("left behind, killed at %s", step).isZero();
        forget(source, destination);
    }

    /// Resumes what was killed, or starts it where it was killed before the job was written down.
    private JobInfo goOn(String source, String destination, String profile) throws Exception {
        var jobs = engine.jobs();
        var left = jobs.list().stream().filter(job -> job.source().name().equals(source)).findAny();
        if (left.isEmpty()) {
            var request = KillableChild.request(engine, source, destination, profile, Pace.FULL);
            return jobs.await(jobs.start(request, null));
        }
        if (!left.get().state().isEnd()) {
            jobs.resume(left.get().id());
        }
        return jobs.await(left.get().id());
    }

    private void runAndKill(String source, String destination, String profile, Step step)
            throws IOException, InterruptedException {
        var moment = step.place().isEmpty();
        Victim.run(
                KillableChild.class,
                moment ? "started" : Deathbed.WAITS,
                Duration.ofMillis(moment ? step.at() : 0),
                home.toString(),
                source,
                destination,
                profile,
                step.place(),
                Integer.toString(step.at()),
                moment ? "1500" : "0");
        await().atMost(Duration.ofSeconds(30))
                .until(
                        () ->
                                engine.jobs().list().stream()
                                        .noneMatch(
                                                job ->
                                                        job.source().name().equals(source)
                                                                && job.state()
                                                                        == JobState.RUNNING));
    }
}
