package org.deadletteroffice.core.crash;

import java.util.List;
import java.util.Optional;
import java.util.Set;
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
import org.deadletteroffice.spi.message.QueueKind;
import org.deadletteroffice.spi.message.QueueRef;
import org.deadletteroffice.spi.message.QueueRole;
import org.deadletteroffice.spi.profile.Check;
import org.deadletteroffice.spi.transfer.Guarantee;
import org.deadletteroffice.spi.transfer.Transfer;
import org.deadletteroffice.spi.transfer.TransferPlan;

/// What a redrive needs of a broker, and no more.
final class DiskConnection implements BrokerConnection {
    private static final int BATCH = 250;

    private final String profile;
    private final DiskBroker broker;
    private final boolean log;
    private final Death death;

    DiskConnection(String profile, DiskBroker broker, boolean log, Death death) {
        this.profile = profile;
        this.broker = broker;
        this.log = log;
        this.death = death;
    }

    static BrokerException.Unsupported unsupported() {
        return new BrokerException.Unsupported(
                "The disk broker cannot do this.", new Remedy.Advice("Do without."), null);
    }

    @Override
    public void checks(Consumer<Check> listener) {
        listener.accept(Check.passed("File", ""));
    }

    @Override
    public List<QueueInfo> queues() {
        return List.of(queue(new QueueRef(profile, "orders.dlq", QueueKind.QUEUE)));
    }

    @Override
    public QueueInfo queue(QueueRef queue) {
        return QueueInfo.of(queue, queue.name(), QueueRole.UNKNOWN, Count.atLeast(0));
    }

    @Override
    public List<ConsumerInfo> consumers() {
        return List.of();
    }

    @Override
    public Capabilities capabilities(QueueRef queue) {
        return new Capabilities(
                false,
                false,
                false,
                !log,
                log,
                false,
                false,
                true,
                log ? Guarantee.EXACTLY_ONCE : Guarantee.AT_LEAST_ONCE,
                ObserverEffect.NONE);
    }

    @Override
    public Browse takeFrom(QueueRef queue) throws BrokerException {
        return browse(queue);
    }

    @Override
    public Browse browse(QueueRef queue) {
        return new Browse() {
            @Override
            public Page page(Cursor from, Direction direction, int limit) throws BrokerException {
                throw unsupported();
            }

            @Override
            public void close() {
                // A file is read without being held.
            }
        };
    }

    @Override
    public Scan scan(QueueRef queue, Cursor from, Cursor until) {
        var end = until instanceof Cursor.Token(var text) ? Long.parseLong(text) : broker.end();
        return new Scan() {
            private long next = from instanceof Cursor.Token(var text) ? Long.parseLong(text) : 0;

            @Override
            public Optional<Batch> next() {
                death.passes("scan");
                var letters = broker.read(queue, next, end, BATCH);
                if (letters.isEmpty()) {
                    return Optional.empty();
                }
                next = Long.parseLong(letters.getLast().id().text()) + 1;
                return Optional.of(new Batch(letters, new Cursor.Token(Long.toString(next))));
            }

            @Override
            public boolean mayGoOn() {
                return false;
            }

            @Override
            public Count total() {
                return Count.atLeast(0);
            }

            @Override
            public void close() {
                next = Long.MAX_VALUE;
            }
        };
    }

    @Override
    public Cursor snapshot(QueueRef queue) {
        return new Cursor.Token(Long.toString(broker.end()));
    }

    @Override
    public List<DeadLetter> fetch(QueueRef queue, List<MessageId> ids) throws BrokerException {
        throw unsupported();
    }

    @Override
    public Transfer transfer(TransferPlan plan) {
        return new DiskTransfer(broker, plan.jobId(), log, death);
    }

    @Override
    public Set<MessageId> alike(QueueRef queue, List<MessageId> ids) {
        return Set.of();
    }

    @Override
    public List<MessageId> remove(QueueRef queue, List<MessageId> ids) {
        death.passes("before remove");
        broker.remove(ids);
        death.passes("after remove");
        return ids;
    }

    @Override
    public Purged purge(QueueRef queue, Cursor until) throws BrokerException {
        throw unsupported();
    }

    @Override
    public Optional<ObjectStore> objects() {
        return Optional.empty();
    }

    @Override
    public Optional<KeyLog> keyLog() {
        return Optional.empty();
    }

    @Override
    public Optional<ServerSideMover> serverSideMover() {
        return Optional.empty();
    }

    @Override
    public void close() {
        broker.close();
    }
}
