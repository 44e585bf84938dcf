package org.deadletteroffice.rabbitmq;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.deadletteroffice.fixtures.ForeignMessage;
import org.deadletteroffice.spi.error.BrokerException;
import org.deadletteroffice.spi.message.Cursor;
import org.deadletteroffice.spi.message.MessageId;
import org.deadletteroffice.spi.message.QueueRef;
import org.junit.jupiter.api.Test;

/// A slow stream is no short one.
final class StreamReadingTest extends OneNode {
    private QueueRef stream(int count) throws Exception {
        var name = queue("stream", Map.of("x-queue-type", "stream")).name();
        var large = ForeignMessage.of("").with(new byte[40_000]);
        rabbit.seed(name, Collections.nCopies(count, large));
        return connection.queue(ref(name)).ref();
    }

    @Test
    void silence_is_the_end_only_where_somebody_says_so() throws Exception {
        var stream = stream(0);
        var profile = new RabbitProfile(rabbit.settings().with("timeout", "1200ms"));
        var link = new Link(profile, new RabbitErrors(profile), new SignIn(profile), "test");
        try {
            for (var count : List.of(OptionalLong.of(5), OptionalLong.empty())) {
                assertThatThrownBy(() -> new Streams(link, (_, _) -> count).snapshot(stream))
                        .isInstanceOf(BrokerException.Unreachable.class)
                        .hasMessageContaining(stream.name());
            }
            assertThat(new Streams(link, (_, _) -> OptionalLong.of(0)).snapshot(stream))
                    .isEqualTo(new Cursor.Token("0"));
        } finally {
            link.close();
        }
    }

    @Test
    void end_of_a_stream_is_found_over_a_slow_line() throws Exception {
        var stream = stream(5);
        rabbit.drag(Duration.ofMillis(150));
        try {
            assertThat(connection.snapshot(stream)).isEqualTo(new Cursor.Token("5"));
        } finally {
            rabbit.drag(Duration.ZERO);
        }
    }

    @Test
    void scattered_messages_are_fetched_over_a_slow_line_in_the_order_asked_for() throws Exception {
        var name = queue("scattered", Map.of("x-queue-type", "stream")).name();
        rabbit.seed(
                name,
                IntStream.range(0, 2_000).mapToObj(n -> ForeignMessage.of("m-" + n)).toList());
        var near = IntStream.range(0, 60).map(n -> 10 * n);
        var far = IntStream.range(1, 4).map(n -> 300 * n + 700);
        var numbers =
                IntStream.concat(near, far).boxed().sorted(Comparator.reverseOrder()).toList();
        var ids = numbers.stream().map(n -> new MessageId(n.toString())).toList();
        try (var patient = open(rabbit.settings().with("timeout", "3s"))) {
            var stream = patient.queue(ref(name)).ref();
            rabbit.drag(Duration.ofMillis(30));
            try {
                assertThat(patient.fetch(stream, ids))
                        .extracting(letter -> new String(letter.payload(), UTF_8))
                        .containsExactlyElementsOf(numbers.stream().map(n -> "m-" + n).toList());
            } finally {
                rabbit.drag(Duration.ZERO);
            }
        }
    }
}
