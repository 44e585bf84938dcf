package org.deadletteroffice.sqs;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.deadletteroffice.spi.error.BrokerException;
import org.deadletteroffice.spi.transfer.Guarantee;
import org.deadletteroffice.spi.transfer.Outgoing;
import org.deadletteroffice.spi.transfer.Transfer;
import org.deadletteroffice.spi.transfer.TransferEvent;
import org.deadletteroffice.spi.transfer.TransferPlan;

/// Sends in batches of ten, some at once to a standard queue, one after the other to a FIFO queue.
/// SQS keeps no proof of a job: what is sent again after a crash is dropped by a FIFO queue for
/// five minutes, by the deduplication id, and is a duplicate elsewhere.
final class SqsTransfer implements Transfer {
    private final Account account;
    private final Calls calls;
    private final TransferPlan plan;
    private final Runnable atEnd;
    private final Map<String, Destination> destinations = new HashMap<>();
    private final AtomicBoolean closed = new AtomicBoolean();

    /// @param atEnd lets go of the source
    SqsTransfer(Account account, TransferPlan plan, Runnable atEnd) {
        this.account = account;
        this.plan = plan;
        this.atEnd = atEnd;
        this.calls = account.calls().within();
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
        var events = new ArrayList<TransferEvent>();
        prepare(batch, events);
        return events;
    }

    /// @param refusals what can never go is added here
    /// @return what can go, by destination, in order
    private Map<Destination, List<Prepared>> prepare(
            List<Outgoing> batch, List<TransferEvent> refusals) throws BrokerException {
        var ready = new LinkedHashMap<Destination, List<Prepared>>();
        for (var outgoing : batch) {
            try {
                var destination = destination(outgoing.destination());
                ready.computeIfAbsent(destination, _ -> new ArrayList<>())
                        .add(Prepared.of(outgoing, destination, plan.jobId()));
            } catch (BrokerException.NotFound
                    | BrokerException.TooLarge
                    | BrokerException.NotAuthorized
                    | BrokerException.Unsupported reason) {
                refusals.add(new TransferEvent.Refused(outgoing.sequence(), reason));
            }
        }
        return ready;
    }

    private Destination destination(String text) throws BrokerException {
        var known = destinations.get(text);
        if (known == null) {
            known = Destination.find(account, calls, text);
            destinations.put(text, known);
        }
        return known;
    }

    @Override
    public int batchesAtOnce() {
        return 1;
    }

    @Override
    public Sending begin(List<Outgoing> batch) {
        return () -> send(batch);
    }

    @Override
    public List<TransferEvent> send(List<Outgoing> batch) throws BrokerException {
        // A queue may have been deleted since, or its limit changed.
        destinations.clear();
        var events = new ArrayList<TransferEvent>();
        for (var entry : prepare(batch, events).entrySet()) {
            send(entry.getKey(), entry.getValue(), events);
        }
        return events;
    }

    private void send(Destination destination, List<Prepared> messages, List<TransferEvent> events)
            throws BrokerException {
        var sender = Sender.to(destination, account);
        var act =
                switch (destination) {
                    case Destination.Queue _ -> Act.sending(destination.name());
                    case Destination.Topic _ -> Act.publishing(destination.name());
                    case Destination.Function _ -> Act.invoking(destination.name());
                    case Destination.Address _ -> Act.delivering(destination.name());
                };
        var told = new ConcurrentHashMap<Long, TransferEvent>();
        var questions = new ArrayList<Callable<Boolean>>();
        for (var some : BatchPacking.pack(messages, sender.mostMessages(), sender.mostBytes())) {
            questions.add(
                    () -> {
                        events(destination, some, sender.send(some))
                                .forEach(event -> told.put(event.sequence(), event));
                        return true;
                    });
        }
        if (questions.isEmpty()) {
            return;
        }
        try {
            calls.all(act, questions, destination.isFifo() ? 1 : MessageLimits.WIDTH);
        } catch (BrokerException.Cancelled stopped) {
            throw stopped;
        } catch (BrokerException failed) {
            // What other requests carried is there, and must not be sent again with the rest.
            if (!wentOut(told.values()) && !wentOut(events)) {
                throw failed;
            }
        }
        for (var message : messages) {
            var sequence = message.outgoing().sequence();
            events.add(told.getOrDefault(sequence, new TransferEvent.Untouched(sequence)));
        }
    }

    private static boolean wentOut(Collection<TransferEvent> events) {
        return events.stream().anyMatch(event -> event instanceof TransferEvent.Sent);
    }

    private static List<TransferEvent> events(
            Destination destination, List<Prepared> batch, Sender.Outcome outcome)
            throws BrokerException {
        var events = new ArrayList<TransferEvent>();
        for (var i = 0; i < batch.size(); i++) {
            var sequence = batch.get(i).outgoing().sequence();
            var id = outcome.sent().get(i);
            var fault = outcome.failed().get(i);
            if (id != null) {
                events.add(new TransferEvent.Sent(sequence, destination.name() + " " + id));
            } else if (fault != null && fault.lasting()) {
                events.add(new TransferEvent.Refused(sequence, fault.reason()));
            } else if (fault != null && outcome.sent().isEmpty()) {
                // Nothing of this request went: the engine waits and sends it again.
                throw fault.reason();
            } else {
                events.add(new TransferEvent.Untouched(sequence));
            }
        }
        return events;
    }

    @Override
    public void forget() {
        // SQS keeps nothing of a job.
    }

    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            calls.close();
            atEnd.run();
        }
    }
}
