package org.deadletteroffice.rabbitmq;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.deadletteroffice.spi.connector.Scan;
import org.deadletteroffice.spi.error.BrokerException;
import org.deadletteroffice.spi.message.Count;

/// Reads a stream from an offset until another.
final class StreamScan implements Scan {
    private final Link link;
    private final StreamReader stream;
    private final long until;
    private final Count total;
    private final AtomicBoolean closed = new AtomicBoolean();
    private long from;

    StreamScan(Link link, StreamReader stream, long from, long until) {
        this.link = link;
        this.stream = stream;
        this.from = from;
        this.until = until;
        // Not every offset is a message's.
        this.total = Count.atMost(Math.max(0, until - from));
    }

    @Override
    public Optional<Batch> next() throws BrokerException {
        var deadline = link.deadline(closed::get);
        try {
            var piece =
                    stream.read(
                            from,
                            until,
                            RabbitBrowse.MOST_MESSAGES,
                            RabbitScan.BATCH_BYTES,
                            deadline);
            if (piece.messages().isEmpty()) {
                from = until;
                return Optional.empty();
            }
            from = piece.next();
            return Optional.of(new Batch(piece.messages(), StreamReader.cursor(from)));
        } catch (Exception failed) {
            throw link.errors().of(failed, Act.reading(stream.queue().name()));
        }
    }

    @Override
    public boolean mayGoOn() {
        return false;
    }

    @Override
    public Count total() {
        return total;
    }

    @Override
    public void close() {
        closed.set(true);
    }
}
