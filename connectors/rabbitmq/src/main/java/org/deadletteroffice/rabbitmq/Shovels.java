package org.deadletteroffice.rabbitmq;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import org.deadletteroffice.spi.connector.ServerSideMover;
import org.deadletteroffice.spi.error.BrokerException;
import org.deadletteroffice.spi.error.Remedy;
import org.deadletteroffice.spi.message.QueueRef;
import org.jspecify.annotations.Nullable;

/// Moves a whole queue by a dynamic shovel of the broker, with confirms (`on-confirm`), which is
/// gone when it is done. It moves what was ready when it started, unchanged.
///
/// A shovel has no pace. With one, this program starts a small shovel each second; then the move
/// goes on only while the program runs.
final class Shovels implements ServerSideMover {
    private static final long FRESH_NANOS = Duration.ofSeconds(30).toNanos();
    private static final Duration RETURNED = Duration.ofSeconds(5);

    /// How many messages a shovel has under way; also what a broker takes by default.
    private static final int PREFETCH = 1_000;

    /// RabbitMQ has no way to end a shovel that waits for what it has under way.
    private static final String ENDED_AT_ONCE =
            "Up to %,d of these may lie in both queues, as a shovel that is ended does not wait for what it has under way."
                    .formatted(PREFETCH);

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private final Link link;
    private final Management management;
    private final RabbitQueues queues;
    private final Map<String, PacedMove> paced = new ConcurrentHashMap<>();
    private final Map<String, Long> cancelled = new ConcurrentHashMap<>();
    private volatile boolean available;
    private volatile long askedAt = Long.MIN_VALUE;

    Shovels(Link link, Management management, RabbitQueues queues) {
        this.link = link;
        this.management = management;
        this.queues = queues;
    }

    /// Whether shovels can be made: the plugin runs, and the user may set parameters.
    boolean isAvailable(Deadline deadline) throws BrokerException {
        if (askedAt == Long.MIN_VALUE || System.nanoTime() - askedAt > FRESH_NANOS) {
            available = refusal(deadline) == null;
            askedAt = System.nanoTime();
        }
        return available;
    }

    /// Why there can be none; null where there can.
    @Nullable BrokerException refusal(Deadline deadline) throws BrokerException {
        var act = new Act("asking for shovels", "the user tag 'policymaker'", null);
        try {
            var answer = management.get("/parameters/shovel/" + management.vhost(), act, deadline);
            if (answer.isPresent()) {
                var _ = management.get("/shovels/" + management.vhost(), act, deadline);
                return null;
            }
        } catch (BrokerException.NotFound
                | BrokerException.NotAuthorized
                | BrokerException.Unsupported denied) {
            return denied;
        }
        return new BrokerException.Unsupported(
                "No management API answers, and only that makes shovels.",
                new Remedy.Advice("Have the plugin rabbitmq_shovel_management enabled."),
                null);
    }

    @Override
    public String start(QueueRef from, @Nullable QueueRef to, @Nullable Integer perSecond)
            throws BrokerException {
        Streams.mustBeNone(from);
        var deadline = link.deadline();
        var target = to == null ? origin(from, deadline) : to.name();
        var refused = refusal(deadline);
        if (refused != null) {
            throw refused;
        }
        var count = queues.declared(from, deadline).getMessageCount();
        if (to != null) {
            var _ = queues.declared(to, deadline);
        }
        // Two would take from each other, and who looks for one could not tell them apart.
        if (!running(from.name(), deadline).isEmpty()) {
            throw new BrokerException.Unsupported(
                    "A shovel of this program moves the queue " + from.name() + " already.",
                    new Remedy.Advice("Wait until it is done, or call it off."),
                    null);
        }
        var move = MoveHandle.create(count, perSecond, from.name(), target);
        if (move.isPaced()) {
            pace(move, 0);
        } else if (count > 0) {
            create(move.name(), move, "queue-length", deadline);
        }
        return move.text();
    }

    private PacedMove pace(MoveHandle move, long moved) {
        return paced.computeIfAbsent(
                move.id(),
                _ -> {
                    var started = new PacedMove(this, move, moved);
                    started.start();
                    return started;
                });
    }

    /// A shovel sends by the exchange of a message's last death, not of its first; so it can take
    /// messages home only where all come from one queue.
    private String origin(QueueRef from, Deadline deadline) throws BrokerException {
        var feeds = queues.feedsOf(from.name(), deadline);
        if (feeds.size() == 1) {
            return feeds.iterator().next();
        }
        throw new BrokerException.Unsupported(
                "A shovel cannot take the messages of the queue "
                        + from.name()
                        + " to their origins, as "
                        + (feeds.isEmpty() ? "none is known" : "there are " + feeds.size())
                        + '.',
                new Remedy.Advice("Name one destination, or let this program send them."),
                null);
    }

    /// @param deleteAfter how much it moves before it goes: a count, or `queue-length`
    void create(String name, MoveHandle move, Object deleteAfter, Deadline deadline)
            throws BrokerException {
        var value = NODES.objectNode();
        value.put("src-protocol", "amqp091").put("src-uri", "amqp:///" + management.vhost());
        value.put("src-queue", move.from());
        value.put("dest-protocol", "amqp091").put("dest-uri", "amqp:///" + management.vhost());
        value.put("dest-queue", move.to());
        value.put("ack-mode", "on-confirm");
        value.put("dest-add-forward-headers", false);
        if (deleteAfter instanceof Integer count) {
            value.put("src-delete-after", count);
            value.put("src-prefetch-count", count);
        } else {
            value.put("src-delete-after", String.valueOf(deleteAfter));
            value.put("src-prefetch-count", PREFETCH);
        }
        var body = NODES.objectNode();
        body.set("value", value);
        var _ = management.put(path(name), body, Act.moving(move.from()), deadline);
    }

