package org.deadletteroffice.memory;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.deadletteroffice.spi.error.BrokerException;
import org.deadletteroffice.spi.error.Remedy;
import org.deadletteroffice.spi.message.Cursor;
import org.deadletteroffice.spi.message.DeadLetter;
import org.deadletteroffice.spi.message.MessageId;
import org.deadletteroffice.spi.message.QueueKind;
import org.deadletteroffice.spi.message.QueueRef;
import org.jspecify.annotations.Nullable;

/// The messages of one queue in the order of their arrival. A place is a number: it lies before the
/// message of that number and after all smaller ones. Guarded by the broker's lock.
final class MemoryQueue {
    private final String name;
    private final String identity;
    private final Flavour flavour;
    private final int partitions;
    private final int maxMessageBytes;
    private final NavigableMap<Long, Stored> messages = new TreeMap<>();
    private final Set<String> feeds = new TreeSet<>();
    private final Map<String, Map<Integer, Long>> committed = new HashMap<>();
    private final Map<String, Long> handed = new HashMap<>();
    private final Map<Long, Integer> deliveries = new HashMap<>();
    private long end;
    private long start;
    private long bytes;
    private long removed;

    record Stored(long number, int partition, MemoryMessage message, Instant timestamp) {}

    MemoryQueue(
            String name, String identity, Flavour flavour, int partitions, int maxMessageBytes) {
        this.name = name;
        this.identity = identity;
        this.flavour = flavour;
        this.partitions = partitions;
        this.maxMessageBytes = maxMessageBytes;
    }

    String name() {
        return name;
    }

    String identity() {
        return identity;
    }

    Flavour flavour() {
        return flavour;
    }

    int partitions() {
        return partitions;
    }

    int maxMessageBytes() {
        return maxMessageBytes;
    }

    Set<String> feeds() {
        return feeds;
    }

    long end() {
        return end;
    }

    long bytes() {
        return bytes;
    }

    long removed() {
        return removed;
    }

    int depth() {
        return messages.size();
    }

    QueueRef ref(String profile) {
        return new QueueRef(
                profile,
                name,
                switch (flavour) {
                    case LOG -> QueueKind.TOPIC;
                    case QUEUE, COUNTING_QUEUE -> QueueKind.QUEUE;
                });
    }

    Stored add(MemoryMessage message) {
        var number = end++;
        var stored =
                new Stored(
                        number,
                        partition(message, number),
                        message,
                        message.timestamp() == null ? Instant.now() : message.timestamp());
        messages.put(number, stored);
        bytes += message.size();
        var origin = message.failure().origin().queue();
        if (origin != null) {
            feeds.add(origin);
        }
        return stored;
    }

    private int partition(MemoryMessage message, long number) {
        var wished = message.partition();
        if (wished != null && wished < partitions) {
            return wished;
        }
        return message.key() == null
                ? (int) (number % partitions)
                : Math.floorMod(Arrays.hashCode(message.key()), partitions);
    }

    /// The messages from one place until another, oldest first; a view.
    Collection<Stored> between(long from, long until) {
        return from >= until ? List.of() : messages.subMap(from, true, until, false).values();
    }

    /// The messages before a place, newest first; a view.
    Collection<Stored> before(long place) {
        return messages.headMap(place, false).descendingMap().values();
    }

    Optional<Stored> find(MessageId id) {
        return number(id).stream()
                .mapToObj(messages::get)
                .filter(stored -> stored != null && id(stored).equals(id))
                .findFirst();
    }

    void remove(MessageId id) {
        find(id).ifPresent(this::drop);
    }

    private void drop(Stored stored) {
        messages.remove(stored.number());
        deliveries.remove(stored.number());
        bytes -= stored.message().size();
        removed++;
    }

    long purge(long until) {
        var gone = List.copyOf(between(0, until));
        gone.forEach(this::drop);
        start = Math.max(start, until);
        return gone.size();
    }

    static MessageId id(Stored stored) {
        return new MessageId(stored.partition() + "-" + stored.number());
    }

