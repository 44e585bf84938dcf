package org.deadletteroffice.rabbitmq;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.awaitility.Awaitility;
import org.deadletteroffice.spi.connector.Browse.Direction;
import org.deadletteroffice.spi.message.Cursor;
import org.deadletteroffice.spi.message.DeadLetter;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// The broker closes a channel whose messages nobody acknowledged in its `consumer_timeout`, half
/// an hour unless set otherwise.
@Tag("soak")
final class ConsumerTimeoutTest extends OneNode {
    @Test
    void messages_that_the_broker_took_back_are_taken_anew_and_none_is_lost() throws Exception {
        var queue = filled("timeout", 6, Map.of());
        patience("1000", "500");
        try (var hasty = open(rabbit.settings());
                var browse = hasty.browse(queue)) {
            var first = browse.page(Cursor.oldest(), Direction.NEWER, 2);
            assertThat(texts(first.messages())).containsExactly("m-0", "m-1");
            // The broker has them back.
            Awaitility.await()
                    .atMost(Duration.ofSeconds(60))
                    .until(() -> rabbit.use("count", c -> c.messageCount(queue.name())) == 6);

            var second = browse.page(first.newer(), Direction.NEWER, 2);

            assertThat(texts(second.messages())).containsExactly("m-2", "m-3");
            hasty.remove(queue, List.of(second.messages().getFirst().id()));
        } finally {
            patience("1800000", "60000");
        }
        assertThat(peeked(queue)).containsExactly("m-0", "m-1", "m-3", "m-4", "m-5");
    }

    private static List<String> texts(List<DeadLetter> letters) {
        return letters.stream()
                .map(
                        letter ->
                                new String(
                                        Objects.requireNonNull(letter.payload()),
                                        StandardCharsets.UTF_8))
                .toList();
    }

    /// Of channels that are opened from now on.
    ///
    /// @param millis until a channel is closed
    /// @param tick how often the broker looks
    private void patience(String millis, String tick) {
        rabbit.broker()
                .control(
                        "eval",
                        "application:set_env(rabbit, consumer_timeout, %s), application:set_env(rabbit, channel_tick_interval, %s)."
                                .formatted(millis, tick));
    }
}
