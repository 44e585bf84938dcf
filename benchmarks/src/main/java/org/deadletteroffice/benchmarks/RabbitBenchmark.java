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
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.deadletteroffice.core.Engine;
import org.deadletteroffice.core.EngineOptions;
import org.deadletteroffice.core.profile.Environment;
import org.deadletteroffice.core.profile.Profile;
import org.deadletteroffice.fixtures.ForeignMessage;
import org.deadletteroffice.fixtures.rabbitmq.RabbitFixture;
import org.deadletteroffice.spi.connector.BrokerConnection;
import org.deadletteroffice.spi.connector.Browse.Direction;
import org.deadletteroffice.spi.connector.ServerSideMover.MoveStatus.State;
import org.deadletteroffice.spi.message.Cursor;
import org.deadletteroffice.spi.message.QueueKind;
import org.deadletteroffice.spi.message.QueueRef;

/// RabbitMQ, 1 KiB persistent dead letters: a whole queue moved by the program beside the same by a
/// dynamic shovel with `on-confirm`, on the same node in the same run. Each figure is the median of
/// seven after eight that warm up: compilers take half of the machine in the first seconds. With
/// arguments only the lines that begin with one of them.
public final class RabbitBenchmark {
    private static final int MESSAGES = Integer.getInteger("messages", 60_000);
    private static final int WARM_UP = 8;
    private static final int ROUNDS = 7;

    private final PrintStream out;
    private final List<String> only;
    private final RabbitFixture rabbit;
    private final Engine engine;
    private final BrokerConnection connection;

    private RabbitBenchmark(PrintStream out, RabbitFixture rabbit, Engine engine, List<String> only)
            throws Exception {
        this.only = only;
        this.out = out;
        this.rabbit = rabbit;
        this.engine = engine;
        this.connection = engine.brokers().connection("bench");
    }

    public static void main(String[] args) throws Exception {
        var home = Files.createTempDirectory("dlo-bench-");
        try (var rabbit = RabbitFixture.start(RabbitFixture.Type.CLASSIC);
                var engine = Engine.open(EngineOptions.at(home))) {
            engine.profiles()
                    .save(
                            Profile.of(
                                    "bench",
                                    "rabbitmq",
                                    Environment.DEVELOPMENT,
                                    rabbit.directSettings().values()),
                            Map.of());
            new RabbitBenchmark(System.out, rabbit, engine, List.of(args)).run();
        } finally {
            delete(home);
        }
    }

    private void run() throws Exception {
        out.printf("%,d messages of 1 KiB, median of %d%n%n", MESSAGES, ROUNDS);
        out.printf("%-48s %14s %14s %8s%n", "", "shovel", "program", "ratio");
        for (var type : List.of("classic", "quorum")) {
            var dead = queue(type + "-dlq", type);
            var home = queue(type + "-home", type);
            rates(
                    type + ": send, confirm, remove",
                    dead,
                    home,
                    () -> shovel(dead, home),
                    () -> BareTransfer.run(connection, dead, home.name()));
            rates(
                    type + ": redrive with ledger and archive",
                    dead,
                    home,
                    () -> shovel(dead, home),
                    () -> WholeRedrive.run(engine, dead, home.name()));
            var page = type + ": first 100 of a large queue";
            if (isWanted(page)) {
                fill(dead);
                out.printf("%-48s %14s %11.1f ms%n", page, "", firstPage(dead) / 1e6);
                purge(dead);
            }
        }
    }

    private QueueRef queue(String name, String type) {
        rabbit.createQueue(name, Map.of("x-queue-type", type));
        return new QueueRef("bench", name, QueueKind.QUEUE);
    }

    private void fill(QueueRef queue) {
        for (var from = 0; from < MESSAGES; from += 5_000) {
            rabbit.seed(
                    queue.name(),
                    IntStream.range(from, Math.min(MESSAGES, from + 5_000))
                            .mapToObj(n -> ForeignMessage.of("%01024d".formatted(n)))
                            .toList());
        }
    }

    private void purge(QueueRef queue) {
        var _ = rabbit.use("purge", channel -> channel.queuePurge(queue.name()));
    }

    private long shovel(QueueRef from, QueueRef to) throws Exception {
        var mover = connection.serverSideMover().orElseThrow();
        var handle = mover.start(from, to, null);
        while (mover.status(handle).state() == State.RUNNING) {
            LockSupport.parkNanos(5_000_000);
        }
        return MESSAGES;
    }

    /// Nanoseconds until the page is there; what is given back afterwards nobody waits for.
    private long firstPage(QueueRef queue) throws Exception {
        List<Long> figures = new ArrayList<>();
        for (var round = 0; round < WARM_UP + ROUNDS; round++) {
            var start = System.nanoTime();
            try (var browse = connection.browse(queue)) {
                var _ = browse.page(Cursor.oldest(), Direction.NEWER, 100).messages().size();
                figures.add(System.nanoTime() - start);
            }
        }
        return median(figures);
    }

    private void rates(
            String what, QueueRef from, QueueRef to, Callable<Long> theirs, Callable<Long> ours)
            throws Exception {
        if (!isWanted(what)) {
            return;
        }
        List<Long> ofShovel = new ArrayList<>();
        List<Long> ofProgram = new ArrayList<>();
        // By turns, since a machine is not as quick in one minute as in the next.
        for (var round = 0; round < WARM_UP + ROUNDS; round++) {
            refill(from, to);
            ofShovel.add(nanos(theirs));
            refill(from, to);
            ofProgram.add(nanos(ours));
        }
        purge(to);
        var shovel = MESSAGES / (median(ofShovel) / 1e9);
        var program = MESSAGES / (median(ofProgram) / 1e9);
        out.printf("%-48s %,12.0f/s %,12.0f/s %8.2f%n", what, shovel, program, program / shovel);
    }

    private boolean isWanted(String what) {
        return only.isEmpty() || only.stream().anyMatch(what::startsWith);
    }

    private void refill(QueueRef from, QueueRef to) {
        purge(from);
        purge(to);
        fill(from);
    }

    private static long nanos(Callable<Long> task) throws Exception {
        var start = System.nanoTime();
        task.call();
        return System.nanoTime() - start;
    }

    private static long median(List<Long> figures) {
        var measured = new ArrayList<>(figures.subList(WARM_UP, figures.size()));
        Collections.sort(measured);
        return measured.get(measured.size() / 2);
    }

    private static void delete(Path folder) throws IOException {
        try (var all = Files.walk(folder)) {
            for (var path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        }
    }
}
