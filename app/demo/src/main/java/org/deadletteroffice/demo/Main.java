package org.deadletteroffice.demo;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.stream.Stream;
import org.deadletteroffice.core.Engine;
import org.deadletteroffice.core.EngineOptions;
import org.deadletteroffice.core.OperatorException;
import org.deadletteroffice.core.profile.Environment;
import org.deadletteroffice.core.profile.Profile;
import org.deadletteroffice.core.profile.Profiles;
import org.deadletteroffice.demo.rabbit.AmqpServers;
import org.deadletteroffice.demo.rabbit.RabbitDemo;
import org.deadletteroffice.demo.sample.Samples;
import org.deadletteroffice.demo.sqs.SqsDemo;
import org.deadletteroffice.fixtures.kafka.AbandonedBrokers;
import org.deadletteroffice.spi.message.Numerals;
import org.jspecify.annotations.Nullable;

/// The demo's process: `--home DIR [--only kafka,rabbitmq,sqs]`. Standard output names each profile
/// it made, a line each, and then has an empty line; what is for people goes to standard error.
/// It ends when its standard input closes or a signal asks it to, and takes all it made with it.
public final class Main {
    private static final String KAFKA = "kafka";
    private static final String RABBITMQ = "rabbitmq";
    private static final String SQS = "sqs";
    private static final List<String> KINDS = List.of(KAFKA, RABBITMQ, SQS);
    private static final int WRONG_USE = 2;
    private static final int FAILED = 70;

    /// What is open, the newest first.
    private final Deque<AutoCloseable> open = new ArrayDeque<>();

    private boolean ended;

    private Main() {}

    public static void main(String[] args) {
        var options = Options.parse(args);
        if (options.wrong() != null) {
            System.err.println(options.wrong());
            System.exit(WRONG_USE);
        }
        var demo = new Main();
        Runtime.getRuntime().addShutdownHook(new Thread(demo::end, "end of the demo"));
        Thread.ofPlatform().daemon().name("input").start(Main::endWithInput);
        demo.run(options.home(), options.only());
    }

    /// The input closes when whoever started the demo ends it or dies.
    private static void endWithInput() {
        try {
            while (System.in.read() >= 0) {
                // Nothing is said to the demo.
            }
            System.exit(0);
        } catch (IOException closed) {
            System.exit(0);
        }
    }

    private void run(Path home, List<String> only) {
        try {
            AbandonedBrokers.sweep(Path.of(System.getProperty("java.io.tmpdir")));
            var engine = opened(Engine.open(EngineOptions.at(home)));
            if (only.contains(KAFKA)) {
                kafka(engine);
            }
            var rabbit = only.contains(RABBITMQ) ? rabbit(engine, only.size() == 1) : null;
            if (only.contains(SQS)) {
                // The last, so that its start does not slow the others.
                sqs(engine);
            }
            if (rabbit != null) {
                finished(rabbit);
            }
            System.out.println();
            new CountDownLatch(1).await(); // until the input closes or a signal comes
        } catch (OperatorException | IllegalStateException failed) {
            if (isEnded()) {
                return; // what failed was closed under its feet
            }
            System.err.println("The demo could not start: " + failed.getMessage());
            System.exit(FAILED);
        } catch (InterruptedException stopped) {
            System.exit(0);
        }
    }

    private void kafka(Engine engine) throws OperatorException, InterruptedException {
        var began = System.nanoTime();
        var demo = opened(Demo.open(Clock.systemUTC()));
        var name =
                addProfile(
                        engine.profiles(),
                        KAFKA,
                        Map.of(
                                "bootstrap",
                                demo.bootstrap(),
                                "security",
                                "PLAINTEXT",
                                "schemaFolder",
                                demo.schemaFolder().toString()));
        // Its profile is there before its messages are: a window shows them as they arrive.
        demo.fill();
        tell(
                began,
                name,
                "Kafka on " + demo.bootstrap(),
                demo.deadLetterCount(),
                Stream.concat(demo.deadLetterTopics().stream(), Stream.of(Samples.DEAD_LETTERS))
                        .toList());
    }

    /// A private node is waited for, so that both start quicker; what a container engine may have
    /// to fetch holds nobody up.
    private Future<?> rabbit(Engine engine, boolean alone)
            throws OperatorException, InterruptedException {
        var servers = opened(new AmqpServers(System.err::println));
        var start =
                new FutureTask<@Nullable Void>(
                        () -> {
                            rabbitmq(engine, servers, alone);
                            return null;
                        });
        Thread.ofPlatform().daemon().name("start of RabbitMQ").start(start);
        if (servers.isRabbitInstalled()) {
            finished(start);
        }
        return start;
    }

