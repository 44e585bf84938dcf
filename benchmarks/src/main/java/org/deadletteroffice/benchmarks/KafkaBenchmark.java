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
import org.deadletteroffice.core.profile.Environment;
import org.deadletteroffice.core.profile.Profile;
import org.deadletteroffice.core.query.Filter;
import org.deadletteroffice.fixtures.kafka.KafkaBroker;
import org.deadletteroffice.spi.message.Cursor;
import org.deadletteroffice.spi.message.QueueKind;
import org.deadletteroffice.spi.message.QueueRef;

/// Kafka, 1 KiB dead letters, one partition: what the program takes beside what a script takes on
/// the same broker in the same run. Each figure is the median of three after one warm-up,
/// script and program by turns.
public final class KafkaBenchmark {
    private static final int MESSAGES = Integer.getInteger("messages", 1_000_000);
    private static final int ROUNDS = 3;

    private final PrintStream out;
    private final List<String> only;
    private int round = 1;

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
                        // What an earlier round kept would only be read back.
                        var kept = home.resolve("index");
                        if (Files.exists(kept)) {
                            delete(kept);
                        }
                        var cold = Engine.open(EngineOptions.at(home));
                        try (cold) {
                            cold.messages().groups(big, Filter.all(), true, _ -> {});
                        }
                        return MESSAGES;
                    });
            rates(
                    "search all for a text (the script only reads)",
                    () -> plain.read("orders-dlt"),
                    () -> search(engine, big, "nowhere" + round++));
            rates(
                    "filter all by a field (the script only reads)",
                    () -> plain.read("orders-dlt"),
                    () -> search(engine, big, "payload.total == 77 && " + round++ + " > 0"));
            openings("open a grouped topic again (no script does)", home, big);
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
                    () -> WholeRedrive.run(engine, big, null));
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

    /// Each search has words of its own, as what was searched for once is not read again.
    private static long search(Engine engine, QueueRef queue, String text) throws Exception {
        engine.messages().count(queue, Filter.parse(text), null, true, _ -> {});
        return MESSAGES;
    }

    /// What is to be seen of a topic whose index was kept: its groups and its newest page.
    private static long opened(Engine engine, QueueRef queue) throws Exception {
        engine.messages().groups(queue, Filter.all(), true, _ -> {});
        return page(engine, queue);
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
        Figure perSecond = (count, nanos) -> count / (nanos / 1e9);
        var both = medians(script, program, perSecond);
        out.printf(
                "%-48s %,12.0f/s %,12.0f/s %8.2f%n",
                what, both.script(), both.program(), both.program() / both.script());
    }

    private void times(
            String what, Callable<? extends Number> script, Callable<? extends Number> program)
            throws Exception {
        if (isLeftOut(what)) {
            return;
        }
        Figure millis = (_, nanos) -> nanos / 1e6;
        var both = medians(script, program, millis);
        out.printf(
                "%-48s %11.1f ms %11.1f ms %8.2f%n",
                what, both.script(), both.program(), both.script() / both.program());
    }

    /// As after a start of the program: each time a new engine, whose own opening does not count.
    private void openings(String what, Path home, QueueRef queue) throws Exception {
        if (isLeftOut(what)) {
            return;
        }
        List<Double> millis = new ArrayList<>();
        for (var opening = 0; opening <= ROUNDS; opening++) {
            try (var engine = Engine.open(EngineOptions.at(home))) {
                var took = figure(() -> opened(engine, queue), (_, nanos) -> nanos / 1e6);
                if (opening > 0) {
                    millis.add(took);
                }
            }
        }
        out.printf("%-48s %14s %11.1f ms%n", what, "", median(millis));
    }

    private boolean isLeftOut(String what) {
        return !only.isEmpty() && only.stream().noneMatch(what::startsWith);
    }

    private record Medians(double script, double program) {}

    /// By turns, so that whatever else the machine does meets both.
    private static Medians medians(
            Callable<? extends Number> script, Callable<? extends Number> program, Figure figure)
            throws Exception {
        script.call();
        program.call();
        List<Double> theirs = new ArrayList<>();
        List<Double> ours = new ArrayList<>();
        for (var round = 0; round < ROUNDS; round++) {
            theirs.add(figure(script, figure));
            ours.add(figure(program, figure));
        }
        return new Medians(median(theirs), median(ours));
    }

    private static double figure(Callable<? extends Number> task, Figure figure) throws Exception {
        var start = System.nanoTime();
        var count = task.call().doubleValue();
        return figure.of(count, (double) (System.nanoTime() - start));
    }

    private static double median(List<Double> figures) {
        Collections.sort(figures);
        return figures.get(figures.size() / 2);
    }

    static void delete(Path folder) throws IOException {
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
