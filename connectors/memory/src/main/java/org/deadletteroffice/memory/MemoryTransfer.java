package org.deadletteroffice.memory;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import org.deadletteroffice.spi.error.BrokerException;
import org.deadletteroffice.spi.error.Remedy;
import org.deadletteroffice.spi.message.Failure;
import org.deadletteroffice.spi.transfer.Guarantee;
import org.deadletteroffice.spi.transfer.Outgoing;
import org.deadletteroffice.spi.transfer.Transfer;
import org.deadletteroffice.spi.transfer.TransferEvent;
import org.deadletteroffice.spi.transfer.TransferPlan;

/// From a log, within one broker, a batch and its proof are stored in one act; else each message is
/// stored by itself and nothing is proven.
final class MemoryTransfer implements Transfer {
    private final MemoryBroker broker;
    private final AtomicBoolean closed = new AtomicBoolean();
    private final Session session;
    private final TransferPlan plan;
    private final boolean exactlyOnce;
    private final long epoch;

    MemoryTransfer(
            MemoryBroker broker,
            Session session,
            TransferPlan plan,
            boolean exactlyOnce,
            long epoch) {
        this.broker = broker;
        this.session = session.until(closed::get);
        this.plan = plan;
        this.exactlyOnce = exactlyOnce;
        this.epoch = epoch;
    }

    @Override
    public Guarantee guarantee() {
        return exactlyOnce ? Guarantee.EXACTLY_ONCE : Guarantee.AT_LEAST_ONCE;
    }

    @Override
    public OptionalLong provenPosition() throws BrokerException {
        return broker.answer(
                session, () -> exactlyOnce ? broker.proven(plan.jobId()) : OptionalLong.empty());
    }

    @Override
    public List<TransferEvent> rehearse(List<Outgoing> batch) throws BrokerException {
        return broker.answer(
                session,
                () -> {
                    var refusals = refusals(batch);
                    var refused =
                            refusals.stream()
                                    .map(TransferEvent::sequence)
                                    .collect(Collectors.toSet());
                    var told = new ArrayList<TransferEvent>(refusals);
                    for (var outgoing : batch) {
                        var sequence = outgoing.sequence();
                        if (!refused.contains(sequence)) {
                            broker.faults()
                                    .warning(outgoing.destination())
                                    .map(said -> new TransferEvent.Warned(sequence, said))
                                    .ifPresent(told::add);
                        }
                    }
                    return told;
                });
    }

    @Override
    public List<TransferEvent> send(List<Outgoing> batch) throws BrokerException {
        return broker.answer(
                session,
                () -> {
                    broker.checkEpoch(plan.jobId(), epoch);
                    var events = exactlyOnce ? sendAsOne(batch) : sendEach(batch);
                    broker.faults().loseAnswer();
                    return events;
                });
    }

    @Override
    public int batchesAtOnce() {
        return exactlyOnce ? 1 : 4;
    }

    /// Stores at once, and tells later.
    @Override
    public Sending begin(List<Outgoing> batch) {
        try {
            var events = send(batch);
            return () -> events;
        } catch (BrokerException lost) {
            return () -> {
                throw lost;
            };
        }
    }

    private List<TransferEvent> sendAsOne(List<Outgoing> batch) throws BrokerException {
        var refusals = refusals(batch);
        if (!refusals.isEmpty()) {
            var refused = refusals.stream().map(TransferEvent::sequence).toList();
            var events = new ArrayList<TransferEvent>(refusals);
            batch.stream()
                    .map(Outgoing::sequence)
                    .filter(sequence -> !refused.contains(sequence))
                    .forEach(sequence -> events.add(new TransferEvent.Untouched(sequence)));
            return events;
        }
        if (broker.faults().room(batch.size()) < batch.size()) {
            throw broker.faults().fail();
        }
        var events = new ArrayList<TransferEvent>();
        for (var outgoing : batch) {
            events.add(store(outgoing));
        }
        if (!batch.isEmpty()) {
            broker.prove(plan.jobId(), epoch, batch.getLast().sequence() + 1);
        }
        return events;
    }

    private List<TransferEvent> sendEach(List<Outgoing> batch) throws BrokerException {
        var events = new ArrayList<TransferEvent>();
        for (var outgoing : batch) {
            var refusals = refusals(List.of(outgoing));
            if (!refusals.isEmpty()) {
                events.addAll(refusals);
                continue;
            }
            if (broker.faults().room(1) == 0) {
                return lost(batch, events);
            }
            events.add(store(outgoing));
        }
        return events;
    }

    /// What was told before the broker failed stays told.
    private List<TransferEvent> lost(List<Outgoing> batch, List<TransferEvent> told)
            throws BrokerException {
        var reason = broker.faults().fail();
        if (told.isEmpty()) {
            throw reason;
        }
        var events = new ArrayList<TransferEvent>(told);
        batch.subList(told.size(), batch.size())
                .forEach(each -> events.add(new TransferEvent.Unknown(each.sequence(), reason)));
        return events;
    }

    private TransferEvent store(Outgoing outgoing) throws BrokerException {
        var queue = broker.queue(outgoing.destination());
        var stored = queue.add(message(outgoing));
        broker.faults().stored(1);
        return new TransferEvent.Sent(
                outgoing.sequence(), queue.name() + " " + MemoryQueue.id(stored));
    }

    private static MemoryMessage message(Outgoing outgoing) {
        return new MemoryMessage(
                outgoing.partition(),
                outgoing.key(),
                outgoing.payload(),
                outgoing.headers(),
                outgoing.timestamp(),
                Failure.NONE);
    }

    private List<TransferEvent.Refused> refusals(List<Outgoing> batch) {
        var refusals = new ArrayList<TransferEvent.Refused>();
        for (var outgoing : batch) {
            try {
                check(outgoing);
            } catch (BrokerException reason) {
                refusals.add(new TransferEvent.Refused(outgoing.sequence(), reason));
            }
        }
        return refusals;
    }

    private void check(Outgoing outgoing) throws BrokerException {
        var queue = broker.queue(outgoing.destination());
        broker.faults().check(session.user(), Right.WRITE, queue.name());
        if (message(outgoing).size() > queue.maxMessageBytes()) {
            throw new BrokerException.TooLarge(
                    "The message is larger than the "
                            + queue.maxMessageBytes()
                            + " bytes that the queue '"
                            + queue.name()
                            + "' takes.",
                    queue.maxMessageBytes(),
                    new Remedy.Advice("Raise the limit of the queue, or make the message smaller."),
                    null);
        }
    }

    @Override
    public void forget() {
        broker.forget(plan.jobId());
    }

    @Override
    public void close() {
        closed.set(true);
        broker.faults().wake();
    }
}
