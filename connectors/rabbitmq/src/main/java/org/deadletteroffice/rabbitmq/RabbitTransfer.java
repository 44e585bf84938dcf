package org.deadletteroffice.rabbitmq;

import com.rabbitmq.client.AMQP.BasicProperties;
import com.rabbitmq.client.Channel;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import org.deadletteroffice.spi.error.BrokerException;
import org.deadletteroffice.spi.error.Remedy;
import org.deadletteroffice.spi.transfer.Guarantee;
import org.deadletteroffice.spi.transfer.Outgoing;
import org.deadletteroffice.spi.transfer.Transfer;
import org.deadletteroffice.spi.transfer.TransferEvent;
import org.jspecify.annotations.Nullable;

/// Sends with `mandatory` and publisher confirms: what no queue takes comes back and is refused,
/// what the broker did not confirm is not sent.
final class RabbitTransfer implements Transfer {
    /// A message that is too large for the broker closes the channel, and nobody knows what became
    /// of those that were under way with it. So one that may be too large goes alone.
    private static final int ALONE = 1 << 20;

    /// The broker lets one channel run a few hundred messages ahead of the disk of a quorum queue.
    /// It never catches up with that where each batch is waited for before the next goes.
    private static final int AT_ONCE = 4;

    private final Link link;
    private final Routes routes;
    private final AtomicBoolean closed = new AtomicBoolean();
    private @Nullable Channel channel;
    private @Nullable Confirms confirms;

    RabbitTransfer(Link link, Routes routes) {
        this.link = link;
        this.routes = routes;
    }

    /// One message as it goes out.
    private record Ready(
            long sequence, Destination to, BasicProperties properties, byte[] payload) {}

    @Override
    public Guarantee guarantee() {
        return Guarantee.AT_LEAST_ONCE;
    }

    @Override
    public OptionalLong provenPosition() {
        return OptionalLong.empty();
    }

    @Override
    public List<TransferEvent> rehearse(List<Outgoing> batch) throws BrokerException {
        var deadline = link.deadline(closed::get);
        var told = new ArrayList<TransferEvent>();
        Map<Destination, Optional<BrokerException>> known = new HashMap<>();
        for (var outgoing : batch) {
            try {
                var ready = ready(outgoing);
                var refused = known.get(ready.to());
                if (refused == null) {
                    refused = routes.refusal(ready.to(), deadline);
                    known.put(ready.to(), refused);
                }
                if (refused.isEmpty()) {
                    refused = Copies.refusal(ready.properties());
                }
                var sequence = outgoing.sequence();
                if (refused.isPresent()) {
                    told.add(new TransferEvent.Refused(sequence, refused.get()));
                } else {
                    Copies.warning(ready.to(), ready.properties())
                            .ifPresent(
                                    sentence ->
                                            told.add(new TransferEvent.Warned(sequence, sentence)));
                }
            } catch (Unfit unfit) {
                told.add(new TransferEvent.Refused(outgoing.sequence(), unfit.reason));
            }
        }
        return told;
    }

    @Override
    public List<TransferEvent> send(List<Outgoing> batch) throws BrokerException {
        var events = new ArrayList<TransferEvent>();
        return sendApart(batch, portions(batch, events), events);
    }

    /// One portion after the other.
    ///
    /// @param events of messages that were refused before
    private List<TransferEvent> sendApart(
            List<Outgoing> batch, List<List<Ready>> portions, List<TransferEvent> events)
            throws BrokerException {
        BrokerException lost = null;
        for (var portion : portions) {
            lost = lost == null ? publish(portion).await(events) : lost;
        }
        if (lost instanceof BrokerException.Cancelled) {
            throw lost;
        }
        return told(batch, events, lost);
    }

    @Override
    public int batchesAtOnce() {
        return AT_ONCE;
    }

