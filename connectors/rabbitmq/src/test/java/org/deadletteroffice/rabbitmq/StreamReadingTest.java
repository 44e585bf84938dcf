package org.deadletteroffice.rabbitmq;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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

    /// Counts the bytes that were delivered on a channel and not acknowledged.
    private static final class OnTheWay {
        private static final int BODY = 3;

        /// Of each channel, how many bytes came up to each delivery.
        private final Map<Short, List<Long>> delivered = new HashMap<>();

        private final Map<Short, Long> acknowledged = new HashMap<>();
        private long most;

        synchronized Optional<byte[]> fromProgram(int method, byte[] frame) {
            if (method == FrameGate.CHANNEL_OPEN) {
                delivered(frame).subList(1, delivered(frame).size()).clear();
                acknowledged.remove(channel(frame));
            } else if (method == FrameGate.BASIC_ACK) {
                var tag = ByteBuffer.wrap(frame).getLong(FrameGate.ARGUMENTS);
                acknowledged.put(channel(frame), delivered(frame).get((int) tag));
            }
            return Optional.of(frame);
        }

        synchronized Optional<byte[]> fromBroker(int method, byte[] frame) {
            var all = delivered(frame);
            if (method == FrameGate.BASIC_DELIVER) {
                all.add(all.getLast());
            } else if (frame[0] == BODY) {
                all.set(all.size() - 1, all.getLast() + frame.length);
                var unread = all.getLast() - acknowledged.getOrDefault(channel(frame), 0L);
                most = Math.max(most, unread);
            }
            return Optional.of(frame);
        }

        private List<Long> delivered(byte[] frame) {
            return delivered.computeIfAbsent(channel(frame), _ -> new ArrayList<>(List.of(0L)));
        }

        synchronized long most() {
            return most;
        }

        private static short channel(byte[] frame) {
            return ByteBuffer.wrap(frame).getShort(1);
        }
    }

    @Test
    void large_messages_of_a_stream_are_on_their_way_by_their_bytes() throws Exception {
        var name = queue("heavy", Map.of("x-queue-type", "stream")).name();
        // Each waits until it is confirmed, so that each is a chunk of its own: a chunk that was
        // begun comes whole, however large it is.
        for (var n = 0; n < 40; n++) {
            rabbit.seed(name, List.of(ForeignMessage.of("").with(new byte[1 << 20])));
        }
        rabbit.seed(
                name, IntStream.range(0, 300).mapToObj(n -> ForeignMessage.of("m-" + n)).toList());
        var way = new OnTheWay();
        try (var gate = new FrameGate(rabbit.broker().port(), way::fromProgram, way::fromBroker);
                var over = open(rabbit.settings().with("hosts", gate.address()))) {
            var all = all(over, over.queue(ref(name)).ref());

            assertThat(all).hasSize(340);
            assertThat(all.subList(0, 40))
                    .allSatisfy(letter -> assertThat(letter.payload()).hasSize(1 << 20));
            assertThat(all.subList(40, 340)).extracting(OneNode::text).isEqualTo(texts(300));
        }
        assertThat(way.most()).isLessThanOrEqualTo(18 << 20);
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
