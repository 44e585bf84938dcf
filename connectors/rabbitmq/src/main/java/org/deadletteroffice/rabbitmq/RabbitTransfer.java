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
        var refusals = new ArrayList<TransferEvent>();
        Map<Destination, Optional<BrokerException>> known = new HashMap<>();
        for (var outgoing : batch) {
            try {
                var ready = ready(outgoing);
                var refused = known.get(ready.to());
                if (refused == null) {
                    refused = routes.refusal(ready.to(), deadline);
                    known.put(ready.to(), refused);
                }
                refused.ifPresent(
                        reason ->
                                refusals.add(
                                        new TransferEvent.Refused(outgoing.sequence(), reason)));
            } catch (Unfit unfit) {
                refusals.add(new TransferEvent.Refused(outgoing.sequence(), unfit.reason));
            }
        }
        return refusals;
    }

    @Override
    public List<TransferEvent> send(List<Outgoing> batch) throws BrokerException {
        var events = new ArrayList<TransferEvent>();
        var together = new ArrayList<Ready>();
        for (var outgoing : batch) {
            try {
                var next = ready(outgoing);
                if (next.payload().length < ALONE) {
                    together.add(next);
                } else {
                    sendTogether(together, events);
                    together.clear();
                    sendAlone(next, events);
                }
            } catch (Unfit unfit) {
                events.add(new TransferEvent.Refused(outgoing.sequence(), unfit.reason));
            }
        }
        sendTogether(together, events);
        return events;
    }

    private void sendAlone(Ready message, List<TransferEvent> events) throws BrokerException {
        try {
            sendTogether(List.of(message), events);
        } catch (BrokerException.TooLarge refused) {
            events.add(new TransferEvent.Refused(message.sequence(), refused));
        }
    }

    private void sendTogether(List<Ready> batch, List<TransferEvent> events)
            throws BrokerException {
        if (batch.isEmpty()) {
            return;
        }
        var act = Act.sending(batch.getFirst().to().exchange());
        var deadline = link.deadline(closed::get);
        try {
            var outcome = publish(batch, deadline);
            for (var each : batch) {
                events.add(outcome.event(each.sequence()));
            }
        } catch (Exception failed) {
            drop();
            var blocked = link.blocked();
            if (blocked != null && failed instanceof TimeoutException) {
                throw RabbitErrors.blocked(blocked, act);
            }
            throw link.errors().of(failed, act);
        }
    }

    private Confirms publish(List<Ready> batch, Deadline deadline) throws Exception {
        var open = open(deadline);
        var listening = Objects.requireNonNull(confirms);
        listening.begin();
        deadline.await(
                () ->
                        link.together(
                                open,
                                () -> {
                                    for (var each : batch) {
                                        publish(open, each, listening);
                                    }
                                }));
        listening.await(deadline);
        return listening;
    }

    private static void publish(Channel to, Ready message, Confirms listening) throws IOException {
        listening.sending(
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

    private void drop() {
        var current = channel;
        channel = null;
        if (current != null) {
            Link.closeSoon(current);
        }
    }

    @Override
    public void forget() {
        // The broker keeps nothing for a job.
    }

    @Override
    public void close() {
        closed.set(true);
        drop();
    }
}
