package org.deadletteroffice.rabbitmq;

import com.fasterxml.jackson.databind.JsonNode;
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
import org.deadletteroffice.spi.message.Numerals;
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

    /// The broker starts a shovel that it had to stop anew each second; one that never runs in so
    /// long will not.
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    /// How many messages a shovel has under way; also what a broker takes by default.
    private static final int PREFETCH = 1_000;

    /// RabbitMQ has no way to end a shovel that waits for what it has under way.
    private static final String ENDED_AT_ONCE =
            "Up to "
                    + Numerals.of(PREFETCH)
                    + " of these may lie in both queues, as a shovel that is ended does not wait for"
                    + " what it has under way.";

    /// That a policymaker may make a shovel does not let them see how it fares.
    private static final Act WATCHING =
            new Act("asking how shovels fare", new Right.Tag("monitoring"), null);

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private final Link link;
    private final Management management;
    private final RabbitQueues queues;
    private final Map<String, PacedMove> paced = new ConcurrentHashMap<>();
    private final Map<String, MoveStatus> ended = new ConcurrentHashMap<>();
    private final Map<String, Long> stoppedSince = new ConcurrentHashMap<>();
    private volatile boolean available;
    private volatile long askedAt = Long.MIN_VALUE;

    Shovels(Link link, Management management, RabbitQueues queues) {
        this.link = link;
        this.management = management;
        this.queues = queues;
    }

    /// Whether shovels can be made: the plugin runs, and the user may set parameters and ask how
    /// shovels fare, which takes a tag each.
    boolean isAvailable(Deadline deadline) throws BrokerException {
        if (askedAt == Long.MIN_VALUE || System.nanoTime() - askedAt > FRESH_NANOS) {
            available = refusal(deadline) == null;
            askedAt = System.nanoTime();
        }
        return available;
    }

    /// Why there can be none; null where there can.
    @Nullable BrokerException refusal(Deadline deadline) throws BrokerException {
        var act = new Act("asking for shovels", new Right.Tag("policymaker"), null);
        try {
            var answer = management.get("/parameters/shovel/" + management.vhost(), act, deadline);
            if (answer.isPresent()) {
                var _ = management.get("/shovels/" + management.vhost(), WATCHING, deadline);
                return null;
            }
        } catch (BrokerException.NotFound
                | BrokerException.NotAuthorized
                | BrokerException.NotAuthenticated
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
            return feeds.getFirst().from();
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
        var _ = said(management.put(path(name), body, Act.moving(move.from()), deadline));
    }

    /// That nobody answers says nothing of a shovel: neither that it is made, nor that it is gone.
    private JsonNode said(Optional<JsonNode> answer) throws BrokerException.Unreachable {
        return answer.orElseThrow(
                () ->
                        new BrokerException.Unreachable(
                                "The management API does not answer at "
                                        + management.address()
                                        + ", and only that knows of shovels.",
                                new Remedy.Edit("managementUrl"),
                                null));
    }

    private String path(String name) {
        return "/parameters/shovel/" + management.vhost() + '/' + name;
    }

    boolean exists(String name, Deadline deadline) throws BrokerException {
        var act = new Act("looking at a shovel", new Right.Tag("policymaker"), null);
        try {
            var _ = said(management.get(path(name), act, deadline));
            return true;
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
        var known = ended.get(move.id());
        if (known != null) {
            return known;
        }
        var deadline = link.deadline();
        if (move.isPaced()) {
            return pace(move, end(move, deadline)).status();
        }
        if (!exists(move.name(), deadline)) {
            return gone(move);
        }
        var trouble = trouble(move.name(), deadline);
        return trouble.isLasting()
                ? ended(move, MoveStatus.State.FAILED, trouble.sentence(), deadline)
                : new MoveStatus(MoveStatus.State.RUNNING, moved(move), trouble.sentence());
    }

    /// A shovel is gone when it is done, and when somebody else ended it.
    private MoveStatus gone(MoveHandle move) throws BrokerException {
        var moved = moved(move);
        return new MoveStatus(
                MoveStatus.State.DONE,
                moved,
                moved == move.count()
                        ? ""
                        : Numerals.of(ready(move.from()), "message is", "messages are")
                                + " in "
                                + move.from()
                                + ": they came since, or the shovel was ended by somebody else.");
    }

    /// As far as the depth of the source tells. What came in meanwhile makes it too few.
    private long moved(MoveHandle move) throws BrokerException {
        return Math.max(0, move.count() - ready(move.from()));
    }

    /// @param sentence why the broker stopped a shovel, or lets it wait; empty while it does
    // neither
    record Trouble(String sentence, boolean isLasting) {
        static final Trouble NONE = new Trouble("", false);
    }

    Trouble trouble(String shovel, Deadline deadline) throws BrokerException {
        var path = "/shovels/" + management.vhost();
        for (var one : said(management.get(path, WATCHING, deadline))) {
            if (one.path("name").asText().equals(shovel)) {
                return trouble(shovel, one);
            }
        }
        return Trouble.NONE;
    }

    private Trouble trouble(String shovel, JsonNode listed) {
        switch (listed.path("state").asText()) {
            case "running" -> stoppedSince.remove(shovel);
            case "terminated" -> {
                var now = System.nanoTime();
                var since = stoppedSince.computeIfAbsent(shovel, _ -> now);
                // Of 3.10 often no more than "needed a restart".
                return new Trouble(
                        "The broker stopped the shovel: %s. Its log says more."
                                .formatted(listed.path("reason").asText().replace("\"", "")),
                        now - since > PATIENCE.toNanos());
            }
            // Both from 4.0 on; such a shovel goes on by itself.
            case "blocked" -> {
                return waits(shovel, "the broker takes no messages now: it is short of something");
            }
            case "flow" -> {
                return waits(shovel, "the queue that it sends to is slow");
            }
            default -> {
                // It starts, and may be stopped again.
            }
        }
        return Trouble.NONE;
    }

    private Trouble waits(String shovel, String why) {
        stoppedSince.remove(shovel);
        return new Trouble("The shovel waits, as " + why + '.', false);
    }

    /// The shovels that this program made for a queue, by their names.
    private Map<String, MoveHandle> running(String queue, Deadline deadline)
            throws BrokerException {
        var found = new LinkedHashMap<String, MoveHandle>();
        var path = "/parameters/shovel/" + management.vhost();
        for (var one : said(management.get(path, Act.moving(queue), deadline))) {
            var move = MoveHandle.of(one);
            if (move.isPresent() && move.get().from().equals(queue)) {
                found.put(one.path("name").asText(), move.get());
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
            var _ = ended(move, MoveStatus.State.CANCELLED, ENDED_AT_ONCE, deadline);
        }
    }

    private MoveStatus ended(
            MoveHandle move, MoveStatus.State how, String sentence, Deadline deadline)
            throws BrokerException {
        var status = new MoveStatus(how, end(move, deadline), sentence);
        ended.put(move.id(), status);
        return status;
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
            var _ = said(management.delete(path(name), Act.moving(from), deadline));
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
