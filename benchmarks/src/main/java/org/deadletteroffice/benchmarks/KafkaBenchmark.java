package org.deadletteroffice.benchmarks;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.deadletteroffice.core.Engine;
import org.deadletteroffice.core.EngineOptions;
import org.deadletteroffice.core.browse.BrowseRequest;
import org.deadletteroffice.core.job.Change;
import org.deadletteroffice.core.job.JobState;
import org.deadletteroffice.core.job.Pace;
import org.deadletteroffice.core.job.RedriveRequest;
import org.deadletteroffice.core.job.Scope;
import org.deadletteroffice.core.profile.Environment;
import org.deadletteroffice.core.profile.Profile;
import org.deadletteroffice.core.query.Filter;
import org.deadletteroffice.fixtures.kafka.KafkaBroker;
import org.deadletteroffice.spi.message.Cursor;
import org.deadletteroffice.spi.message.QueueKind;
import org.deadletteroffice.spi.message.QueueRef;

/// Kafka, 1 KiB dead letters, one partition: what the program takes beside what a script takes on
/// the same broker in the same run. Each figure is the median of three after one warm-up.
public final class KafkaBenchmark {
    private static final int MESSAGES = Integer.getInteger("messages", 200_000);
    private static final int ROUNDS = 3;

    private final PrintStream out;
    private final List<String> only;

    private KafkaBenchmark(PrintStream out, List<String> only) {
        this.out = out;
        this.only = only;
    }

    /// @param args words with which the lines to measure begin; none measures all
    public static void main(String[] args) throws Exception {
        new KafkaBenchmark(System.out, List.of(args)).run();
    }

    private void run() throws Exception {
        var home = Files.createTempDirectory("dlo-bench-");
        try (var broker = KafkaBroker.start();
                var engine = Engine.open(EngineOptions.at(home))) {
            var plain = new PlainKafka(broker.bootstrap());
            plain.createTopics("orders", "orders-dlt", "small-dlt", "copy");
            plain.seed("orders-dlt", "orders", MESSAGES);
            plain.seed("small-dlt", "orders", 1_000);
            engine.profiles()
                    .save(
                            Profile.of(
                                    "bench",
                                    "kafka",
                                    Environment.DEVELOPMENT,
                                    Map.of("bootstrap", broker.bootstrap())),
                            Map.of());
            var big = new QueueRef("bench", "orders-dlt", QueueKind.TOPIC);
            var small = new QueueRef("bench", "small-dlt", QueueKind.TOPIC);

            out.printf("%,d messages of 1 KiB, median of %d%n%n", MESSAGES, ROUNDS);
            out.printf("%-48s %14s %14s %8s%n", "", "script", "program", "ratio");
            rates("read all", () -> plain.read("orders-dlt"), () -> drain(engine, big));
            rates(
                    "group all by cause (the script only reads)",
                    () -> plain.read("orders-dlt"),
                    () -> {
                        var cold = Engine.open(EngineOptions.at(home));
                        try (cold) {
                            cold.messages().groups(big, Filter.all(), true, _ -> {});
                        }
                        return MESSAGES;
                    });
            times(
                    "last 100 of a large topic",
                    () -> plain.lastPage("orders-dlt", 100),
                    () -> page(engine, big));
            times(
                    "last 100 of 1,000",
                    () -> plain.lastPage("small-dlt", 100),
                    () -> page(engine, small));
            rates(
                    "redrive all, exactly once, ledger and archive",
                    () -> {
                        plain.copyInTransactions("orders-dlt", "copy", 5_000);
                        return MESSAGES;
                    },
                    () -> redrive(engine, big));
        } finally {
            delete(home);
        }
    }

    private static long drain(Engine engine, QueueRef queue) throws Exception {
        long read = 0;
        try (var scan =
                engine.brokers()
                        .connection(queue.profile())
                        .scan(queue, Cursor.oldest(), Cursor.newest())) {
            for (var batch = scan.next(); batch.isPresent(); batch = scan.next()) {
                read += batch.get().messages().size();
            }
        }
        return read;
    }

    private static long redrive(Engine engine, QueueRef queue) throws Exception {
        // Resolved ones too, so that every round moves all of them.
        var plan =
                new RedriveRequest(
                        queue,
                        new Scope.All(),
                        null,
                        null,
                        null,
                        new Change.None(),
                        null,
                        List.of(),
                        false,
                        false,
                        Pace.FULL,
                        Integer.MAX_VALUE,
                        true,
                        false,
                        "benchmark");
        var job = engine.jobs().await(engine.jobs().start(plan, null));
        if (job.state() != JobState.DONE) {
            throw new IllegalStateException(job.sentence());
        }
        return job.sent();
    }

    private static long page(Engine engine, QueueRef queue) throws Exception {
        return engine.messages().browse(BrowseRequest.newest(queue, 100)).messages().size();
    }

    private void rates(
            String what, Callable<? extends Number> script, Callable<? extends Number> program)
            throws Exception {
        if (isLeftOut(what)) {
            return;
        }
        var theirs = perSecond(script);
        var ours = perSecond(program);
        out.printf("%-48s %,12.0f/s %,12.0f/s %8.2f%n", what, theirs, ours, ours / theirs);
    }

    private void times(
            String what, Callable<? extends Number> script, Callable<? extends Number> program)
            throws Exception {
        if (isLeftOut(what)) {
            return;
        }
        var theirs = median(script, (_, nanos) -> nanos / 1e6);
        var ours = median(program, (_, nanos) -> nanos / 1e6);
        out.printf("%-48s %11.1f ms %11.1f ms %8.2f%n", what, theirs, ours, theirs / ours);
    }

    private boolean isLeftOut(String what) {
        return !only.isEmpty() && only.stream().noneMatch(what::startsWith);
    }

    private static double perSecond(Callable<? extends Number> task) throws Exception {
        return median(task, (count, nanos) -> count / (nanos / 1e9));
    }

    private static double median(Callable<? extends Number> task, Figure figure) throws Exception {
        task.call();
        List<Double> figures = new ArrayList<>();
        for (var round = 0; round < ROUNDS; round++) {
            var start = System.nanoTime();
            var count = task.call().doubleValue();
            figures.add(figure.of(count, (double) (System.nanoTime() - start)));
        }
        Collections.sort(figures);
        return figures.get(ROUNDS / 2);
    }

    private static void delete(Path folder) throws IOException {
        try (var all = Files.walk(folder)) {
            for (var path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        }
    }

    private interface Figure {
        double of(double count, double nanos);
    }
}
