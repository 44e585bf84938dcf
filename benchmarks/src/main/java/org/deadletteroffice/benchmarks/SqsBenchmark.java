package org.deadletteroffice.benchmarks;

import java.io.IOException;
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
import org.deadletteroffice.core.profile.Environment;
import org.deadletteroffice.core.profile.Profile;
import org.deadletteroffice.fixtures.sqs.ElasticMq;
import org.deadletteroffice.spi.message.QueueKind;
import org.deadletteroffice.spi.message.QueueRef;

/// ElasticMQ, 1 KiB messages: a script moves them one way, the program moves them back; then the
/// npm tool `replay-aws-dlq` moves some. The median of nine after six that warm up, by turns: so
/// long do the compilers of program and server take their share of the machine.
public final class SqsBenchmark {
    private static final int MESSAGES = Integer.getInteger("messages", 20_000);

    /// The tool takes them one by one.
    private static final int REPLAYED = Math.min(MESSAGES, 3_000);

    private static final int WARM_UP = 6;
    private static final int ROUNDS = 9;
    private static final String PROFILE = "bench";
    private static final String ORDERS = "orders";
    private static final QueueRef DEAD = new QueueRef(PROFILE, "orders-dlq", QueueKind.QUEUE);

    private SqsBenchmark() {}

    /// @param args the folder where npm put the tool
    public static void main(String[] args) throws Exception {
        var home = Files.createTempDirectory("dlo-bench-");
        try (var broker = ElasticMq.start();
                var plain = new PlainSqs(broker);
                var engine = Engine.open(EngineOptions.at(home))) {
            plain.createQueue(ORDERS);
            plain.createQueue(DEAD.name());
            plain.seed(ORDERS, MESSAGES);
            // ElasticMQ asks for no key.
            engine.profiles()
                    .save(
                            Profile.of(
                                    PROFILE,
                                    "sqs",
                                    Environment.DEVELOPMENT,
                                    Map.of(
                                            "endpoint", broker.endpoint().toString(),
                                            "region", ElasticMq.REGION,
                                            "signIn", "KEYS",
                                            "accessKeyId", "bench",
                                            "metrics", "false",
                                            "topics", "false",
                                            "poll", "0s")),
                            Map.of());
            var connection = engine.brokers().connection(PROFILE);
            var script = new ArrayList<Double>();
            var transfer = new ArrayList<Double>();
            var redrive = new ArrayList<Double>();
            for (var round = 0; round < WARM_UP + ROUNDS; round++) {
                script.add(rate(() -> plain.move(ORDERS, DEAD.name())));
                transfer.add(rate(() -> BareTransfer.run(connection, DEAD, ORDERS)));
                script.add(rate(() -> plain.move(ORDERS, DEAD.name())));
                redrive.add(rate(() -> WholeRedrive.run(engine, DEAD, ORDERS)));
            }
            System.out.printf(
                    "SQS, %,d messages of 1 KiB, ElasticMQ, median of %d%n%n", MESSAGES, ROUNDS);
            System.out.printf("%-48s %14s %14s %8s%n", "", "peer", "program", "ratio");
            var loop = median(script.subList(2 * WARM_UP, script.size()));
            line("transfer, beside 8 threads of the SDK", loop, median(warm(transfer)));
            line("redrive, ledger and archive, beside these", loop, median(warm(redrive)));
            var tool = ReplayTool.in(Path.of(args[0]));
            if (tool.isEmpty()) {
                System.out.println("replay-aws-dlq is not there: npm is missing.");
                return;
            }
            plain.createQueue("some");
            plain.createQueue("more");
            plain.seed("some", REPLAYED);
            var replayed =
                    rate(
                            () -> {
                                tool.get().move(plain.url("some"), plain.url("more"), REPLAYED);
                                return (long) REPLAYED;
                            });
            line(
                    "redrive, beside replay-aws-dlq (%,d)".formatted(REPLAYED),
                    replayed,
                    median(warm(redrive)));
        } finally {
            delete(home);
        }
    }

    private static void line(String what, double theirs, double ours) {
        System.out.printf("%-48s %,12.0f/s %,12.0f/s %8.2f%n", what, theirs, ours, ours / theirs);
    }

    /// Messages a second.
    private static double rate(Callable<Long> task) throws Exception {
        var start = System.nanoTime();
        var moved = task.call();
        return moved / ((System.nanoTime() - start) / 1e9);
    }

    private static List<Double> warm(List<Double> figures) {
        return figures.subList(WARM_UP, figures.size());
    }

    private static double median(List<Double> figures) {
        var sorted = new ArrayList<>(figures);
        Collections.sort(sorted);
        return sorted.get(sorted.size() / 2);
    }

    private static void delete(Path folder) throws IOException {
        try (var all = Files.walk(folder)) {
            for (var path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
