package org.deadletteroffice.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.deadletteroffice.core.Engine;
import org.deadletteroffice.core.EngineOptions;
import org.deadletteroffice.core.profile.Environment;
import org.deadletteroffice.core.profile.Profile;
import org.deadletteroffice.fixtures.sqs.ElasticMq;
import org.deadletteroffice.spi.message.QueueKind;
import org.deadletteroffice.spi.message.QueueRef;
import org.deadletteroffice.spi.profile.Secret;

/// ElasticMQ, 1 KiB messages: a script moves them one way, the program moves them back, with ledger
/// and archive. The median of three after one warm-up.
public final class SqsBenchmark {
    private static final int MESSAGES = Integer.getInteger("messages", 20_000);
    private static final int ROUNDS = 3;

    private SqsBenchmark() {}

    public static void main(String[] args) throws Exception {
        var home = Files.createTempDirectory("dlo-bench-");
        try (var broker = ElasticMq.start();
                var plain = new PlainSqs(broker.endpoint());
                var engine = Engine.open(EngineOptions.at(home))) {
            plain.createQueue("orders");
            plain.createQueue("orders-dlq");
            plain.seed("orders", MESSAGES);
            engine.profiles()
                    .save(
                            Profile.of(
                                    "bench",
                                    "sqs",
                                    Environment.DEVELOPMENT,
                                    Map.of(
                                            "endpoint", broker.endpoint().toString(),
                                            "region", "elasticmq",
                                            "signIn", "KEYS",
                                            "accessKeyId", "bench",
                                            "poll", "0s")),
                            Map.of("secretKey", new Secret("bench")));
            List<Double> script = new ArrayList<>();
            List<Double> program = new ArrayList<>();
            for (var round = 0; round <= ROUNDS; round++) {
                var start = System.nanoTime();
                var moved = plain.move("orders", "orders-dlq");
                script.add(moved / ((System.nanoTime() - start) / 1e9));
                start = System.nanoTime();
                var redriven =
                        WholeRedrive.run(
                                engine,
                                new QueueRef("bench", "orders-dlq", QueueKind.QUEUE),
                                "orders");
                program.add(redriven / ((System.nanoTime() - start) / 1e9));
            }
            var theirs = median(script);
            var ours = median(program);
            System.out.printf(
                    "SQS, %,d messages of 1 KiB, ElasticMQ, median of %d%n%n", MESSAGES, ROUNDS);
            System.out.printf("%-48s %14s %14s %8s%n", "", "script", "program", "ratio");
            System.out.printf(
                    "%-48s %,12.0f/s %,12.0f/s %8.2f%n",
                    "redrive all, ledger and archive (8 threads)", theirs, ours, ours / theirs);
        } finally {
            delete(home);
        }
    }

    private static double median(List<Double> figures) {
        var warm = new ArrayList<>(figures.subList(1, figures.size()));
        Collections.sort(warm);
        return warm.get(warm.size() / 2);
    }

    private static void delete(Path folder) throws IOException {
        try (var all = Files.walk(folder)) {
            for (var path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
