package org.deadletteroffice.memory;

import java.util.ArrayList;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.deadletteroffice.spi.connector.Scan;
import org.deadletteroffice.spi.error.BrokerException;
import org.deadletteroffice.spi.message.Count;
import org.deadletteroffice.spi.message.DeadLetter;
import org.deadletteroffice.spi.message.QueueRef;

final class MemoryScan implements Scan {
    private static final int BATCH_MESSAGES = 500;
    private static final long BATCH_BYTES = 4L << 20;

    private final MemoryBroker broker;
    private final AtomicBoolean closed = new AtomicBoolean();
    private final Session session;
    private final QueueRef queue;
    private final String identity;
    private final long until;
    private final Count total;
    private long place;
    private Optional<Batch> repeated = Optional.empty();

    MemoryScan(
            MemoryBroker broker,
            Session session,
            QueueRef queue,
            String identity,
            long from,
            long until,
            Count total) {
        this.broker = broker;
        this.session = session.until(closed::get);
        this.queue = queue;
        this.identity = identity;
        this.place = from;
        this.until = until;
        this.total = total;
    }

    @Override
    public Optional<Batch> next() throws BrokerException {
        return broker.answer(
                session,
                () -> {
                    var found = MemoryBrowse.sameQueue(broker, queue, identity);
                    broker.faults().check(session.user(), Right.READ, queue.name());
                    if (repeated.isPresent()) {
                        var again = repeated;
                        repeated = Optional.empty();
                        return again;
                    }
                    var batch = batch(found);
                    if (broker.faults().repeatsBatches()) {
                        repeated = batch;
                    }
                    return batch;
                });
    }

    private Optional<Batch> batch(MemoryQueue found) {
        var messages = new ArrayList<DeadLetter>();
        var bytes = 0L;
        for (var stored : found.between(place, until)) {
            if (messages.size() == BATCH_MESSAGES || bytes >= BATCH_BYTES) {
                break;
            }
            messages.add(found.look(stored, queue));
            bytes += stored.message().size();
            place = stored.number() + 1;
        }
        return messages.isEmpty()
                ? Optional.empty()
                : Optional.of(new Batch(messages, found.cursor(place)));
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
        broker.faults().wake();
    }
}
