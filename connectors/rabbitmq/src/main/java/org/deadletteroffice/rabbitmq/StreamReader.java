package org.deadletteroffice.rabbitmq;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongPredicate;
import org.deadletteroffice.spi.error.BrokerException;
import org.deadletteroffice.spi.error.Remedy;
import org.deadletteroffice.spi.message.Cursor;
import org.deadletteroffice.spi.message.DeadLetter;
import org.deadletteroffice.spi.message.MessageId;
import org.deadletteroffice.spi.message.QueueRef;

/// Reads a stream by its offsets: nothing is taken, held back or counted. Thread-safe.
///
/// A stream hands out whole chunks, so what lies before the offset asked for comes too and is left
/// out; and not every offset is a message's. (RabbitMQ's documentation of streams; seen on 3.10.)
final class StreamReader {
    static final String OFFSET = "x-stream-offset";
    private static final String FIRST = "first";
    private static final String LAST = "last";
    private static final String TAG = Window.TAG + "stream";

    /// No more are on the way at once, and in memory; fewer where they are large ([WindowSize]).
    private static final int CREDIT = 200;

    /// A consumer's credit is for as long as it lives. Another one, which gets a begun chunk anew,
    /// is worth it where so many times as many may come.
    private static final int MUCH_MORE = 4;

    /// So near to each other two are read by one consumer, with what lies between them: a chunk
    /// comes whole anyway.
    private static final int TOGETHER = CREDIT;

    /// After so long without a first message somebody is asked whether there are any.
    private static final long FIRST_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final Link link;
    private final QueueRef queue;
    private final Filling filling;

    /// What was read so far tells how large the rest may be; guarded by itself.
    private final WindowSize sizes = new WindowSize(null);

    /// @param filling asked where the stream hands out nothing
    StreamReader(Link link, QueueRef queue, Filling filling) {
        this.link = link;
        this.queue = queue;
        this.filling = filling;
    }

    /// How many messages a stream has, by somebody who counts them.
    interface Filling {
        /// @return empty where nobody knows
        OptionalLong messages(String stream, Deadline deadline) throws BrokerException;
    }

    QueueRef queue() {
        return queue;
    }

    /// @param first the oldest offset that is kept
    /// @param end past the newest offset
    record Bounds(long first, long end) {}

    /// @param next the offset to go on with
    record Piece(List<DeadLetter> messages, long next) {}

    /// Where the stream begins and ends now; both 0 for an empty one. The broker says neither (a
    /// passive declare counts 0): the first chunk and the last one do.
    ///
    /// @throws TimeoutException when it hands out nothing, and nobody says that it is empty
    Bounds bounds(Deadline deadline) throws Exception {
        // A chunk may be large, and only its end is asked for.
        var newest =
                read(
                        LAST,
                        0,
                        Long.MAX_VALUE,
                        Integer.MAX_VALUE,
                        Long.MAX_VALUE,
                        _ -> false,
                        deadline);
        if (newest.next() == 0) {
            return new Bounds(0, 0);
        }
        var oldest = read(FIRST, 0, Long.MAX_VALUE, 1, Long.MAX_VALUE, _ -> true, deadline);
        var first = oldest.messages().isEmpty() ? newest.next() : oldest.next() - 1;
        return new Bounds(first, newest.next());
    }

    /// Messages from an offset on.
    ///
    /// @param until the offset to stop before
    Piece read(long from, long until, int limit, long bytes, Deadline deadline) throws Exception {
        return from >= until
                ? new Piece(List.of(), from)
                : read(from, from, until, limit, bytes, _ -> true, deadline);
    }

    private Piece read(
            Object place,
            long from,
            long until,
            int limit,
            long bytes,
            LongPredicate wanted,
            Deadline deadline)
            throws Exception {
        var reading = new Reading(place.equals(LAST), from, until, limit, bytes, wanted);
        var at = place;
        while (!isRead(reading, at, deadline)) {
            deadline.renew();
            at = reading.next;
        }
        return new Piece(reading.found, reading.next);
    }

    /// The messages at these offsets, each by its own. Takes as long as some come in time.
    Map<Long, DeadLetter> at(NavigableSet<Long> offsets, Deadline deadline) throws Exception {
        var found = new HashMap<Long, DeadLetter>();
        if (offsets.isEmpty()) {
            return found;
        }
        for (var from = offsets.first(); from != null; ) {
            var last = endOfRun(offsets, from);
            var run =
                    read(
                            from,
                            from,
                            last + 1,
                            Integer.MAX_VALUE,
                            Long.MAX_VALUE,
                            offsets::contains,
                            deadline);
            for (var letter : run.messages()) {
                found.put(Long.parseLong(letter.id().text()), letter);
            }
            deadline.renew();
            from = offsets.higher(last);
        }
        return found;
    }

    /// The last of those that are read together with this one.
    private static long endOfRun(NavigableSet<Long> offsets, long from) {
        var last = from;
        for (var next = offsets.higher(last);
                next != null && next - last <= TOGETHER;
                next = offsets.higher(last)) {
            last = next;
        }
        return last;
    }

    private Arrivals consume(Link.Line line, Object place, int credit, Deadline deadline)
            throws Exception {
        var channel = line.channel();
        var arrivals = line.arrivals();
        deadline.await(
                () -> {
                    channel.basicQos(credit);
                    var _ =
                            channel.basicConsume(
                                    queue.name(),
                                    false,
                                    TAG,
                                    false,
                                    false,
                                    Map.of(OFFSET, place),
                                    arrivals);
                });
        return arrivals;
    }

    /// How far one read came.
    private static final class Reading {
        private final boolean toTheEnd;
        private final long from;
        private final long until;
        private final int limit;
        private final long bytes;
        private final LongPredicate wanted;
        private final List<DeadLetter> found = new ArrayList<>();
        private long next;
        private long size;

