package org.deadletteroffice.sqs;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;
import org.deadletteroffice.spi.error.BrokerException;
import org.deadletteroffice.spi.error.Remedy;
import org.deadletteroffice.spi.message.Cursor;
import org.deadletteroffice.spi.message.MessageId;

/// Which messages of one queue were read by which visit, so that a place is known again by a later
/// visit of the same connection. SQS has no places: a later visit receives the messages anew, in
/// whatever order, and leaves out those that were read. Thread-safe.
final class Journal {
    /// Visits whose places are known; the oldest is forgotten first.
    private static final int MOST_VISITS = 256;

    private static final int MOST_IDS_KEPT = 2_000_000;

    /// Past this many ids in one place it is not worth its memory.
    private static final int MOST_IDS = 500_000;

    private static final Pattern TOKEN =
            Pattern.compile("([a-z0-9]+):((?:\\d+\\.\\d+(?:\\+\\d+\\.\\d+)*)?)(?:@(\\d+))?");
    private static final String TIME = "t";

    private final String queue;
    private final String nonce =
            Long.toString(ThreadLocalRandom.current().nextLong(36L * 36 * 36 * 36 * 36), 36) + "q";
    private final Map<Integer, Chapter> chapters = new LinkedHashMap<>();
    private int last;
    private long ids;

    Journal(String queue) {
        this.queue = queue;
    }

    /// A new visit begins.
    synchronized Chapter begin() {
        return new Chapter(++last);
    }

    /// @param place its number within the visit
    synchronized void add(Chapter chapter, int place, MessageId id) {
        chapter.add(place, id);
        ids++;
        chapters.putIfAbsent(chapter.number(), chapter);
        var oldest = chapters.values().iterator();
        while (chapters.size() > 1 && (chapters.size() > MOST_VISITS || ids > MOST_IDS_KEPT)) {
            ids -= oldest.next().size();
            oldest.remove();
        }
    }

    /// A message that is gone need not be left out by a later visit.
    synchronized void removed(Chapter chapter, int place) {
        if (chapter.remove(place) && chapters.containsKey(chapter.number())) {
            ids--;
        }
    }

    /// How many messages places are made of.
    synchronized long size() {
        return ids;
    }

    /// Places from before are known no more: what they led past is gone.
    synchronized void forget() {
        chapters.values().forEach(Chapter::clear);
        chapters.clear();
        ids = 0;
    }

    /// A place in time: all that was sent before it.
    static Cursor time(long millis) {
        return new Cursor.Token(TIME + ":@" + millis);
    }

    Cursor cursor(Place place) {
        return new Cursor.Token(place.token(nonce));
    }

    /// @param now the end of the queue, for [Cursor.Newest]
    /// @param strict whether a place that another process knew is refused; else it is the beginning
    ///     (a job that is resumed knows by its ledger what it dealt with)
    /// @throws BrokerException.Gone when the place is not known any more
    synchronized Place place(Cursor cursor, long now, boolean strict) throws BrokerException {
        return switch (cursor) {
            case Cursor.Oldest _ -> Place.START;
            case Cursor.Newest _ -> new Place(List.of(), now);
            case Cursor.At _ ->
                    throw new BrokerException.Unsupported(
                            "SQS cannot be read from an instant.",
                            new Remedy.Advice("Read it from the start and filter by timestamp."),
                            null);
            case Cursor.Before(var id) -> before(id);
            case Cursor.Token(var token) -> parse(token, strict);
        };
    }

    private Place before(MessageId id) throws BrokerException {
        for (var chapter : List.copyOf(chapters.values()).reversed()) {
            var index = chapter.indexOf(id);
            if (index >= 0) {
                return new Place(List.of(new Place.Part(chapter.number(), index)), 0);
            }
        }
        throw gone();
    }

    private Place parse(String token, boolean strict) throws BrokerException {
        var parts = TOKEN.matcher(token);
        if (!parts.matches()) {
            throw gone();
        }
        var since = parts.group(3) == null ? 0 : Long.parseLong(parts.group(3));
        if (parts.group(1).equals(TIME)) {
            return new Place(List.of(), since);
        }
        if (!parts.group(1).equals(nonce)) {
            if (strict) {
                throw gone();
            }
            return new Place(List.of(), since);
        }
        var past = new ArrayList<Place.Part>();
        if (!parts.group(2).isEmpty()) {
            for (var part : parts.group(2).split("\\+")) {
                var dot = part.indexOf('.');
                past.add(
                        new Place.Part(
                                Integer.parseInt(part.substring(0, dot)),
                                Integer.parseInt(part.substring(dot + 1))));
            }
        }
        return new Place(past, since);
    }

    /// The ids that visits were past.
    ///
    /// @throws BrokerException.Gone when they are not known any more
    synchronized Set<UUID> idsBefore(List<Place.Part> past) throws BrokerException {
        var ids = new HashSet<UUID>();
        for (var part : past) {
            if (part.count() == 0) {
                continue;
            }
            var chapter = chapters.get(part.chapter());
            if (chapter == null) {
                throw gone();
            }
            chapter.forEach(part.count(), ids::add);
            if (ids.size() > MOST_IDS) {
                throw gone();
            }
        }
        return ids;
    }

    /// What of a place was read by other visits than `chapter`.
    static List<Place.Part> ended(Place place, int chapter) {
        return place.past().stream().filter(part -> part.chapter() != chapter).toList();
    }

    /// The place that lies `index` messages into the visit `chapter`, which began at `start`.
    /// Visits that ended are written together as one, so that a place stays short.
    synchronized Place at(Place start, int chapter, int index) throws BrokerException {
        var past = new ArrayList<>(ended(start, chapter));
        if (past.size() > 1) {
            var together = begin();
            for (var id : idsBefore(past)) {
                add(together, together.size(), new MessageId(id.toString()));
            }
            past.clear();
            past.add(new Place.Part(together.number(), together.size()));
        }
        past.add(new Place.Part(chapter, index));
        return new Place(past, start.since());
    }

    /// How far into the visit `chapter` the place lies.
    static int index(Place place, int chapter) {
        return place.past().stream()
                .filter(part -> part.chapter() == chapter)
                .mapToInt(Place.Part::count)
                .findFirst()
                .orElse(0);
    }

    private BrokerException gone() {
        return new BrokerException.Gone(
                "The place in " + queue + " is not known any more: SQS keeps none.",
                new Remedy.Advice("Read the queue from its start."),
                null);
    }
}
