package org.deadletteroffice.memory;

import org.deadletteroffice.spi.connector.KeyLog;
import org.deadletteroffice.spi.error.BrokerException;
import org.deadletteroffice.spi.error.Remedy;
import org.deadletteroffice.spi.message.QueueRef;

/// The keys of a log's records.
final class MemoryKeyLog implements KeyLog {
    private final MemoryDiagnosis.Search search;
    private final Session session;

    MemoryKeyLog(MemoryDiagnosis.Search search, Session session) {
        this.search = search;
        this.session = session;
    }

    @Override
    public Stretch read(QueueRef queue, int partition, long from, long until, long most, Each each)
            throws BrokerException {
        var broker = search.broker();
        return broker.answer(
                session,
                () -> {
                    var found = broker.queue(queue.name());
                    broker.faults().check(session.user(), Right.READ, queue.name());
                    if (found.flavour() != Flavour.LOG) {
                        throw new BrokerException.Unsupported(
                                "The queue '" + queue.name() + "' keeps nothing that was consumed.",
                                new Remedy.Advice("Look at what its readers did instead."),
                                null);
                    }
                    return read(found, partition, from, until, most, each);
                });
    }

    private static Stretch read(
            MemoryQueue log, int partition, long from, long until, long most, Each each) {
        var records = 0L;
        for (var stored : log.between(from, until)) {
            if (stored.partition() != partition) {
                continue;
            }
            if (records == most) {
                return new Stretch(stored.number(), records);
            }
            records++;
            var key = stored.message().key();
            if (key != null) {
                each.keyed(stored.number(), key, stored.message().headers());
            }
        }
        return new Stretch(until, records);
    }
}
