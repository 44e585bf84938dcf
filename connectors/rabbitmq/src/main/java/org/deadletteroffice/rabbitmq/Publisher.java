package org.deadletteroffice.rabbitmq;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.AMQP.BasicProperties;
import com.rabbitmq.client.Channel;
import java.util.List;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import org.deadletteroffice.spi.error.BrokerException;
import org.deadletteroffice.spi.error.Remedy;
import org.deadletteroffice.spi.message.Numerals;
import org.deadletteroffice.spi.transfer.TransferEvent;
import org.jspecify.annotations.Nullable;

/// Publishes on a channel of its own, in parts that may be on their way together. Where one of them
/// is lost those behind it are, too, and what comes later is until each of them was asked for: it
/// must not overtake them. One thread at a time, but for [#close].
final class Publisher {
    /// Not by the client, which then keeps a tree of all that is not confirmed, as [Confirms] does.
    private static final AMQP.Confirm.Select CONFIRMED = new AMQP.Confirm.Select.Builder().build();

    private final Link link;
    private final BooleanSupplier closed;
    private volatile @Nullable Line line;

    /// Parts that were published and not asked for.
    private int unasked;

    /// Why those are lost, or some of them; null while none is.
    private @Nullable Exception lost;

    /// @param closed whether somebody closed what this works for
    Publisher(Link link, BooleanSupplier closed) {
        this.link = link;
        this.closed = closed;
    }

    /// One message as it goes out.
    record Message(long sequence, Destination to, BasicProperties properties, byte[] payload) {
        private static final int LARGE = 1 << 20;

        /// A message that is too large for the broker closes the channel, and nobody knows what
        /// became of those that were under way with it. So one that may be too large goes alone.
        boolean isLarge() {
            return payload.length >= LARGE;
        }
    }

    /// A channel and what the broker says on it.
    private record Line(Channel channel, Confirms confirms) {}

    /// Waits until the network has taken them.
    ///
    /// @param messages one at least, and one alone if it is large
    Part publish(List<Message> messages) {
        var part = new Part(messages);
        unasked++;
        part.publish();
        return part;
    }

    /// Messages that were published together.
    final class Part {
        private final List<Message> messages;
        private final Deadline deadline = link.deadline(closed);
        private @Nullable Line on;
        private Confirms.@Nullable Batch batch;
        private @Nullable Exception failed;

        private Part(List<Message> messages) {
            this.messages = messages;
        }

        private void publish() {
            try {
                var open = open(deadline);
                on = open;
                if (messages.getFirst().isLarge()) {
                    open.confirms().await(deadline);
                }
                batch = open.confirms().begin(messages);
                publish(open.channel());
            } catch (Exception reason) {
                fail(reason);
            }
        }

        private void publish(Channel to) throws Exception {
            // Nobody waits for what is published after the deadline: it would arrive twice.
            var over = new AtomicBoolean();
            try {
                link.send(
                        to,
                        () -> {
                            for (var each : messages) {
                                if (over.get()) {
                                    return;
                                }
                                to.basicPublish(
                                        each.to().exchange(),
                                        each.to().routingKey(),
                                        true,
                                        each.properties(),
                                        each.payload());
                            }
                        },
                        deadline);
            } finally {
                over.set(true);
            }
        }

        /// The others on the channel are lost with this one, for the same reason and not because we
        /// close it.
        private void fail(Exception reason) {
            failed = reason;
            lost = reason;
            if (on != null) {
                on.confirms().lost(reason);
                drop(on);
            }
        }

        /// Waits for what the broker says. Asked once.
        ///
        /// @param events gets what the broker said, also where it did not say all
        /// @return why it did not; null where it did
        @Nullable BrokerException await(List<TransferEvent> events) {
            if (failed == null) {
                try {
                    awaitSettled();
                } catch (Exception reason) {
                    fail(reason);
                }
            }
            unasked--;
            if (unasked == 0) {
                lost = null;
            }
            var reason = failed == null ? null : told(failed);
            if (reason instanceof BrokerException.TooLarge large) {
                link.takesAtMost(large.limit());
                var first = messages.getFirst();
                if (messages.size() == 1 && first.payload().length > large.limit()) {
                    events.add(new TransferEvent.Refused(first.sequence(), large));
                    // All before it were settled, and nothing goes behind it unasked.
                    lost = null;
                    return null;
                }
                reason = endedByAnother(large);
            }
            if (batch != null) {
                events.addAll(batch.events());
            }
            return reason;
        }

        private void awaitSettled() throws Exception {
            if (on == null || batch == null) {
                throw new IllegalStateException("a part that did not fail was published");
            }
            batch.await(deadline);
            // RabbitMQ gives the reason first.
            if (!link.isRabbit() && batch.hasRefused()) {
                var channel = on.channel();
                // Nobody else asks on it.
                var _ = deadline.await(() -> channel.rpc(Link.ANSWERED), _ -> {});
            }
        }

        private static BrokerException endedByAnother(BrokerException.TooLarge large) {
            return new BrokerException.Unreachable(
                    "The broker took no more, as one of the messages is larger than the "
                            + Numerals.of(large.limit())
                            + " bytes that it takes.",
                    new Remedy.Advice("The others are sent again."),
                    large);
        }

        private BrokerException told(Exception reason) {
            var act = Act.sending(messages.getFirst().to().exchange());
            var blocked = link.blocked();
            return blocked != null && reason instanceof TimeoutException
                    ? RabbitErrors.blocked(blocked, act)
                    : link.errors().of(reason, act);
        }
    }

    private Line open(Deadline deadline) throws Exception {
        if (lost != null) {
            throw lost;
        }
        var current = line;
        if (current != null && current.channel().isOpen()) {
            return current;
        }
        // The parts on it are lost, though nobody asked for them yet.
        if (current != null && current.confirms().areAwaited()) {
            throw current.channel().getCloseReason();
        }
        var channel = link.channel(deadline);
        var made = new Line(channel, new Confirms(channel));
        try {
            var _ = deadline.await(() -> channel.rpc(CONFIRMED), _ -> {});
        } catch (Exception unconfirmed) {
            Link.closeSoon(channel);
            throw unconfirmed;
        }
        line = made;
        return made;
    }

    private void drop(Line broken) {
        if (broken.equals(line)) {
            line = null;
        }
        Link.closeSoon(broken.channel());
    }

    /// Never throws.
    void close() {
        var current = line;
        if (current != null) {
            drop(current);
        }
    }
}
