package org.deadletteroffice.rabbitmq;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Consumer;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.deadletteroffice.fixtures.ForeignMessage;
import org.deadletteroffice.rabbitmq.FrameGate.Rule;
import org.deadletteroffice.spi.connector.Browse.Direction;
import org.deadletteroffice.spi.error.BrokerException;
import org.deadletteroffice.spi.message.Cursor;
import org.deadletteroffice.spi.message.QueueRef;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A broker that is slow is told as one, and what it does hand out is waited for.
final class SlowBrokerTest extends OneNode {
    private static final int LARGE_FRAME = 100_000;

    /// Of eight.
    private static final Duration FRAME_TAKES = Duration.ofMillis(250);

    /// Answers all, and hands out nothing.
    private static Channel silent(Channel real) {
        var consumers = new Consumer[1];
        return (Channel)
                Proxy.newProxyInstance(
                        Channel.class.getClassLoader(),
                        new Class<?>[] {Channel.class},
                        (_, method, arguments) -> {
                            switch (method.getName()) {
                                case "basicConsume" -> {
                                    consumers[0] = (Consumer) arguments[3];
                                    return arguments[2];
                                }
                                case "basicCancel" -> {
                                    consumers[0].handleCancelOk((String) arguments[0]);
                                    return null;
                                }
                                default -> {
                                    try {
                                        return method.invoke(real, arguments);
                                    } catch (InvocationTargetException failed) {
                                        throw failed.getCause();
                                    }
                                }
                            }
                        });
    }

    @Test
    void silence_without_another_consumer_is_no_exclusive_use() throws Exception {
        QueueRef queue = filled("silent", 5, Map.of());
        var link = link();
        try {
            var deadline = link.deadline();
            var line = link.open(deadline);
            var hold =
                    new Hold(
                            new Link.Line(silent(line.channel()), line.headers()),
                            queue,
                            new QueueRules.Taking(null, false, false, false, false, null),
                            _ -> Optional.empty(),
                            _ -> {});

            assertThatThrownBy(() -> hold.take(5, deadline))
                    .isInstanceOfSatisfying(
                            BrokerException.class, told -> assertThat(told.isTransient()).isTrue())
                    .hasMessageContainingAll("none of the 5 messages", queue.name());
        } finally {
            link.close();
        }
    }

    /// Each window comes in time, and all of them do not.
    @Test
    void message_behind_many_others_is_found_however_long_they_take() throws Exception {
        var queue = filled("deep", 700, Map.of());
        var last = all(queue).getLast().id();
        try (var impatient = open(rabbit.settings().with("timeout", "2s"));
                var browse = impatient.browse(queue)) {
            browse.page(Cursor.oldest(), Direction.NEWER, 1);
            rabbit.drag(Duration.ofMillis(30));
            try {
                assertThat(impatient.fetch(queue, List.of(last)))
                        .extracting(letter -> new String(letter.payload(), UTF_8))
                        .containsExactly("m-699");
            } finally {
                rabbit.drag(Duration.ZERO);
            }
        }
    }

    /// A message that takes the line longer than the program waits for an answer.
    @ParameterizedTest
    @ValueSource(strings = {"classic", "stream"})
    void large_message_is_read_as_long_as_some_of_it_comes(String type) throws Exception {
        var queue = connection.queue(queue("large", Map.of("x-queue-type", type))).ref();
        rabbit.seed(queue.name(), List.of(ForeignMessage.of("x".repeat(1 << 20))));
        Rule line =
                (method, frame) -> {
                    if (method == 0 && frame.length > LARGE_FRAME) {
                        LockSupport.parkNanos(FRAME_TAKES.toNanos());
                    }
                    return Optional.of(frame);
                };
        try (var gate = new FrameGate(rabbit.broker().port(), FrameGate.PASS, line);
                var impatient =
                        open(
                                rabbit.settings()
                                        .with("hosts", gate.address())
                                        .with("timeout", "1s"));
                var browse = impatient.browse(queue)) {
            assertThat(browse.page(Cursor.oldest(), Direction.NEWER, 1).messages())
                    .singleElement()
                    .satisfies(letter -> assertThat(letter.payload()).hasSize(1 << 20));
        }
    }
}
