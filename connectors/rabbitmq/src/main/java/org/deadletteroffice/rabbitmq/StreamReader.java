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
    private static final String LAST = "last";
    private static final String TAG = Window.TAG + "stream";

    /// So many are on the way at once, and in memory.
    private static final int CREDIT = 200;

    /// So near to each other two are read by one consumer, with what lies between them: a chunk
    /// comes whole anyway.
    private static final int TOGETHER = CREDIT;

    /// After so long without a first message somebody is asked whether there are any.
    private static final long FIRST_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final Link link;
    private final QueueRef queue;
    private final Filling filling;

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
        var newest = read(LAST, 0, Long.MAX_VALUE, Integer.MAX_VALUE, Long.MAX_VALUE, deadline);
        if (newest.next() == 0) {
            return new Bounds(0, 0);
        }
        var oldest = read("first", 0, Long.MAX_VALUE, 1, Long.MAX_VALUE, deadline);
        var first = oldest.messages().isEmpty() ? newest.next() : oldest.next() - 1;
        return new Bounds(first, newest.next());
    }

    /// Messages from an offset on.
    ///
    /// @param until the offset to stop before
    Piece read(long from, long until, int limit, long bytes, Deadline deadline) throws Exception {
        return from >= until
                ? new Piece(List.of(), from)
                : read((Object) from, from, until, limit, bytes, deadline);
    }

    private Piece read(
            Object place, long from, long until, int limit, long bytes, Deadline deadline)
            throws Exception {
        var line = link.open(deadline);
        try {
            var arrivals = consume(line, place, deadline);
            return read(line, arrivals, place, from, until, limit, bytes, _ -> true, deadline);
        } finally {
            Link.closeSoon(line.channel());
        }
    }

    /// The messages at these offsets, each by its own. Takes as long as some come in time.
    Map<Long, DeadLetter> at(NavigableSet<Long> offsets, Deadline deadline) throws Exception {
        var found = new HashMap<Long, DeadLetter>();
        if (offsets.isEmpty()) {
            return found;
        }
        var line = link.open(deadline);
        try {
            for (var from = offsets.first(); from != null; ) {
                var last = endOfRun(offsets, from);
                var arrivals = consume(line, from, deadline);
                var run =
                        read(
                                line,
                                arrivals,
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
                end(line, arrivals, deadline);
                deadline.renew();
                from = offsets.higher(last);
            }
        } finally {
            Link.closeSoon(line.channel());
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

    private Arrivals consume(Link.Line line, Object place, Deadline deadline) throws Exception {
        var channel = line.channel();
        var arrivals = line.arrivals();
        deadline.await(
                () -> {
                    channel.basicQos(CREDIT);
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

    /// Ends a consumer, so that another may follow on its channel.
    private static void end(Link.Line line, Arrivals arrivals, Deadline deadline) throws Exception {
        deadline.await(() -> line.channel().basicCancel(TAG));
        while (true) {
            var late = arrivals.poll(deadline.left(), TimeUnit.NANOSECONDS);
            if (late == null || late.message() == null) {
                return;
            }
        }
    }

    private Piece read(
            Link.Line line,
            Arrivals arrivals,
            Object place,
            long from,
            long until,
            int limit,
            long bytes,
            LongPredicate wanted,
            Deadline deadline)
            throws Exception {
        var found = new ArrayList<DeadLetter>();
        var next = from;
        var size = 0L;
        var uncredited = 0;
        var asked = System.nanoTime();
        var progress = line.headers().progress();
        while (found.size() < limit && next < until) {
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
                if (!place.equals(LAST)) {
                    continue;
                }
                if (!found.isEmpty()) {
                    if (isDrained(line, arrivals, deadline)) {
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
            var tag = message.tag();
            if (++uncredited == CREDIT / 2) {
                uncredited = 0;
                deadline.await(() -> line.channel().basicAck(tag, true));
                deadline.renew();
            }
            var offset = offset(message);
            if (offset < from) {
                continue;
            }
            if (offset >= until) {
                break;
            }
            if (!wanted.test(offset)) {
                next = offset + 1;
                continue;
            }
            var letter = Letters.of(message, queue, _ -> new MessageId(Long.toString(offset)));
            size += letter.size();
            if (size > bytes && !found.isEmpty()) {
                break;
            }
            found.add(letter);
            next = offset + 1;
        }
        return new Piece(found, next);
    }

    /// Whether all came that the broker had to send. Nothing marks the end of a chunk; but the
    /// broker hands out all that the credit allows before it answers the next command.
    private static boolean isDrained(Link.Line line, Arrivals arrivals, Deadline deadline)
            throws Exception {
        deadline.await(() -> line.channel().basicQos(CREDIT));
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
