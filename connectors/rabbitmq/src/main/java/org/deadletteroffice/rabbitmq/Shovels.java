package org.deadletteroffice.rabbitmq;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
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

    /// What a handle says: everything that another process needs to go on watching.
    record Handle(String name, String from, String to, long count) {
        String text() {
            return String.join(
                    "|",
                    name,
                    Management.encoded(from),
                    Management.encoded(to),
                    Long.toString(count));
        }

        static Handle read(String text) throws BrokerException {
            var parts = text.split("\\|", -1);
            if (parts.length == 4 && parts[3].matches("\\d{1,18}")) {
                return new Handle(
                        parts[0], plain(parts[1]), plain(parts[2]), Long.parseLong(parts[3]));
            }
            throw unknown(text);
        }

        private static String plain(String part) {
            return URLDecoder.decode(part, StandardCharsets.UTF_8);
        }
    }

    static BrokerException unknown(String handle) {
        return new BrokerException.NotFound(
                "There is no move '" + handle + "'.",
                new Remedy.Advice("Look at the broker's shovels."),
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
        var handle =
                new Handle("dead-letter-office-" + UUID.randomUUID(), from.name(), target, count);
        if (perSecond != null) {
            var move = new PacedMove(this, handle, perSecond);
            paced.put(handle.name(), move);
            move.start();
        } else if (count > 0) {
            create(handle.name(), handle, "queue-length", deadline);
        }
        return handle.text();
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
    void create(String name, Handle handle, Object deleteAfter, Deadline deadline)
            throws BrokerException {
        var value = NODES.objectNode();
        value.put("src-protocol", "amqp091").put("src-uri", "amqp:///" + management.vhost());
        value.put("src-queue", handle.from());
        value.put("dest-protocol", "amqp091").put("dest-uri", "amqp:///" + management.vhost());
        value.put("dest-queue", handle.to());
        value.put("ack-mode", "on-confirm");
        value.put("dest-add-forward-headers", false);
        if (deleteAfter instanceof Integer count) {
            value.put("src-delete-after", count);
            value.put("src-prefetch-count", count);
        } else {
            value.put("src-delete-after", String.valueOf(deleteAfter));
        }
        var body = NODES.objectNode();
        body.set("value", value);
        var _ = management.put(path(name), body, Act.moving(handle.from()), deadline);
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

    @Override
    public MoveStatus status(String handle) throws BrokerException {
        var move = Handle.read(handle);
        var local = paced.get(move.name());
        if (local != null) {
            return local.status();
        }
        var stopped = cancelled.get(move.name());
        if (stopped != null) {
            return new MoveStatus(MoveStatus.State.CANCELLED, stopped, "");
        }
        var deadline = link.deadline();
        if (exists(move.name(), deadline)) {
            var left = ready(move.from());
            return new MoveStatus(
                    MoveStatus.State.RUNNING,
                    Math.max(0, move.count() - left),
                    terminated(move, deadline));
        }
        return new MoveStatus(MoveStatus.State.DONE, move.count(), "");
    }

    /// Why the broker gave the shovel up; empty while it runs.
    private String terminated(Handle move, Deadline deadline) throws BrokerException {
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

    /// A shovel that is done is gone, so what is listed would not tell of all.
    @Override
    public Optional<List<KnownMove>> moves(QueueRef from) {
        return Optional.empty();
    }

    @Override
    public void cancel(String handle) throws BrokerException {
        var move = Handle.read(handle);
        var local = paced.get(move.name());
        if (local != null) {
            local.cancel();
            return;
        }
        var deadline = link.deadline();
        if (exists(move.name(), deadline)) {
            remove(move.name(), deadline);
            cancelled.put(move.name(), Math.max(0, move.count() - ready(move.from())));
        }
    }

    void remove(String name, Deadline deadline) throws BrokerException {
        try {
            var _ = management.delete(path(name), Act.moving(name), deadline);
        } catch (BrokerException.NotFound _) {
            // It was done in the same moment.
        }
    }
}