    @Override
    public Sending begin(List<Outgoing> batch) {
        var events = new ArrayList<TransferEvent>();
        var portions = portions(batch, events);
        if (portions.size() == 1 && !isLarge(portions.getFirst().getFirst())) {
            var begun = publish(portions.getFirst());
            return () -> told(batch, events, begun.await(events));
        }
        try {
            var all = sendApart(batch, portions, events);
            return () -> all;
        } catch (BrokerException lost) {
            return () -> {
                throw lost;
            };
        }
    }

    /// @param events of those that something is known of
    /// @param lost why the others are unknown; null where all is known
    private static List<TransferEvent> told(
            List<Outgoing> batch, List<TransferEvent> events, @Nullable BrokerException lost)
            throws BrokerException {
        if (lost == null) {
            return events;
        }
        if (events.isEmpty()) {
            throw lost;
        }
        var told = events.stream().map(TransferEvent::sequence).collect(Collectors.toSet());
        for (var outgoing : batch) {
            if (!told.contains(outgoing.sequence())) {
                events.add(new TransferEvent.Unknown(outgoing.sequence(), lost));
            }
        }
        return events;
    }

    private static boolean isLarge(Ready message) {
        return message.payload().length >= ALONE;
    }

    /// What is published and confirmed together, in the order of sending; what cannot go is
    /// refused.
    private List<List<Ready>> portions(List<Outgoing> batch, List<TransferEvent> events) {
        var portions = new ArrayList<List<Ready>>();
        var together = new ArrayList<Ready>();
        for (var outgoing : batch) {
            try {
                var next = ready(outgoing);
                if (!isLarge(next)) {
                    together.add(next);
                    continue;
                }
                if (!together.isEmpty()) {
                    portions.add(List.copyOf(together));
                    together.clear();
                }
                portions.add(List.of(next));
            } catch (Unfit unfit) {
                events.add(new TransferEvent.Refused(outgoing.sequence(), unfit.reason));
            }
        }
        if (!together.isEmpty()) {
            portions.add(together);
        }
        return portions;
    }

    private Portion publish(List<Ready> messages) {
        var portion = new Portion(messages, link.deadline(closed::get));
        portion.publish();
        return portion;
    }

    /// Messages that are published together.
    private final class Portion {
        private final List<Ready> messages;
        private final Deadline deadline;
        private @Nullable Channel on;
        private @Nullable Confirms told;
        private Confirms.@Nullable Batch batch;
        private @Nullable Exception failed;

        Portion(List<Ready> messages, Deadline deadline) {
            this.messages = messages;
            this.deadline = deadline;
        }

        void publish() {
            try {
                var open = open(deadline);
                on = open;
                var listening = Objects.requireNonNull(confirms);
                told = listening;
                if (isLarge(messages.getFirst())) {
                    listening.await(deadline);
                }
                var begun = listening.batch();
                batch = begun;
                publish(open, begun);
            } catch (Exception lost) {
                fail(lost);
            }
        }

        private void publish(Channel open, Confirms.Batch begun) throws Exception {
            // Nobody waits for what is published after the deadline: it would arrive twice.
            var over = new AtomicBoolean();
            try {
                link.send(
                        open,
                        () -> {
                            for (var each : messages) {
                                if (over.get()) {
                                    return;
                                }
                                RabbitTransfer.publish(open, each, begun);
                            }
                        },
                        deadline);
            } finally {
                over.set(true);
            }
        }

        private void fail(Exception lost) {
            failed = lost;
            // Before the channel goes: to the others on it that is the reason, not that we closed
            // it.
            if (told != null) {
                told.lost(lost);
            }
            drop(on);
        }

        /// @param events gets what the broker said, also where it did not say all
        /// @return why it did not; null where it did
        @Nullable BrokerException await(List<TransferEvent> events) {
            var begun = batch;
            if (failed == null && begun != null) {
                try {
                    begun.await(deadline);
                } catch (Exception lost) {
                    fail(lost);
                }
            }
            var lost = failed == null ? null : reason(failed);
            if (lost instanceof BrokerException.TooLarge told) {
                link.takesAtMost(told.limit());
                var first = messages.getFirst();
                if (messages.size() == 1 && first.payload().length > told.limit()) {
                    events.add(new TransferEvent.Refused(first.sequence(), told));
                    return null;
                }
                lost = endedByAnother(told);
            }
            if (begun != null) {
                events.addAll(begun.events());
            }
            return lost;
        }