    private static void finished(Future<?> start) throws OperatorException, InterruptedException {
        try {
            start.get();
        } catch (ExecutionException failed) {
            var cause = failed.getCause();
            if (cause instanceof OperatorException refused) {
                throw refused;
            }
            throw cause instanceof IllegalStateException known
                    ? known
                    : new IllegalStateException("RabbitMQ's side failed.", cause);
        }
    }

    /// @param alone whether there is no demo without it
    private void rabbitmq(Engine engine, AmqpServers servers, boolean alone)
            throws OperatorException {
        var began = System.nanoTime();
        RabbitDemo demo;
        try {
            demo = opened(RabbitDemo.start(servers, Clock.systemUTC()));
        } catch (IllegalStateException failed) {
            if (alone || isEnded()) {
                throw failed;
            }
            System.err.println("RabbitMQ is left out: " + failed.getMessage());
            return;
        }
        tell(
                began,
                addProfile(engine.profiles(), RABBITMQ, demo.settings()),
                demo.broker() + " on " + demo.settings().get("hosts"),
                demo.deadLetterCount(),
                demo.deadLetterQueues());
    }

    private void sqs(Engine engine) throws OperatorException {
        var began = System.nanoTime();
        var demo = opened(SqsDemo.start(Clock.systemUTC()));
        tell(
                began,
                addProfile(engine.profiles(), SQS, demo.settings()),
                "SQS (ElasticMQ) on " + demo.settings().get("endpoint"),
                demo.deadLetterCount(),
                demo.deadLetterQueues());
    }

    private static void tell(
            long began, String profile, String broker, int deadLetters, List<String> queues) {
        System.err.printf(
                Locale.ROOT,
                "%s: %s in %s, after %.1f s.%n",
                broker,
                Numerals.of(deadLetters, "dead letter", "dead letters"),
                String.join(", ", queues),
                (System.nanoTime() - began) / 1e9);
        System.out.println(profile);
    }

    /// `demo-kafka`, or with a number where a demo runs already. It goes with the demo.
    private String addProfile(Profiles profiles, String kind, Map<String, String> values)
            throws OperatorException {
        for (var number = 1; ; number++) {
            var name = number == 1 ? "demo-" + kind : "demo-" + kind + '-' + number;
            if (profiles.find(name).isPresent()) {
                continue;
            }
            try {
                profiles.saveTemporary(Profile.of(name, kind, Environment.DEVELOPMENT, values));
                opened(() -> profiles.removeTemporary(name));
                return name;
            } catch (OperatorException refused) {
                // Another demo may have taken the name since.
                if (profiles.find(name).isEmpty()) {
                    throw refused;
                }
            }
        }
    }

    private synchronized <T extends AutoCloseable> T opened(T resource) {
        if (ended) {
            close(resource);
        } else {
            open.push(resource);
        }
        return resource;
    }

    private synchronized boolean isEnded() {
        return ended;
    }

    private synchronized void end() {
        ended = true;
        open.forEach(Main::close);
        open.clear();
    }

    private static void close(AutoCloseable resource) {
        try {
            resource.close();
        } catch (Exception failed) {
            System.err.println("The demo left something behind: " + failed.getMessage());
        }
    }

    private record Options(Path home, List<String> only, @Nullable String wrong) {
        static Options parse(String[] args) {
            var home = EngineOptions.defaultHome();
            var only = KINDS;
            for (var i = 0; i < args.length; i += 2) {
                if (i + 1 == args.length) {
                    return wrong(home, "A value is missing after " + args[i] + '.');
                }
                switch (args[i]) {
                    case "--home" -> home = Path.of(args[i + 1]);
                    case "--only" -> {
                        only = List.of(args[i + 1].split(","));
                        var unknown =
                                only.stream().filter(kind -> !KINDS.contains(kind)).findFirst();
                        if (unknown.isPresent()) {
                            return wrong(
                                    home,
                                    "There is no demo of "
                                            + unknown.get()
                                            + "; there is one of "
                                            + String.join(", ", KINDS)
                                            + '.');
                        }
                    }
                    default -> {
                        return wrong(home, "Unknown option " + args[i] + '.');
                    }
                }
            }
            return new Options(home, only, null);
        }

        private static Options wrong(Path home, String sentence) {
            return new Options(home, List.of(), sentence);
        }
    }
}