    private static OptionalLong number(MessageId id) {
        var text = id.text();
        return text.matches("\\d{1,9}-\\d{1,18}")
                ? OptionalLong.of(Long.parseLong(text.substring(text.indexOf('-') + 1)))
                : OptionalLong.empty();
    }

    /// The message as a connection is shown it, which may cost something.
    DeadLetter look(Stored stored, QueueRef queue) {
        if (flavour == Flavour.COUNTING_QUEUE) {
            deliveries.merge(stored.number(), 1, Integer::sum);
        }
        return letter(stored, queue);
    }

    DeadLetter letter(Stored stored, QueueRef queue) {
        var message = stored.message();
        return new DeadLetter(
                queue,
                id(stored),
                message.key(),
                message.payload(),
                message.headers(),
                stored.timestamp(),
                flavour == Flavour.COUNTING_QUEUE
                        ? deliveries.getOrDefault(stored.number(), 0)
                        : null,
                message.failure(),
                null);
    }

    /// The number that a cursor stands for now.
    long place(Cursor cursor) throws BrokerException {
        return switch (cursor) {
            case Cursor.Oldest _ -> start;
            case Cursor.Newest _ -> end;
            case Cursor.At(var instant) -> firstAt(instant);
            case Cursor.Before(var id) ->
                    number(id)
                            .orElseThrow(
                                    () ->
                                            new BrokerException.NotFound(
                                                    "The queue '"
                                                            + name
                                                            + "' never had a message '"
                                                            + id
                                                            + "'.",
                                                    new Remedy.Advice("Check the id."),
                                                    null));
            case Cursor.Token(var text) -> placeOf(text);
        };
    }

    private long firstAt(Instant instant) {
        return messages.values().stream()
                .filter(stored -> !stored.timestamp().isBefore(instant))
                .mapToLong(Stored::number)
                .findFirst()
                .orElse(end);
    }

    private long placeOf(String token) throws BrokerException {
        var prefix = identity + "@";
        if (token.startsWith(prefix) && token.substring(prefix.length()).matches("\\d{1,18}")) {
            return Long.parseLong(token.substring(prefix.length()));
        }
        throw new BrokerException.Gone(
                "This place belongs to another queue than the one that is named '"
                        + name
                        + "' now.",
                new Remedy.Advice("Start again from newest or oldest."),
                null);
    }

    Cursor cursor(long place) {
        return new Cursor.Token(identity + "@" + place);
    }

    /// Where a scan begins; what was purged since a token was given would be missed in silence.
    long scanStart(Cursor from) throws BrokerException {
        var place = place(from);
        if (from instanceof Cursor.Token && place < start) {
            throw new BrokerException.Gone(
                    "Messages after this place in the queue '" + name + "' were purged meanwhile.",
                    new Remedy.Advice("Start again from the oldest."),
                    null);
        }
        return Math.max(place, start);
    }

    @Nullable Instant oldest() {
        return messages.isEmpty() ? null : messages.firstEntry().getValue().timestamp();
    }

    Set<String> groups() {
        return committed.keySet();
    }

    long committed(String group, int partition) {
        return committed.getOrDefault(group, Map.of()).getOrDefault(partition, 0L);
    }

    /// How many messages the group was handed so far.
    long consumed(String group) {
        return handed.getOrDefault(group, 0L);
    }

    long lag(String group, int partition) {
        return messages.tailMap(committed(group, partition)).values().stream()
                .filter(stored -> stored.partition() == partition)
                .count();
    }

    /// Hands up to `limit` messages to a consumer; a queue forgets them, a log moves the group on.
    List<Stored> consume(String group, int limit) {
        var places = committed.computeIfAbsent(group, _ -> new HashMap<>());
        var taken = new ArrayList<Stored>();
        for (var stored : messages.values()) {
            if (taken.size() == limit) {
                break;
            }
            if (stored.number() >= places.getOrDefault(stored.partition(), 0L)) {
                taken.add(stored);
            }
        }
        for (var stored : taken) {
            switch (flavour) {
                case LOG -> places.put(stored.partition(), stored.number() + 1);
                case QUEUE, COUNTING_QUEUE -> drop(stored);
            }
        }
        handed.merge(group, (long) taken.size(), Long::sum);
        return taken;
    }
}
