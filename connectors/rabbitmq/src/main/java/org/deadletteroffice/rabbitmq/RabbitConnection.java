package org.deadletteroffice.rabbitmq;

import com.rabbitmq.client.ShutdownSignalException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.deadletteroffice.spi.connector.BrokerConnection;
import org.deadletteroffice.spi.connector.Browse;
import org.deadletteroffice.spi.connector.Capabilities;
import org.deadletteroffice.spi.connector.KeyLog;
import org.deadletteroffice.spi.connector.ObjectStore;
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
import org.deadletteroffice.spi.transfer.Guarantee;
import org.deadletteroffice.spi.transfer.Outgoing;
import org.deadletteroffice.spi.transfer.Transfer;
import org.deadletteroffice.spi.transfer.TransferEvent;
import org.deadletteroffice.spi.transfer.TransferPlan;

/// One virtual host of a RabbitMQ broker, over one profile.
///
/// Reading and sending have a connection each: a broker short of memory stops reading from those
/// that publish, and what is held must still go back.
final class RabbitConnection implements BrokerConnection {
    private static final int MOST_IDS = 1_000;

    /// The broker counts by this interval, unless set otherwise.
    private static final Duration LAG = Duration.ofSeconds(6);

    private final SignIn signIn;
    private final Link reading;
    private final Link sending;
    private final Management management;
    private final Topology topology;
    private final RabbitQueues queues;
    private final RabbitConsumers consumers;
    private final QueueRules rules;
    private final Shovels shovels;
    private final Streams streams;
    private final Map<String, HeldQueue> held = new ConcurrentHashMap<>();

    RabbitConnection(String profile, RabbitProfile settings) {
        var errors = new RabbitErrors(settings);
        signIn = new SignIn(settings);
        reading = new Link(settings, errors, signIn, "looking");
        sending = new Link(settings, errors, signIn, "sending");
        management = new Management(settings, errors, signIn);
        topology = new Topology(management);
        queues =
                new RabbitQueues(
                        reading,
                        management,
                        topology,
                        profile,
                        this::heldOf,
                        this::depthOf,
                        this::awaitReturned);
        consumers = new RabbitConsumers(reading, management, queues, profile);
        rules = new QueueRules(reading, queues, management);
        shovels = new Shovels(reading, management, queues);
        streams = new Streams(reading, this::counted);
    }

    private OptionalLong counted(String queue, Deadline deadline) throws BrokerException {
        return queues.lenientFacts(queue, deadline)
                .map(QueueFacts::counted)
                .orElse(OptionalLong.empty());
    }

    private int heldOf(String queue) {
        var one = held.get(queue);
        return one == null ? 0 : one.held();
    }

    private Optional<HeldQueue.Depth> depthOf(String queue, Deadline deadline)
            throws BrokerException {
        var one = held.get(queue);
        return one == null ? Optional.empty() : one.depth(deadline);
    }

    private void awaitReturned(String queue, Deadline deadline) throws Exception {
        var one = held.get(queue);
        if (one != null) {
            one.awaitReturned(deadline);
        }
    }

    private HeldQueue held(QueueRef queue) {
        return held.computeIfAbsent(
                queue.name(), _ -> new HeldQueue(reading, queue, rules::taking, this::sendAnew));
    }

    /// To the end of the queue in which it lies.
    private Optional<BrokerException> sendAnew(DeadLetter letter) throws BrokerException {
        if (letter.headers().has("CC")) {
            return Optional.of(
                    new BrokerException.Unsupported(
                            "Its header CC names other queues, which would get it too.",
                            new Remedy.Advice("Raise delivery-limit by a policy."),
                            null));
        }
        var again =
                new Outgoing(
                        0,
                        letter,
                        letter.queue().name(),
                        null,
                        null,
                        letter.payload(),
                        letter.headers(),
                        letter.timestamp());
        try (var transfer = new RabbitTransfer(sending, new Routes(sending, topology), true)) {
            switch (transfer.send(List.of(again)).getFirst()) {
                case TransferEvent.Refused(_, var reason) -> {
                    return Optional.of(reason);
                }
                case TransferEvent.Unknown(_, var reason) -> throw reason;
                // Only now may the first one go.
                case TransferEvent.Sent _ -> {
                    return Optional.empty();
                }
                case TransferEvent.Moved _, TransferEvent.Untouched _, TransferEvent.Warned _ ->
                        throw new IllegalStateException("none of these is sent");
            }
        }
    }