        /// @param toTheEnd whether it ends with the stream, wherever that may be
        Reading(
                boolean toTheEnd,
                long from,
                long until,
                int limit,
                long bytes,
                LongPredicate wanted) {
            this.toTheEnd = toTheEnd;
            this.from = from;
            this.until = until;
            this.limit = limit;
            this.bytes = bytes;
            this.wanted = wanted;
            this.next = from;
        }

        boolean isOver() {
            return found.size() >= limit || next >= until;
        }

        boolean hasBegun() {
            return next > from;
        }
    }

    /// How many the next consumer may bring.
    private int begin() {
        synchronized (sizes) {
            var credit = sizes.next(CREDIT);
            var _ = sizes.begin();
            sizes.more();
            return credit;
        }
    }

    /// Whether another credit fits what comes much better.
    private boolean isMisfit(int credit) {
        synchronized (sizes) {
            return sizes.isTooLarge(credit) || sizes.next(CREDIT) >= MUCH_MORE * credit;
        }
    }

    /// By one consumer.
    ///
    /// @return false where another one, with another credit, shall go on
    private boolean isRead(Reading reading, Object place, Deadline deadline) throws Exception {
        var line = link.open(deadline);
        try {
            // What one message is asked for needs no more on its way.
            var credit = place.equals(FIRST) ? 1 : begin();
            return isRead(reading, line, consume(line, place, credit, deadline), credit, deadline);
        } finally {
            Link.closeSoon(line.channel());
        }
    }

    private boolean isRead(
            Reading reading, Link.Line line, Arrivals arrivals, int credit, Deadline deadline)
            throws Exception {
        var taken = 0;
        var uncredited = 0;
        var asked = System.nanoTime();
        var progress = line.headers().progress();
        while (!reading.isOver()) {
            if (progress != line.headers().progress()) {
                // A large one may take longer than any answer.
                progress = line.headers().progress();
                deadline.renew();
            }
            deadline.check();
            var arrival = arrivals.poll(50, TimeUnit.MILLISECONDS);
            if (arrival == null) {
                // Only the newest end is not known beforehand; else the message that ends this
                // will come.
                if (!reading.toTheEnd) {
                    continue;
                }
                if (reading.hasBegun()) {
                    if (isDrained(line, arrivals, credit, deadline)) {
                        break;
                    }
                } else if (System.nanoTime() - asked > FIRST_NANOS) {
                    if (isEmpty(deadline)) {
                        break;
                    }
                    asked = System.nanoTime();
                }
                continue;
            }
            var message = arrival.message();
            if (message == null) {
                throw arrivals.reason(queue.name());
            }
            var offset = offset(message);
            if (offset >= reading.from) {
                synchronized (sizes) {
                    sizes.came(message.body().length);
                }
                if (offset >= reading.until || !isTaken(reading, message, offset)) {
                    break;
                }
                if (++taken >= credit && !reading.isOver() && isMisfit(credit)) {
                    return false;
                }
            }
            if (++uncredited >= credit / 2) {
                uncredited = 0;
                deadline.await(() -> line.channel().basicAck(message.tag(), true));
                deadline.renew();
            }
        }
        return true;
    }

    /// @return false where it would be too much
    private boolean isTaken(Reading reading, Arrivals.Delivered message, long offset) {
        if (reading.wanted.test(offset)) {
            var letter = Letters.of(message, queue, _ -> new MessageId(Long.toString(offset)));
            reading.size += letter.size();
            if (reading.size > reading.bytes && !reading.found.isEmpty()) {
                return false;
            }
            reading.found.add(letter);
        }
        reading.next = offset + 1;
        return true;
    }

    /// Whether all came that the broker had to send. Nothing marks the end of a chunk; but the
    /// broker hands out all that the credit allows before it answers the next command.
    private static boolean isDrained(
            Link.Line line, Arrivals arrivals, int credit, Deadline deadline) throws Exception {
        deadline.await(() -> line.channel().basicQos(credit));
        return arrivals.count() == 0;
    }

    /// Silence alone says nothing: the stream may be slow.
    private boolean isEmpty(Deadline deadline) throws BrokerException {
        var count = filling.messages(queue.name(), deadline);
        return count.isPresent() && count.getAsLong() == 0;
    }

    private static long offset(Arrivals.Delivered message) {
        var headers = message.properties().getHeaders();
        return headers != null && headers.get(OFFSET) instanceof Number offset
                ? offset.longValue()
                : -1;
    }

    /// The offset that a place in a stream stands for.
    long offset(Cursor place, Bounds bounds) throws BrokerException {
        return switch (place) {
            case Cursor.Oldest _ -> bounds.first();
            case Cursor.Newest _ -> bounds.end();
            case Cursor.At _ ->
                    throw new BrokerException.Unsupported(
                            "The stream " + queue.name() + " is not read from a time on.",
                            new Remedy.Advice("Start from the oldest or the newest message."),
                            null);
            case Cursor.Before(var id) -> offset(id.text());
            case Cursor.Token(var token) -> offset(token);
        };
    }

    /// @throws BrokerException.Gone for what is no offset
    private long offset(String text) throws BrokerException {
        if (text.matches("\\d{1,18}")) {
            return Long.parseLong(text);
        }
        throw gone("This place does not belong to the stream " + queue.name() + '.');
    }

    static Cursor cursor(long offset) {
        return new Cursor.Token(Long.toString(offset));
    }

    static BrokerException gone(String sentence) {
        return new BrokerException.Gone(
                sentence, new Remedy.Advice("Start again from the oldest message."), null);
    }
}
