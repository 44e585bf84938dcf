package org.deadletteroffice.sqs;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
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
import org.deadletteroffice.spi.message.Cursor;
import org.deadletteroffice.spi.message.DeadLetter;
import org.deadletteroffice.spi.message.MessageId;
import org.deadletteroffice.spi.message.QueueInfo;
import org.deadletteroffice.spi.message.QueueRef;
import org.deadletteroffice.spi.profile.Check;
import org.deadletteroffice.spi.transfer.Guarantee;
import org.deadletteroffice.spi.transfer.Transfer;
import org.deadletteroffice.spi.transfer.TransferPlan;

/// One account and region over one profile. What it holds of a queue is shared by all visits to the
/// queue.
final class SqsConnection implements BrokerConnection {
    private static final int MOST_FETCHED = 1_000;
    private static final Duration MOST_CLOSING = Duration.ofMillis(900);

    private final Account account;
    private final Queues queues;
    private final Map<String, Hold> holds = new ConcurrentHashMap<>();

    SqsConnection(String profile, SqsProfile settings) {
        this.account = new Account(settings);
        this.queues = new Queues(profile, account);
    }

    Account account() {
        return account;
    }

    @Override
    public void checks(Consumer<Check> listener) throws BrokerException {
        new SqsChecks(account, this, listener).run();
    }

    QueueMetrics metrics() {
        return queues.metrics();
    }

    @Override
    public List<QueueInfo> queues() throws BrokerException {
        return queues.all();
    }

    @Override
    public QueueInfo queue(QueueRef queue) throws BrokerException {
        return queues.one(queue);
    }

    /// SQS knows no readers, only how many messages they have in flight.
    @Override
    public List<ConsumerInfo> consumers() throws BrokerException {
        return List.of();
    }

    @Override
    public Capabilities capabilities(QueueRef queue) throws BrokerException {
        var address = account.address(account.calls(), queue.name());
        var facts = account.attributes(account.calls(), address);
        var isDeadLetterQueue = !account.sources(account.calls(), address).isEmpty();
        return new Capabilities(
                false,
                false,
                false,
                true,
                false,
                true,
                isDeadLetterQueue,
                address.isFifo(),
                Guarantee.AT_LEAST_ONCE,
                new ObserverEffect.HidesAndCounts(
                        account.profile().visibility(), facts.lookLimit()));
    }

    /// What is held of the queue, and is by whoever enters next.
    Hold hold(QueueRef queue, QueueAddress address) {
        return holds.computeIfAbsent(
                address.name(),
                _ ->
                        new Hold(
                                queue,
                                new Receiver(
                                        account,
                                        address,
                                        account.profile().visibility(),
                                        account.profile().poll()),
                                new Letters(queue, new Undelivered(account, address)),
                                account.profile().visibility()));
    }

    private QueueFacts facts(QueueRef queue) throws BrokerException {
        return account.attributes(account.calls(), account.address(account.calls(), queue.name()));
    }

    @Override
    public Browse browse(QueueRef queue) throws BrokerException {
        var facts = facts(queue);
        return new SqsBrowse(account, facts, hold(queue, facts.address()), false);
    }

    @Override
    public Browse takeFrom(QueueRef queue) throws BrokerException {
        var facts = facts(queue);
        return new SqsBrowse(account, facts, hold(queue, facts.address()), true);
    }

    @Override
    public Scan scan(QueueRef queue, Cursor from, Cursor until) throws BrokerException {
        var facts = facts(queue);
        return SqsScan.open(account, facts, hold(queue, facts.address()), from, until);
    }

    @Override
    public Cursor snapshot(QueueRef queue) throws BrokerException {
        var before = System.currentTimeMillis();
        var facts = facts(queue);
        return Journal.time(ServerTime.line(before, facts.asked()));
    }

    @Override
    public List<DeadLetter> fetch(QueueRef queue, List<MessageId> ids) throws BrokerException {
        if (ids.size() > MOST_FETCHED) {
            throw new IllegalArgumentException("at most 1,000 ids a call, not " + ids.size());
        }
        var facts = facts(queue);
        if (ids.isEmpty()) {
            return List.of();
        }
        var hold = hold(queue, facts.address());
        hold.enter();
        try {
            var found = new Hunt(account.calls(), hold).find(ids);
            var letters = new ArrayList<DeadLetter>();
            for (var id : ids) {
                var message = found.get(id);
                if (message != null) {
                    hold.letter(message).ifPresent(letters::add);
                }
            }
            return letters;
        } finally {
            hold.leave();
        }
    }

    @Override
    public Transfer transfer(TransferPlan plan) throws BrokerException {
        if (!plan.withinOneBroker()) {
            return new SqsTransfer(account, plan, () -> {});
        }
        // The source's messages stay hidden until the job is done with them.
        var address = account.address(account.calls(), plan.source().name());
        var hold = hold(plan.source(), address);
        hold.enterToWork();
        return new SqsTransfer(account, plan, hold::leaveWork);
    }

    /// None: SQS gives each message an id of its own.
    @Override
    public Set<MessageId> alike(QueueRef queue, List<MessageId> ids) {
        return Set.of();
    }

    @Override
    public List<MessageId> remove(QueueRef queue, List<MessageId> ids) throws BrokerException {
        var address = account.address(account.calls(), queue.name());
        return new Removal(account, address, hold(queue, address)).remove(ids);
    }

    @Override
    public Purged purge(QueueRef queue, Cursor until) throws BrokerException {
        var facts = facts(queue);
        return new Purge(account, facts, hold(queue, facts.address())).until(until);
    }

    @Override
    public Optional<ObjectStore> objects() {
        return Optional.of(new PayloadObjects(account));
    }

    @Override
    public Optional<KeyLog> keyLog() {
        return Optional.empty();
    }

    @Override
    public Optional<ServerSideMover> serverSideMover() {
        return Optional.of(new SqsMover(account));
    }

    @Override
    public void close() {
        account.calls().close();
        // What does not get through within a second becomes visible by itself.
        var releases =
                holds.values().stream()
                        .map(hold -> Thread.ofVirtual().name("release").start(hold::abandon))
                        .toList();
        var end = System.nanoTime() + MOST_CLOSING.toNanos();
        try {
            for (var release : releases) {
                release.join(Duration.ofNanos(Math.max(1, end - System.nanoTime())));
            }
        } catch (InterruptedException hurry) {
            Thread.currentThread().interrupt();
        }
        account.close();
    }

    /// For what needs a queue that others die into.
    static BrokerException noDeadLetterQueue(String queue) {
        return new BrokerException.Unsupported(
                "No redrive policy names " + queue + ", so SQS does not move it by itself.",
                new Remedy.Advice(
                        "Redrive it without --server-side: this program then sends and removes."),
                null);
    }
}