    private String path(String name) {
        return "/parameters/shovel/" + management.vhost() + '/' + name;
    }

    boolean exists(String name, Deadline deadline) throws BrokerException {
        try {
            return management
                    .get(
                            path(name),
                            new Act("looking at a shovel", "the user tag 'policymaker'", null),
                            deadline)
                    .isPresent();
        } catch (BrokerException.NotFound gone) {
            return false;
        }
    }

    long ready(String queue) throws BrokerException {
        return link.call(
                Act.describing(queue), link.deadline(), channel -> channel.messageCount(queue));
    }

    Deadline deadline() {
        return link.deadline();
    }

    /// A move at a pace whose program is gone goes on from here.
    @Override
    public MoveStatus status(String handle) throws BrokerException {
        var move = MoveHandle.parse(handle);
        var local = paced.get(move.id());
        if (local != null) {
            return local.status();
        }
        var stopped = cancelled.get(move.id());
        if (stopped != null) {
            return new MoveStatus(MoveStatus.State.CANCELLED, stopped, ENDED_AT_ONCE);
        }
        var deadline = link.deadline();
        if (move.isPaced()) {
            return pace(move, end(move, deadline)).status();
        }
        if (exists(move.name(), deadline)) {
            return new MoveStatus(
                    MoveStatus.State.RUNNING, moved(move), terminated(move, deadline));
        }
        return new MoveStatus(MoveStatus.State.DONE, move.count(), "");
    }

    /// As far as the depth of the source tells. What came in meanwhile makes it too few.
    private long moved(MoveHandle move) throws BrokerException {
        return Math.max(0, move.count() - ready(move.from()));
    }

    /// Why the broker gave the shovel up; empty while it runs.
    private String terminated(MoveHandle move, Deadline deadline) throws BrokerException {
        var all =
                management.get("/shovels/" + management.vhost(), Act.moving(move.from()), deadline);
        if (all.isPresent()) {
            for (var one : all.get()) {
                if (one.path("name").asText().equals(move.name())
                        && one.path("state").asText().equals("terminated")) {
                    return "The broker stopped it: " + one.path("reason").asText();
                }
            }
        }
        return "";
    }

    /// The shovels that this program made for a queue, by their names.
    private Map<String, MoveHandle> running(String queue, Deadline deadline)
            throws BrokerException {
        var found = new LinkedHashMap<String, MoveHandle>();
        var all =
                management.get(
                        "/parameters/shovel/" + management.vhost(), Act.moving(queue), deadline);
        if (all.isPresent()) {
            for (var one : all.get()) {
                var move = MoveHandle.of(one);
                if (move.isPresent() && move.get().from().equals(queue)) {
                    found.put(one.path("name").asText(), move.get());
                }
            }
        }
        paced.values().stream()
                .filter(move -> move.isOf(queue))
                .forEach(move -> found.put(move.handle().name(), move.handle()));
        return found;
    }

    /// A shovel that is done is gone: where there is none, nobody knows whether there was one.
    @Override
    public Optional<List<KnownMove>> moves(QueueRef from) throws BrokerException {
        var known =
                running(from.name(), link.deadline()).values().stream()
                        .distinct()
                        .map(move -> new KnownMove(move.id(), move.text(), move.to()))
                        .toList();
        return known.isEmpty() ? Optional.empty() : Optional.of(known);
    }

    @Override
    public void cancel(String handle) throws BrokerException {
        var move = MoveHandle.parse(handle);
        var local = paced.get(move.id());
        if (local != null) {
            try {
                local.cancel(link.deadline());
            } catch (Exception failed) {
                throw link.errors().of(failed, Act.moving(move.from()));
            }
            return;
        }
        var deadline = link.deadline();
        if (move.isPaced() || exists(move.name(), deadline)) {
            cancelled.put(move.id(), end(move, deadline));
        }
    }

    /// Ends the shovels of a move.
    ///
    /// @return how many it had moved
    private long end(MoveHandle move, Deadline deadline) throws BrokerException {
        for (var one : running(move.from(), deadline).entrySet()) {
            if (one.getValue().id().equals(move.id())) {
                remove(one.getKey(), move.from(), deadline);
            }
        }
        return moved(move);
    }

    /// Ends a shovel, and returns when what it had taken and not sent is back.
    void remove(String name, String from, Deadline deadline) throws BrokerException {
        var readers = readers(from);
        try {
            var _ = management.delete(path(name), Act.moving(from), deadline);
        } catch (BrokerException.NotFound _) {
            // It was done in the same moment.
        }
        try {
            deadline.await(
                    () -> {
                        // A reader's messages are back when it is gone. One that had not begun to
                        // read cannot be waited for.
                        var end = System.nanoTime() + RETURNED.toNanos();
                        while (readers > 0 && readers(from) >= readers && System.nanoTime() < end) {
                            LockSupport.parkNanos(RETURNED.dividedBy(100).toNanos());
                        }
                    });
        } catch (Exception failed) {
            throw link.errors().of(failed, Act.moving(from));
        }
    }

    private long readers(String queue) throws BrokerException {
        return link.call(
                Act.describing(queue), link.deadline(), channel -> channel.consumerCount(queue));
    }
}
