package org.deadletteroffice.memory;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.deadletteroffice.spi.connector.BrokerConnection;
import org.deadletteroffice.spi.connector.Browse;
import org.deadletteroffice.spi.connector.Capabilities;
import org.deadletteroffice.spi.connector.KeyLog;
import org.deadletteroffice.spi.connector.ObjectStore;
import org.deadletteroffice.spi.connector.ObserverEffect;
import org.deadletteroffice.spi.connector.Scan;
import org.deadletteroffice.spi.connector.ServerSideMover;
import org.deadletteroffice.spi.error.BrokerException;
import org.deadletteroffice.spi.error.Remedy;
import org.deadletteroffice.spi.message.ConsumerInfo;
import org.deadletteroffice.spi.message.Count;
import org.deadletteroffice.spi.message.Cursor;
import org.deadletteroffice.spi.message.DeadLetter;
import org.deadletteroffice.spi.message.MessageId;
import org.deadletteroffice.spi.message.QueueInfo;
import org.deadletteroffice.spi.message.QueueRef;
import org.deadletteroffice.spi.profile.Check;
import org.deadletteroffice.spi.profile.Settings;
import org.deadletteroffice.spi.transfer.Guarantee;
import org.deadletteroffice.spi.transfer.Transfer;
import org.deadletteroffice.spi.transfer.TransferPlan;

/// A profile's way to one [MemoryBroker].
final class MemoryConnection implements BrokerConnection {
    private static final int MOST_IDS = 1_000;

    private final String brokerName;
    private final AtomicBoolean closed = new AtomicBoolean();
    private final Session session;
    private final MemoryLooks looks;

    MemoryConnection(String profile, Settings settings) {
        this.brokerName = MemoryProfile.SCHEMA.value(MemoryProfile.BROKER, settings);
        this.session = MemoryProfile.session(profile, settings, closed::get);
        this.looks = new MemoryLooks(profile);
    }

    private MemoryBroker broker() throws BrokerException {
        return MemoryBroker.find(brokerName)
                .orElseThrow(
                        () ->
                                new BrokerException.Unreachable(
                                        "There is no broker '" + brokerName + "' in this process.",
                                        new Remedy.Edit(MemoryProfile.BROKER.name()),
                                        null));
    }

    @Override
    public void checks(Consumer<Check> listener) throws BrokerException {
        new MemoryDiagnosis(listener).run(this::broker, session);
    }

    @Override
    public List<QueueInfo> queues() throws BrokerException {
        var broker = broker();
        return broker.answer(session, () -> broker.queues().stream().map(looks::at).toList());
    }

    @Override
    public QueueInfo queue(QueueRef queue) throws BrokerException {
        var broker = broker();
        return broker.answer(session, () -> looks.at(broker.queue(queue.name())));
    }

    @Override
    public List<ConsumerInfo> consumers() throws BrokerException {
        var broker = broker();
        return broker.answer(
                session, () -> broker.queues().stream().flatMap(looks::consumersOf).toList());
    }

    @Override
    public Capabilities capabilities(QueueRef queue) throws BrokerException {
        var broker = broker();
        return broker.answer(
                session,
                () -> {
                    broker.faults().checkCapabilities(queue.name());
                    var found = broker.queue(queue.name());
                    var log = found.flavour() == Flavour.LOG;
                    var mayRemove =
                            broker.faults().allows(session.user(), Right.REMOVE, queue.name());
                    return new Capabilities(
                            true,
                            true,
                            true,
                            !log && mayRemove,
                            log,
                            mayRemove,
                            !log && mayRemove,
                            true,
                            log ? Guarantee.EXACTLY_ONCE : Guarantee.AT_LEAST_ONCE,
                            found.flavour() == Flavour.COUNTING_QUEUE
                                    ? new ObserverEffect.CountsDelivery(null, null)
                                    : ObserverEffect.NONE);
                });
    }

    @Override
    public Browse takeFrom(QueueRef queue) throws BrokerException {
        return browse(queue);
    }