        private static BrokerException endedByAnother(BrokerException.TooLarge told) {
            return new BrokerException.Unreachable(
                    "The broker took no more, as one of the messages is larger than the %,d bytes that it takes."
                            .formatted(told.limit()),
                    new Remedy.Advice("The others are sent again."),
                    told);
        }

        private BrokerException reason(Exception lost) {
            var act = Act.sending(messages.getFirst().to().exchange());
            var blocked = link.blocked();
            return blocked != null && lost instanceof TimeoutException
                    ? RabbitErrors.blocked(blocked, act)
                    : link.errors().of(lost, act);
        }
    }

    private static void publish(Channel to, Ready message, Confirms.Batch batch)
            throws IOException {
        batch.sending(
                to.getNextPublishSeqNo(),
                message.sequence(),
                message.to(),
                message.properties(),
                message.payload());
        to.basicPublish(
                message.to().exchange(),
                message.to().routingKey(),
                true,
                message.properties(),
                message.payload());
    }

    private Channel open(Deadline deadline) throws Exception {
        var current = channel;
        if (current != null && current.isOpen()) {
            return current;
        }
        // What comes later must not overtake what was lost with the channel.
        if (current != null && Objects.requireNonNull(confirms).areAwaited()) {
            throw current.getCloseReason();
        }
        var made = link.channel(deadline);
        var listening = new Confirms(made);
        deadline.await(() -> made.confirmSelect(), _ -> {});
        channel = made;
        confirms = listening;
        return made;
    }

    /// Why a message cannot go, however often it is tried.
    private static final class Unfit extends Exception {
        private final transient BrokerException reason;

        Unfit(BrokerException reason) {
            super(reason);
            this.reason = reason;
        }
    }

    private Ready ready(Outgoing outgoing) throws Unfit {
        var payload = outgoing.payload();
        if (outgoing.key() != null || payload == null) {
            throw unfit(
                    outgoing.key() != null
                            ? "A message of RabbitMQ has no key."
                            : "A message of RabbitMQ cannot be without a payload.");
        }
        try {
            if (payload.length > link.mostBytes()) {
                throw new Unfit(RabbitErrors.tooLarge(link.mostBytes(), null));
            }
            var properties =
                    Properties.write(
                            outgoing.headers(), outgoing.timestamp(), link.profile().username());
            var size = Properties.frameSize(properties);
            if (size > link.frameMax()) {
                throw new Unfit(headersTooLarge(link.frameMax()));
            }
            return new Ready(
                    outgoing.sequence(),
                    Destination.of(outgoing.destination(), outgoing.original()),
                    properties,
                    payload);
        } catch (IllegalArgumentException | IOException wrong) {
            throw unfit(String.valueOf(wrong.getMessage()));
        }
    }

    private static Unfit unfit(String sentence) {
        return new Unfit(
                new BrokerException.Unsupported(
                        sentence,
                        new Remedy.Advice("Change the message before you send it."),
                        null));
    }

    private static BrokerException headersTooLarge(int limit) {
        return new BrokerException.TooLarge(
                "The message's headers and properties do not fit a frame of " + limit + " bytes.",
                limit,
                new Remedy.Advice("Drop headers, or raise frame_max of the broker."),
                null);
    }

    /// @param broken null: none was open
    private void drop(@Nullable Channel broken) {
        if (broken == null) {
            return;
        }
        if (broken.equals(channel)) {
            channel = null;
        }
        Link.closeSoon(broken);
    }

    @Override
    public void forget() {
        // The broker keeps nothing for a job.
    }

    @Override
    public void close() {
        closed.set(true);
        drop(channel);
    }
}
