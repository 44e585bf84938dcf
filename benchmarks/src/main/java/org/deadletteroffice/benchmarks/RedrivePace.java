package org.deadletteroffice.benchmarks;

import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.deadletteroffice.core.Engine;
import org.deadletteroffice.core.EngineOptions;
import org.deadletteroffice.core.job.Pace;
import org.deadletteroffice.core.job.RedriveRequest;
import org.deadletteroffice.core.job.Scope;
import org.deadletteroffice.core.profile.Environment;
import org.deadletteroffice.core.profile.Profile;
import org.deadletteroffice.fixtures.kafka.KafkaBroker;
import org.deadletteroffice.spi.message.QueueKind;
import org.deadletteroffice.spi.message.QueueRef;

/// How well a redrive keeps the pace that it was given, and how soon it heeds a pause: by what
/// arrives in the origin's topic, not by what the program says of itself.
public final class RedrivePace {
    private static final List<Integer> RATES = List.of(20, 200, 2_000);
    private static final Duration MEASURED = Duration.ofSeconds(10);

    /// What a start may take; it is not measured.
    private static final Duration WARM_UP = Duration.ofSeconds(3);

    /// A pause is watched so long for what still arrives.
    private static final Duration AFTER_PAUSE = Duration.ofSeconds(4);

    private static final long LOOK_EVERY_MILLIS = 20;

    public static void main(String[] args) throws Exception {
        System.out.printf("%nPace of a redrive over %d s%n%n", MEASURED.toSeconds());
        System.out.printf(
                "%12s %12s %10s %20s%n", "asked", "arrived", "off by", "last after a pause");
        var home = Files.createTempDirectory("dlo-pace-");
        try (var broker = KafkaBroker.start();
                var engine = Engine.open(EngineOptions.at(home))) {
            engine.profiles()
                    .save(
                            Profile.of(
                                    "bench",
                                    "kafka",
                                    Environment.DEVELOPMENT,
                                    Map.of("bootstrap", broker.bootstrap())),
                            Map.of());
            var plain = new PlainKafka(broker.bootstrap());
            for (var rate : RATES) {
                var dead = "dead-" + rate;
                var origin = "orders-" + rate;
                plain.createTopics(dead, origin);
                plain.seed(dead, origin, rate * 30);
                measure(engine, plain, dead, origin, rate);
            }
        } finally {
            KafkaBenchmark.delete(home);
        }
    }

    private static void measure(
            Engine engine, PlainKafka plain, String dead, String origin, int rate)
            throws Exception {
        var jobs = engine.jobs();
        var job =
                jobs.start(
                        RedriveRequest.of(
                                        new QueueRef("bench", dead, QueueKind.TOPIC),
                                        new Scope.All())
                                .pace(new Pace((double) rate, null))
                                .reason("benchmark")
                                .build(),
                        null);
        TimeUnit.NANOSECONDS.sleep(WARM_UP.toNanos());
        var before = plain.end(origin);
        var start = System.nanoTime();
        TimeUnit.NANOSECONDS.sleep(MEASURED.toNanos());
        var after = plain.end(origin);
        var seconds = (System.nanoTime() - start) / 1e9;
        // Each commit leaves a marker that has a place too: only what is read counts.
        var arrived = plain.count(origin, before, after);
        var last = lastAfterPause(() -> jobs.pause(job), plain, origin);
        jobs.stop(job);
        jobs.await(job);
        var actual = arrived / seconds;
        System.out.printf(
                "%,10d/s %,10.1f/s %9.1f%% %18d ms%n",
                rate, actual, 100 * (actual - rate) / rate, last.toMillis());
    }

    private interface Act {
        void run() throws Exception;
    }

    /// How long after the pause was asked for something arrived still.
    private static Duration lastAfterPause(Act pause, PlainKafka plain, String origin)
            throws Exception {
        var end = plain.end(origin);
        var asked = System.nanoTime();
        pause.run();
        var last = asked;
        while (System.nanoTime() - asked < AFTER_PAUSE.toNanos()) {
            TimeUnit.MILLISECONDS.sleep(LOOK_EVERY_MILLIS);
            var now = plain.end(origin);
            if (now != end) {
                end = now;
                last = System.nanoTime();
            }
        }
        return Duration.ofNanos(last - asked);
    }

    private RedrivePace() {}
}