    @Override
    public Browse browse(QueueRef queue) throws BrokerException {
        var broker = broker();
        var identity = broker.answer(session, () -> readable(broker, queue).identity());
        return new MemoryBrowse(broker, session, queue, identity);
    }

    @Override
    public Scan scan(QueueRef queue, Cursor from, Cursor until) throws BrokerException {
        var broker = broker();
        return broker.answer(
                session,
                () -> {
                    var found = readable(broker, queue);
                    var start = found.scanStart(from);
                    var end = found.place(until);
                    var total = Count.exact(found.between(start, end).size());
                    return new MemoryScan(
                            broker, session, queue, found.identity(), start, end, total);
                });
    }

    @Override
    public Cursor snapshot(QueueRef queue) throws BrokerException {
        var broker = broker();
        return broker.answer(
                session,
                () -> {
                    var found = broker.queue(queue.name());
                    return found.cursor(found.end());
                });
    }

    @Override
    public List<DeadLetter> fetch(QueueRef queue, List<MessageId> ids) throws BrokerException {
        limit(ids);
        var broker = broker();
        return broker.answer(
                session,
                () -> {
                    var found = readable(broker, queue);
                    return ids.stream()
                            .flatMap(id -> found.find(id).stream())
                            .map(stored -> found.look(stored, queue))
                            .toList();
                });
    }

    @Override
    public Transfer transfer(TransferPlan plan) throws BrokerException {
        var broker = broker();
        return broker.answer(
                session,
                () -> {
                    var exactly =
                            plan.withinOneBroker()
                                    && broker.queue(plan.source().name()).flavour() == Flavour.LOG;
                    return new MemoryTransfer(
                            broker, session, plan, exactly, broker.openJob(plan.jobId()));
                });
    }

    /// None: a number is never given twice.
    @Override
    public Set<MessageId> alike(QueueRef queue, List<MessageId> ids) {
        return Set.of();
    }

    @Override
    public List<MessageId> remove(QueueRef queue, List<MessageId> ids) throws BrokerException {
        limit(ids);
        var broker = broker();
        return broker.answer(
                session,
                () -> {
                    var found = broker.queue(queue.name());
                    if (found.flavour() == Flavour.LOG) {
                        throw new BrokerException.Unsupported(
                                "The log '" + queue.name() + "' cannot lose a single message.",
                                new Remedy.Advice("Trim it up to a message instead."),
                                null);
                    }
                    broker.faults().check(session.user(), Right.REMOVE, queue.name());
                    ids.forEach(found::remove);
                    return List.copyOf(ids);
                });
    }

    @Override
    public Purged purge(QueueRef queue, Cursor until) throws BrokerException {
        var broker = broker();
        return broker.answer(
                session,
                () -> {
                    var found = broker.queue(queue.name());
                    broker.faults().check(session.user(), Right.REMOVE, queue.name());
                    return new Purged(Count.exact(found.purge(found.place(until))));
                });
    }

    @Override
    public Optional<ObjectStore> objects() {
        return Optional.of(new MemoryObjects(this::broker, session));
    }

    @Override
    public Optional<KeyLog> keyLog() {
        return Optional.of(new MemoryKeyLog(this::broker, session));
    }

    @Override
    public Optional<ServerSideMover> serverSideMover() {
        return Optional.of(new MemoryMover(this::broker, session));
    }

    @Override
    public void close() {
        closed.set(true);
        MemoryBroker.find(brokerName).ifPresent(broker -> broker.faults().wake());
    }

    private MemoryQueue readable(MemoryBroker broker, QueueRef queue) throws BrokerException {
        var found = broker.queue(queue.name());
        broker.faults().check(session.user(), Right.READ, queue.name());
        return found;
    }

    private static void limit(List<MessageId> ids) {
        if (ids.size() > MOST_IDS) {
            throw new IllegalArgumentException("at most 1,000 ids a call, not " + ids.size());
        }
    }
}