    @Override
    public void checks(Consumer<Check> listener) throws BrokerException {
        new RabbitChecks(
                        reading, management, this, new Routes(sending, topology), shovels, listener)
                .run();
    }

    @Override
    public List<QueueInfo> queues() throws BrokerException {
        checkOpen();
        return queues.all();
    }

    @Override
    public QueueInfo queue(QueueRef queue) throws BrokerException {
        return queues.one(queue);
    }

    @Override
    public List<ConsumerInfo> consumers() throws BrokerException {
        checkOpen();
        return consumers.all();
    }

    private void checkOpen() throws BrokerException {
        if (reading.isClosed()) {
            throw RabbitErrors.cancelled(Act.connecting(), null);
        }
    }

    @Override
    public Capabilities capabilities(QueueRef queue) throws BrokerException {
        var deadline = reading.deadline();
        var _ = queues.declared(queue, deadline);
        var facts = rules.facts(queue, deadline);
        // A stream is a log: nothing can be taken out of it.
        var takes = !Streams.isOne(queue) && (facts.isEmpty() || !facts.get().isStream());
        return new Capabilities(
                !takes,
                false,
                !takes,
                takes,
                !takes,
                takes,
                takes && shovels.isAvailable(deadline),
                true,
                Guarantee.AT_LEAST_ONCE,
                rules.effect(queue, facts.orElse(null)));
    }

    @Override
    public Browse takeFrom(QueueRef queue) throws BrokerException {
        return browse(queue);
    }

    @Override
    public Browse browse(QueueRef queue) throws BrokerException {
        var _ = queues.declared(queue, reading.deadline());
        return Streams.isOne(queue)
                ? streams.browse(queue)
                : new RabbitBrowse(reading, held(queue));
    }

    @Override
    public Scan scan(QueueRef queue, Cursor from, Cursor until) throws BrokerException {
        var deadline = reading.deadline();
        if (Streams.isOne(queue)) {
            var _ = queues.declared(queue, deadline);
            return streams.scan(queue, from, until);
        }
        var one = held(queue);
        var depth = queues.depth(queue, deadline);
        Cursor end = until instanceof Cursor.Newest ? one.end(depth.value()).cursor() : until;
        Cursor start = from instanceof Cursor.Newest ? one.end(depth.value()).cursor() : from;
        if (start instanceof Cursor.Token(var token) && one.wasPurgedSince(one.place(token))) {
            throw one.gone(
                    "Messages after this place in the queue " + queue.name() + " were purged.");
        }
        return new RabbitScan(reading, one, start, end, total(one, start, end, depth));
    }

    private static Count total(HeldQueue one, Cursor from, Cursor until, Count depth)
            throws BrokerException {
        if (from instanceof Cursor.Before || !(until instanceof Cursor.Token(var end))) {
            return Count.atMost(depth.value());
        }
        var before = from instanceof Cursor.Token(var start) ? one.liveNow(one.place(start)) : 0;
        var most = Math.min(depth.value(), one.liveNow(one.place(end)));
        return new Count(Math.max(0, most - before), depth.precision());
    }

    @Override
    public Cursor snapshot(QueueRef queue) throws BrokerException {
        var deadline = reading.deadline();
        if (Streams.isOne(queue)) {
            var _ = queues.declared(queue, deadline);
            return streams.snapshot(queue);
        }
        return held(queue).end(queues.depth(queue, deadline).value()).cursor();
    }

    @Override
    public List<DeadLetter> fetch(QueueRef queue, List<MessageId> ids) throws BrokerException {
        if (ids.size() > MOST_IDS) {
            throw new IllegalArgumentException("at most 1,000 ids a call, not " + ids.size());
        }
        var deadline = reading.deadline();
        var _ = queues.declared(queue, deadline);
        if (ids.isEmpty()) {
            return List.of();
        }
        if (Streams.isOne(queue)) {
            return streams.fetch(queue, ids);
        }
        var one = held(queue);
        one.enter();
        try {
            return one.with(
                    Act.reading(queue.name()),
                    deadline,
                    hold -> {
                        var found = new ArrayList<DeadLetter>();
                        for (var id : ids) {
                            var slot = one.seek(hold, id, deadline);
                            if (slot.isPresent()) {
                                hold.read(slot.getAsInt()).ifPresent(found::add);
                            }
                        }
                        return found;
                    });
        } finally {
            one.leave();
        }
    }

