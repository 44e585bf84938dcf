package org.deadletteroffice.rabbitmq;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.rabbitmq.client.AlreadyClosedException;
import com.rabbitmq.client.ShutdownSignalException;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.awaitility.Awaitility;
import org.deadletteroffice.rabbitmq.FrameGate.Rule;
import org.deadletteroffice.rabbitmq.FrameGate.Valve;
import org.deadletteroffice.spi.error.BrokerException;
import org.deadletteroffice.spi.transfer.TransferEvent;
import org.deadletteroffice.spi.transfer.TransferPlan;
import org.junit.jupiter.api.Test;

/// What becomes of channels that the broker closes or does not answer on.
final class ChannelTest extends OneNode {
    /// The second would go out on the closed channel, for which the broker closes the connection.
    @Test
    void question_behind_one_that_closes_the_channel_costs_no_other_channel() throws Exception {
        var missing = ref(newName("missing"));
        var closing = new Valve(FrameGate.CHANNEL_CLOSE);
        closing.shut();
        var asked = new CountDownLatch(1);
        var watch = FrameGate.telling(FrameGate.QUEUE_DECLARE, asked::countDown);
        try (var gate = new FrameGate(rabbit.broker().port(), watch, closing)) {
            var link = link(rabbit.settings().with("hosts", gate.address()));
            try {
                var line = link.open(link.deadline());
                var beside = link.channel(link.deadline());
                var hold = new Hold(line, missing, TAKING, _ -> Optional.empty(), _ -> {});
                var first = new FutureTask<>(hold.intake()::declared);
                var second =
                        new FutureTask<>(() -> line.ask(() -> line.channel().rpc(Link.ANSWERED)));
                Thread.ofPlatform().daemon().start(first);
                assertThat(asked.await(10, TimeUnit.SECONDS)).isTrue();
                var behind = Thread.ofPlatform().daemon().start(second);
                // Until it waits: for its turn, or for the answer.
                Awaitility.await()
                        .until(
                                behind::getState,
                                state ->
                                        state == Thread.State.WAITING
                                                || state == Thread.State.TIMED_WAITING);
                closing.open();

                assertThatThrownBy(first::get)
                        .hasRootCauseInstanceOf(ShutdownSignalException.class);
                assertThatThrownBy(second::get).hasCauseInstanceOf(AlreadyClosedException.class);
                // The broker answers what was asked before it closes.
                assertThat(
                                beside.queueDeclarePassive(filled("there", 1, Map.of()).name())
                                        .getMessageCount())
                        .isOne();
            } finally {
                closing.open();
                link.close();
            }
        }
    }

    /// As when several batches are lost together. The broker closes the connection where a number
    /// comes again that it did not close yet.
    @Test
    void number_of_a_channel_that_is_closed_twice_is_not_used_before_the_broker_closed_it()
            throws Exception {
        var answers = new Valve(FrameGate.CHANNEL_CLOSE_OK);
        answers.shut();
        var closing = new CountDownLatch(1);
        var opened = new CopyOnWriteArrayList<Short>();
        Rule watch =
                (method, frame) -> {
                    if (method == FrameGate.CHANNEL_OPEN) {
                        opened.add(channel(frame));
                    } else if (method == FrameGate.CHANNEL_CLOSE) {
                        closing.countDown();
                    }
                    return Optional.of(frame);
                };
        try (var gate = new FrameGate(rabbit.broker().port(), watch, answers)) {
            var link = link(rabbit.settings().with("hosts", gate.address()));
            try {
                var first = link.channel(link.deadline());
                Link.closeSoon(first);
                Link.closeSoon(first);
                assertThat(closing.await(10, TimeUnit.SECONDS)).isTrue();
                var second = new FutureTask<>(() -> link.channel(link.deadline()));
                Thread.ofVirtual().start(second);
                Awaitility.await().until(() -> opened.size() == 2);
                answers.open();

                assertThat(opened).doesNotHaveDuplicates();
                assertThat(second.get().isOpen()).isTrue();
            } finally {
                answers.open();
                link.close();
            }
        }
    }

    private static short channel(byte[] frame) {
        return ByteBuffer.wrap(frame).getShort(1);
    }

    @Test
    void channel_on_which_no_confirms_could_be_had_is_closed() throws Exception {
        var queue = filled("unconfirmed", 1, Map.of());
        var message = outgoing(all(queue), queue("to", Map.of()).name());
        var refused = new AtomicBoolean();
        var open = ConcurrentHashMap.<Short>newKeySet();
        Rule refuse =
                (method, frame) -> {
                    var channel = channel(frame);
                    if (method == FrameGate.CONFIRM_SELECT && !refused.getAndSet(true)) {
                        open.add(channel);
                        return Optional.of(FrameGate.NOTHING);
                    }
                    if (method == FrameGate.CHANNEL_CLOSE) {
                        open.remove(channel);
                    }
                    return Optional.of(frame);
                };
        try (var gate = new FrameGate(rabbit.broker().port(), refuse, FrameGate.PASS);
                var over =
                        open(
                                rabbit.settings()
                                        .with("hosts", gate.address())
                                        .with("timeout", "1s"));
                var transfer = over.transfer(new TransferPlan("job", queue, PROFILE))) {
            assertThatThrownBy(() -> transfer.send(message))
                    .isInstanceOf(BrokerException.Unreachable.class);
            assertThat(refused).as("or it shows nothing").isTrue();
            Awaitility.await().until(open::isEmpty);

            assertThat(transfer.send(message))
                    .singleElement()
                    .isInstanceOf(TransferEvent.Sent.class);
        }
    }
}
