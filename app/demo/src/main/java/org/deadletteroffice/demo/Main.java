package org.deadletteroffice.demo;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.deadletteroffice.core.Engine;
import org.deadletteroffice.core.EngineOptions;
import org.deadletteroffice.core.OperatorException;
import org.deadletteroffice.core.profile.Environment;
import org.deadletteroffice.core.profile.Profile;
import org.deadletteroffice.core.profile.Profiles;
import org.deadletteroffice.demo.sample.Samples;
import org.deadletteroffice.fixtures.kafka.AbandonedBrokers;
import org.jspecify.annotations.Nullable;

/// The demo's process: `--home DIR [--only kafka]`. Standard output names each profile it made, a
/// line each, and then has an empty line; what is for people goes to standard error. It ends when
/// its standard input closes or a signal asks it to, and takes all it made with it.
public final class Main {
    private static final String KIND = "kafka";
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
        demo.run(options.home());
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

    private void run(Path home) {
        var began = System.nanoTime();
        try {
            AbandonedBrokers.sweep(Path.of(System.getProperty("java.io.tmpdir")));
            var engine = opened(Engine.open(EngineOptions.at(home)));
            var demo = opened(Demo.open(Clock.systemUTC()));
            var name = addProfile(engine.profiles(), demo);
            opened(() -> engine.profiles().removeTemporary(name));
            // Its profile is there before its messages are: a window shows them as they arrive.
            demo.fill();
            System.err.printf(
                    "Kafka on %s: %,d dead letters in %s, one of each format in %s, after %.1f s.%n",
                    demo.bootstrap(),
                    demo.deadLetterCount(),
                    String.join(", ", demo.deadLetterTopics()),
                    Samples.DEAD_LETTERS,
                    (System.nanoTime() - began) / 1e9);
            System.out.println(name);
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

    /// `demo-kafka`, or with a number where a demo runs already.
    private static String addProfile(Profiles profiles, Demo demo) throws OperatorException {
        for (var number = 1; ; number++) {
            var name = number == 1 ? "demo-kafka" : "demo-kafka-" + number;
            if (profiles.find(name).isPresent()) {
                continue;
            }
            try {
                profiles.saveTemporary(
                        Profile.of(
                                name,
                                KIND,
                                Environment.DEVELOPMENT,
                                Map.of(
                                        "bootstrap",
                                        demo.bootstrap(),
                                        "security",
                                        "PLAINTEXT",
                                        "schemaFolder",
                                        demo.schemaFolder().toString())));
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

    private record Options(Path home, @Nullable String wrong) {
        static Options parse(String[] args) {
            var home = EngineOptions.defaultHome();
            for (var i = 0; i < args.length; i += 2) {
                if (i + 1 == args.length) {
                    return new Options(home, "A value is missing after " + args[i] + '.');
                }
                switch (args[i]) {
                    case "--home" -> home = Path.of(args[i + 1]);
                    case "--only" -> {
                        var unknown =
                                List.of(args[i + 1].split(",")).stream()
                                        .filter(kind -> !kind.equals(KIND))
                                        .findFirst();
                        if (unknown.isPresent()) {
                            return new Options(
                                    home,
                                    "There is no demo of "
                                            + unknown.get()
                                            + "; there is one of "
                                            + KIND
                                            + '.');
                        }
                    }
                    default -> {
                        return new Options(home, "Unknown option " + args[i] + '.');
                    }
                }
            }
            return new Options(home, null);
        }
    }
}
