package org.deadletteroffice.rabbitmq;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
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
    /// The broker lets one channel run a few hundred messages ahead of the disk of a quorum queue.
    /// It never catches up with that where each batch is waited for before the next goes, and less
    /// where these are few and large.
    private static final int AT_ONCE = 8;

    private final Link link;
    private final Routes routes;
    private final boolean ofOneKind;
    private final AtomicBoolean closed = new AtomicBoolean();
    private final Publisher publisher;

    /// @param ofOneKind whether the messages lay in a queue of RabbitMQ
    RabbitTransfer(Link link, Routes routes, boolean ofOneKind) {
        this.link = link;
        this.routes = routes;
        this.ofOneKind = ofOneKind;
        this.publisher = new Publisher(link, closed::get);
    }

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
            List<Outgoing> batch,
            List<List<Publisher.Message>> portions,
            List<TransferEvent> events)
            throws BrokerException {
        BrokerException lost = null;
        for (var portion : portions) {
            lost = lost == null ? publisher.publish(portion).await(events) : lost;
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
        if (portions.size() == 1 && !portions.getFirst().getFirst().isLarge()) {
            var begun = publisher.publish(portions.getFirst());
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

    /// What is published and confirmed together, in the order of sending; what cannot go is
    /// refused.
    private List<List<Publisher.Message>> portions(
            List<Outgoing> batch, List<TransferEvent> events) {
        var portions = new ArrayList<List<Publisher.Message>>();
        var together = new ArrayList<Publisher.Message>();
        for (var outgoing : batch) {
            try {
                var next = ready(outgoing);
                if (!next.isLarge()) {
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

    /// Why a message cannot go, however often it is tried.
    private static final class Unfit extends Exception {
        private final transient BrokerException reason;

        Unfit(BrokerException reason) {
            super(reason);
            this.reason = reason;
        }
    }

    private Publisher.Message ready(Outgoing outgoing) throws Unfit {
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
                            outgoing.headers(), timestamp(outgoing), link.profile().username());
            if (!Properties.fit(properties, link.frameMax())) {
                throw new Unfit(headersTooLarge(link.frameMax()));
            }
            return new Publisher.Message(
                    outgoing.sequence(),
                    Destination.of(outgoing.destination(), outgoing.original()),
                    properties,
                    payload);
        } catch (IllegalArgumentException | IOException wrong) {
            throw unfit(String.valueOf(wrong.getMessage()));
        }
    }

    /// RabbitMQ sets no time by itself: `timestamp` is the sender's own property and stays as all
    /// others do. What another kind of broker calls a message's time is that broker's, often that
    /// of the append, and becomes a property only where the operator keeps it.
    private @Nullable Instant timestamp(Outgoing outgoing) {
        var asked = outgoing.timestamp();
        return asked == null && ofOneKind ? outgoing.original().timestamp() : asked;
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

    @Override
    public void forget() {
        // The broker keeps nothing for a job.
    }

    @Override
    public void close() {
        closed.set(true);
        publisher.close();
    }
}
