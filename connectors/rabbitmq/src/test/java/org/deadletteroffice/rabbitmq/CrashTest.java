package org.deadletteroffice.rabbitmq;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.deadletteroffice.spi.connector.Browse.Direction;
import org.deadletteroffice.spi.message.Cursor;
import org.deadletteroffice.spi.message.QueueRef;
import org.deadletteroffice.spi.profile.Settings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// A program that dies while it looks loses nothing: the broker takes back what it held.
final class CrashTest extends OneNode {
    private static final String HELD = "held";
    private static final int KILLED = 128 + 9;

    @Test
    void killed_program_gives_every_message_back() throws Exception {
        for (var arguments : List.of(Map.<String, Object>of(), QUORUM)) {
            var queue = filled("crash", 300, arguments);
            var child = looker(rabbit.settings().get("hosts").orElseThrow(), queue, "stays");
            try {
                var said =
                        new BufferedReader(
                                        new InputStreamReader(
                                                child.getInputStream(), StandardCharsets.UTF_8))
                                .readLine();
                assertThat(said).isEqualTo(HELD);
                assertThat(ready(queue.name())).isLessThan(300);
            } finally {
                child.destroyForcibly().waitFor();
            }
            assertAllBack(queue);
        }
    }

    /// Killed as it gives back the first of the messages of a classic queue, which are all; of a
    /// quorum queue after some, which go back a few at a time.
    ///
    /// @param arrives whether the broker still hears of those
    @ParameterizedTest
    @CsvSource({"classic, 1, false", "classic, 1, true", "quorum, 4, false", "quorum, 4, true"})
    void program_killed_while_it_gives_back_loses_nothing_and_doubles_nothing(
            String type, int killedAt, boolean arrives) throws Exception {
        var queue = filled("crash", 300, Map.of("x-queue-type", type));
        var child = new CompletableFuture<Process>();
        var given = new AtomicInteger();
        FrameGate.Rule kill =
                (method, frame) -> {
                    if (method == FrameGate.BASIC_NACK && given.incrementAndGet() == killedAt) {
                        child.join().destroyForcibly().onExit().join();
                        return arrives ? Optional.of(frame) : Optional.empty();
                    }
                    return Optional.of(frame);
                };
        try (var gate = new FrameGate(rabbit.broker().port(), kill, FrameGate.PASS)) {
            var looker = looker(gate.address(), queue, "leaves");
            child.complete(looker);
            try {
                assertThat(looker.waitFor(60, TimeUnit.SECONDS)).as("it gave back").isTrue();
                assertThat(looker.exitValue()).isEqualTo(KILLED);
            } finally {
                looker.destroyForcibly().waitFor();
            }
            assertAllBack(queue);
        }
    }

    private Process looker(String hosts, QueueRef queue, String then) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Looker.class.getName(),
                        hosts,
                        rabbit.settings().get("managementUrl").orElseThrow(),
                        queue.name(),
                        then)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    private void assertAllBack(QueueRef queue) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(ready(queue.name())).isEqualTo(300));
        assertThat(peeked(queue)).containsExactlyInAnyOrderElementsOf(texts(300));
    }

    private long ready(String queue) {
        return rabbit.use("count", channel -> channel.messageCount(queue));
    }

    /// Holds a page, gives it back where it leaves, and waits until it is killed.
    static final class Looker {
        private Looker() {}

        public static void main(String[] arguments) throws Exception {
            var settings =
                    Settings.of(
                            Map.of(
                                    "hosts", arguments[0],
                                    "managementUrl", arguments[1]));
            var connection = open(settings);
            var browse = connection.browse(ref(arguments[2]));
            browse.page(Cursor.oldest(), Direction.NEWER, 200);
            System.out.println(HELD);
            if (arguments[3].equals("leaves")) {
                browse.close();
            }
            new CountDownLatch(1).await();
        }
    }
}
