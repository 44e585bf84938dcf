package org.deadletteroffice.rabbitmq;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.deadletteroffice.spi.connector.Browse;
import org.deadletteroffice.spi.connector.Scan;
import org.deadletteroffice.spi.error.BrokerException;
import org.deadletteroffice.spi.error.Remedy;
import org.deadletteroffice.spi.message.Cursor;
import org.deadletteroffice.spi.message.DeadLetter;
import org.deadletteroffice.spi.message.MessageId;
import org.deadletteroffice.spi.message.QueueKind;
import org.deadletteroffice.spi.message.QueueRef;

/// What a stream allows, which is a log: reading at any offset, for nothing, and taking nothing
/// out.
final class Streams {
    private final Link link;
    private final StreamReader.Filling filling;

    Streams(Link link, StreamReader.Filling filling) {
        this.link = link;
        this.filling = filling;
    }

    private StreamReader reader(QueueRef queue) {
        return new StreamReader(link, queue, filling);
    }

    static boolean isOne(QueueRef queue) {
        return queue.kind() == QueueKind.STREAM;
    }

    /// @throws BrokerException.Unsupported for a stream
    static void mustBeNone(QueueRef queue) throws BrokerException {
        if (isOne(queue)) {
            throw new BrokerException.Unsupported(
                    "Nothing can be taken out of the stream " + queue.name() + '.',
                    new Remedy.Advice("Its retention (x-max-age, x-max-length-bytes) does that."),
                    null);
        }
    }

    private interface Work<T> {
        T on(StreamReader stream, StreamReader.Bounds bounds, Deadline deadline) throws Exception;
    }

    private <T> T with(QueueRef queue, Work<T> work) throws BrokerException {
        var deadline = link.deadline();
        try {
            var stream = reader(queue);
            return work.on(stream, stream.bounds(deadline), deadline);
        } catch (Exception failed) {
            throw link.errors().of(failed, Act.reading(queue.name()));
        }
    }

    Browse browse(QueueRef queue) {
        return new StreamBrowse(link, reader(queue));
    }

    Scan scan(QueueRef queue, Cursor from, Cursor until) throws BrokerException {
        return with(
                queue,
                (stream, bounds, _) -> {
                    var start = stream.offset(from, bounds);
                    if (start < bounds.first()) {
                        throw StreamReader.gone(
                                "The stream "
                                        + queue.name()
                                        + " keeps its messages from "
                                        + bounds.first()
                                        + " on; those from "
                                        + start
                                        + " on are gone.");
                    }
                    var end = Math.min(bounds.end(), stream.offset(until, bounds));
                    return new StreamScan(link, stream, start, end);
                });
    }

    Cursor snapshot(QueueRef queue) throws BrokerException {
        return with(queue, (_, bounds, _) -> StreamReader.cursor(bounds.end()));
    }

    List<DeadLetter> fetch(QueueRef queue, List<MessageId> ids) throws BrokerException {
        return with(
                queue,
                (stream, bounds, deadline) -> {
                    var offsets = new TreeSet<Long>();
                    for (var id : ids) {
                        var offset = offset(id);
                        if (offset >= bounds.first() && offset < bounds.end()) {
                            offsets.add(offset);
                        }
                    }
                    var found = stream.at(offsets, deadline);
                    var letters = new ArrayList<DeadLetter>();
                    for (var id : ids) {
                        var letter = found.get(offset(id));
                        if (letter != null) {
                            letters.add(letter);
                        }
                    }
                    return letters;
                });
    }

    /// -1 for what no message of a stream is called.
    private static long offset(MessageId id) {
        return id.text().matches("\\d{1,18}") ? Long.parseLong(id.text()) : -1;
    }
}
