package org.deadletteroffice.rabbitmq;

import java.util.concurrent.atomic.AtomicBoolean;
import org.deadletteroffice.rabbitmq.StreamReader.Bounds;
import org.deadletteroffice.rabbitmq.StreamReader.Piece;
import org.deadletteroffice.spi.connector.Browse;
import org.deadletteroffice.spi.error.BrokerException;
import org.deadletteroffice.spi.message.Cursor;

/// Pages through a stream either way.
final class StreamBrowse implements Browse {
    private final Link link;
    private final StreamReader stream;
    private final AtomicBoolean closed = new AtomicBoolean();

    StreamBrowse(Link link, StreamReader stream) {
        this.link = link;
        this.stream = stream;
    }

    @Override
    public Page page(Cursor from, Direction direction, int limit) throws BrokerException {
        RabbitBrowse.checkLimit(limit);
        var deadline = link.deadline(closed::get);
        try {
            var bounds = stream.bounds(deadline);
            var place = stream.offset(from, bounds);
            return direction == Direction.NEWER
                    ? newer(Math.max(place, bounds.first()), bounds, limit, deadline)
                    : older(Math.min(place, bounds.end()), bounds, limit, deadline);
        } catch (Exception failed) {
            throw link.errors().of(failed, Act.reading(stream.queue().name()));
        }
    }

    private Page newer(long from, Bounds bounds, int limit, Deadline deadline) throws Exception {
        var piece = stream.read(from, bounds.end(), limit, RabbitBrowse.MOST_BYTES, deadline);
        // Offsets at the end may be no message's.
        var next = piece.messages().isEmpty() ? Math.max(from, bounds.end()) : piece.next();
        return new Page(
                piece.messages(),
                StreamReader.cursor(from),
                StreamReader.cursor(next),
                next >= bounds.end());
    }

    private Page older(long until, Bounds bounds, int limit, Deadline deadline) throws Exception {
        var count = limit;
        while (true) {
            var from = Math.max(bounds.first(), until - count);
            var piece = stream.read(from, until, count, RabbitBrowse.MOST_BYTES, deadline);
            if (isWhole(piece, until) || count == 1) {
                return new Page(
                        piece.messages().reversed(),
                        StreamReader.cursor(Math.min(from, until)),
                        StreamReader.cursor(until),
                        from <= bounds.first());
            }
            // Too many bytes: those that are nearest to the place count.
            count = count / 2;
        }
    }

    private static boolean isWhole(Piece piece, long until) {
        return piece.next() >= until
                || piece.messages().stream().mapToLong(letter -> letter.size()).sum()
                        < RabbitBrowse.MOST_BYTES / 2;
    }

    @Override
    public void close() {
        closed.set(true);
    }
}
