package org.deadletteroffice.memory;

import java.util.ArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import org.deadletteroffice.spi.connector.Browse;
import org.deadletteroffice.spi.error.BrokerException;
import org.deadletteroffice.spi.error.Remedy;
import org.deadletteroffice.spi.message.Cursor;
import org.deadletteroffice.spi.message.DeadLetter;
import org.deadletteroffice.spi.message.QueueRef;
import org.jspecify.annotations.Nullable;

final class MemoryBrowse implements Browse {
    private static final int MOST_MESSAGES = 1_000;
    private static final long MOST_BYTES = 32L << 20;

    private final MemoryBroker broker;
    private final AtomicBoolean closed = new AtomicBoolean();
    private final Session session;
    private final QueueRef queue;
    private final String identity;

    MemoryBrowse(MemoryBroker broker, Session session, QueueRef queue, String identity) {
        this.broker = broker;
        this.session = session.until(closed::get);
        this.queue = queue;
        this.identity = identity;
    }

    @Override
    public Page page(Cursor from, Direction direction, int limit) throws BrokerException {
        if (limit < 1 || limit > MOST_MESSAGES) {
            throw new IllegalArgumentException("a page has 1 to 1,000 messages, not " + limit);
        }
        return broker.answer(
                session,
                () -> {
                    var found = sameQueue(broker, queue, identity);
                    broker.faults().check(session.user(), Right.READ, queue.name());
                    return page(found, found.place(from), direction, limit);
                });
    }

    private Page page(MemoryQueue found, long place, Direction direction, int limit) {
        var source =
                switch (direction) {
                    case OLDER -> found.before(place);
                    case NEWER -> found.between(place, found.end());
                };
        var messages = new ArrayList<DeadLetter>();
        var last = place;
        var bytes = 0L;
        var atEnd = true;
        for (var stored : source) {
            bytes += stored.message().size();
            if (messages.size() == limit || (bytes > MOST_BYTES && !messages.isEmpty())) {
                atEnd = false;
                break;
            }
            messages.add(found.look(stored, queue));
            last = stored.number();
        }
        return switch (direction) {
            case OLDER -> new Page(messages, found.cursor(last), found.cursor(place), atEnd);
            case NEWER ->
                    new Page(
                            messages,
                            found.cursor(place),
                            found.cursor(messages.isEmpty() ? place : last + 1),
                            atEnd);
        };
    }

    /// The queue as long as it is the one that was opened.
    static MemoryQueue sameQueue(MemoryBroker broker, QueueRef queue, String identity)
            throws BrokerException {
        try {
            var found = broker.queue(queue.name());
            if (found.identity().equals(identity)) {
                return found;
            }
            throw gone(queue, null);
        } catch (BrokerException.NotFound deleted) {
            throw gone(queue, deleted);
        }
    }

    private static BrokerException gone(QueueRef queue, @Nullable BrokerException cause) {
        return new BrokerException.Gone(
                "The queue '" + queue.name() + "' was deleted meanwhile.",
                new Remedy.Advice("Look at the list of queues again."),
                cause);
    }

    @Override
    public void close() {
        closed.set(true);
        broker.faults().wake();
    }
}
