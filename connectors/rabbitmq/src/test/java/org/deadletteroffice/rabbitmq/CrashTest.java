package org.deadletteroffice.rabbitmq;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.awaitility.Awaitility;
import org.deadletteroffice.spi.connector.Browse.Direction;
import org.deadletteroffice.spi.message.Cursor;
import org.deadletteroffice.spi.profile.Settings;
import org.junit.jupiter.api.Test;

/// A program that dies while it looks loses nothing: the broker takes back what it held.
final class CrashTest extends OneNode {
    private static final String HELD = "held";

    @Test
    void killed_program_gives_every_message_back() throws Exception {
        for (var arguments :
                List.of(
                        Map.<String, Object>of(),
                        Map.<String, Object>of("x-queue-type", "quorum"))) {
            var queue = filled("crash", 300, arguments);
            var settings = rabbit.settings();
            var child =
                    new ProcessBuilder(
                                    Path.of(System.getProperty("java.home"), "bin", "java")
                                            .toString(),
                                    "-XX:TieredStopAtLevel=1",
                                    "-cp",
                                    System.getProperty("java.class.path"),
                                    Looker.class.getName(),
                                    settings.get("hosts").orElseThrow(),
                                    settings.get("managementUrl").orElseThrow(),
                                    queue.name())
                            .redirectError(ProcessBuilder.Redirect.INHERIT)
                            .start();
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
            Awaitility.await()
                    .atMost(Duration.ofSeconds(30))
                    .untilAsserted(() -> assertThat(ready(queue.name())).isEqualTo(300));
            assertThat(peeked(queue)).containsExactlyInAnyOrderElementsOf(texts(300));
        }
    }

    private long ready(String queue) {
        return rabbit.use("count", channel -> channel.messageCount(queue));
    }

    /// Holds a page until it is killed.
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
            new CountDownLatch(1).await();
        }
    }
}
