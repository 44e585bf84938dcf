package org.deadletteroffice.rabbitmq;

import com.rabbitmq.client.Delivery;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
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
    private static final String OFFSET = "x-stream-offset";
    private static final String LAST = "last";

    /// So many are on the way at once, and in memory.
    private static final int CREDIT = 200;

    /// A stream that has messages begins to hand them out within this.
    private static final long FIRST_NANOS = TimeUnit.SECONDS.toNanos(1);

    /// After so long without one there are none left: nothing marks the end of a chunk.
    private static final long QUIET_NANOS = TimeUnit.MILLISECONDS.toNanos(250);

    private final Link link;
    private final QueueRef queue;

    StreamReader(Link link, QueueRef queue) {
        this.link = link;
        this.queue = queue;
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
            return read(line, place, from, until, limit, bytes, deadline);
        } finally {
            Link.closeSoon(line.channel());
        }
    }

    private Piece read(
            Link.Line line,
            Object place,
            long from,
            long until,
            int limit,
            long bytes,
            Deadline deadline)
            throws Exception {
        var channel = line.channel();
        var arrivals = new Arrivals(channel);
        deadline.await(
                () -> {
                    channel.basicQos(CREDIT);
                    var _ =
                            channel.basicConsume(
                                    queue.name(),
                                    false,
                                    Hold.TAG + "stream",
                                    false,
                                    false,
                                    Map.of(OFFSET, place),
                                    arrivals);
                });
        var found = new ArrayList<DeadLetter>();
        var next = from;
        var size = 0L;
        var uncredited = 0;
        // Only the newest end is not known beforehand; else the message that ends this will come.
        var patience = place.equals(LAST) ? FIRST_NANOS : Long.MAX_VALUE;
        var since = System.nanoTime();
        while (found.size() < limit && next < until && System.nanoTime() - since < patience) {
            deadline.check();
            var arrival = arrivals.poll(50, TimeUnit.MILLISECONDS);
            if (arrival == null) {
                continue;
            }
            var message = arrival.message();
            if (message == null) {
                throw ended(line);
            }
            var names = line.headers().poll();
            since = System.nanoTime();
            patience = Math.min(patience, place.equals(LAST) ? QUIET_NANOS : patience);
            if (++uncredited == CREDIT / 2) {
                uncredited = 0;
                var tag = message.getEnvelope().getDeliveryTag();
                deadline.await(() -> channel.basicAck(tag, true));
            }
            var offset = offset(message);
            if (offset < from) {
                continue;
            }
            if (offset >= until) {
                break;
            }
            var letter =
                    Letters.of(message, names, queue, _ -> new MessageId(Long.toString(offset)));
            size += letter.size();
            if (size > bytes && !found.isEmpty()) {
                break;
            }
            found.add(letter);
            next = offset + 1;
        }
        return new Piece(found, next);
    }

    private Exception ended(Link.Line line) {
        var reason = line.channel().getCloseReason();
        return reason == null ? RabbitErrors.noQueue(queue.name(), null) : reason;
    }

    private static long offset(Delivery message) {
        var headers = message.getProperties().getHeaders();
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