    @Override
    public Transfer transfer(TransferPlan plan) throws BrokerException {
        sending.signIn(Act.connecting(), sending.deadline());
        return new RabbitTransfer(sending, new Routes(sending, topology), plan.ofOneKind());
    }

    @Override
    public List<MessageId> remove(QueueRef queue, List<MessageId> ids) throws BrokerException {
        Streams.mustBeNone(queue);
        var deadline = reading.deadline();
        var one = held(queue);
        var act = Act.removing(queue.name());
        var missing = new HashSet<MessageId>();
        var consumers = new AtomicInteger();
        one.enter();
        try {
            var removal =
                    one.with(
                            act,
                            deadline,
                            hold -> {
                                var slots = new ArrayList<Integer>();
                                for (var id : ids) {
                                    var slot = one.seek(hold, id, deadline);
                                    if (slot.isPresent()) {
                                        slots.add(slot.getAsInt());
                                    } else if (!one.wasRemoved(hold, id)) {
                                        missing.add(id);
                                    }
                                }
                                consumers.set(hold.intake().consumers());
                                return one.remove(hold, slots, deadline);
                            });
            await(removal, act, deadline);
            // What another consumer holds cannot be seen, and may come back.
            if (!missing.isEmpty() && !othersHold(queue.name(), consumers.get(), deadline)) {
                missing.clear();
            }
            return ids.stream().filter(id -> !missing.contains(id)).toList();
        } finally {
            one.leave();
        }
    }

    void await(HeldQueue.Removal removal, Act act, Deadline deadline) throws BrokerException {
        try {
            removal.await(deadline);
        } catch (ShutdownSignalException closed) {
            throw closed.isInitiatedByApplication() && !reading.isClosed()
                    ? wentBack(closed)
                    : reading.errors().of(closed, act);
        } catch (Exception unknown) {
            throw reading.errors().of(unknown, act);
        }
    }

    /// Somebody else who looks at the queue gave all back.
    private static BrokerException wentBack(ShutdownSignalException closed) {
        return new BrokerException.Unreachable(
                "Whether the messages were removed is not known: what was held went back meanwhile.",
                new Remedy.Advice(
                        "Look at the queue again, and remove those that are still there."),
                closed);
    }

    @Override
    public Set<MessageId> alike(QueueRef queue, List<MessageId> ids) throws BrokerException {
        if (Streams.isOne(queue)) {
            return Set.of();
        }
        var deadline = reading.deadline();
        var one = held(queue);
        one.enter();
        try {
            return one.with(
                    Act.removing(queue.name()),
                    deadline,
                    hold -> {
                        for (var id : ids) {
                            var _ = one.seek(hold, id, deadline);
                        }
                        return ids.stream().filter(hold::hasTwins).collect(Collectors.toSet());
                    });
        } finally {
            one.leave();
        }
    }

    /// Whether others may hold messages of a queue; where nobody tells, whoever consumes may. What
    /// is told lags behind what was given back or taken a moment ago, and so is asked again.
    private boolean othersHold(String queue, int consumers, Deadline deadline)
            throws BrokerException {
        var end = System.nanoTime() + LAG.toNanos();
        var count = queues.heldByOthers(queue, deadline);
        while (count != null && count > 0 && System.nanoTime() < end) {
            pause(deadline, Act.removing(queue));
            count = queues.heldByOthers(queue, deadline);
        }
        return count == null ? consumers > 0 : count > 0;
    }

    private void pause(Deadline deadline, Act act) throws BrokerException {
        try {
            deadline.await(() -> LockSupport.parkNanos(LAG.dividedBy(20).toNanos()));
        } catch (Exception stopped) {
            throw reading.errors().of(stopped, act);
        }
    }

    @Override
    public Purged purge(QueueRef queue, Cursor until) throws BrokerException {
        var deadline = reading.deadline();
        var _ = queues.declared(queue, deadline);
        Streams.mustBeNone(queue);
        var one = held(queue);
        one.enter();
        try {
            return new Purged(
                    Count.exact(
                            one.with(
                                    Act.removing(queue.name()),
                                    deadline,
                                    hold -> new Purge(one, hold, deadline).run(until))));
        } finally {
            one.leave();
        }
    }

    @Override
    public Optional<ServerSideMover> serverSideMover() {
        return Optional.of(shovels);
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
    public void close() {
        reading.close();
        sending.close();
        signIn.close();
    }
}
