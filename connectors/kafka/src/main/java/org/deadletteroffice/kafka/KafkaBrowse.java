package org.deadletteroffice.kafka;

import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.deadletteroffice.kafka.Records.Entry;
import org.deadletteroffice.spi.connector.Browse;
import org.deadletteroffice.spi.error.BrokerException;
import org.deadletteroffice.spi.message.Cursor;
import org.deadletteroffice.spi.message.DeadLetter;
import org.deadletteroffice.spi.message.QueueRef;
import org.jspecify.annotations.Nullable;

/// Pages of a topic, all partitions merged by time. Reads with a consumer that has no group, so
/// that the cluster keeps no trace of it.
final class KafkaBrowse implements Browse {
    private static final long PAGE_BYTES = 32 << 20;
    private final Clients clients;
    private final Topics topics;
    private final QueueRef queue;
    private final AtomicReference<@Nullable LogReader> reading = new AtomicReference<>();
    private final AtomicBoolean closed = new AtomicBoolean();

    KafkaBrowse(Clients clients, Topics topics, QueueRef queue) {
        this.clients = clients;
        this.topics = topics;
        this.queue = queue;
    }

    @Override
    public Page page(Cursor from, Direction direction, int limit) throws BrokerException {
        if (limit < 1 || limit > 1_000) {
            throw new IllegalArgumentException("limit is 1 to 1,000, not " + limit);
        }
        refuseWhenClosed();
        var deadline = clients.deadline().unless(closed::get);
        var topic = topics.look(queue, deadline);
        var place = topics.resolve(topic, from, deadline);
        try (var reader = new LogReader(clients, Clients.Use.PAGE, topic)) {
            reading.set(reader);
            refuseWhenClosed();
            return switch (direction) {
                case NEWER -> newer(topic, reader, place, limit, deadline);
                case OLDER -> older(topic, reader, place, limit, deadline);
            };
        } finally {
            reading.set(null);
        }
    }

    private Page newer(Topic topic, LogReader reader, long[] place, int limit, Deadline deadline)
            throws BrokerException {
        var read = new Forward(reader, place, topic.end());
        var page = new PageBuilder(limit);
        var enough = half();
        while (page.hasRoom() && read.fill(enough, deadline)) {
            if (!page.add(read.next())) {
                break;
            }
        }
        return new Page(
                page.messages,
                Topics.token(topic.id(), place),
                Topics.token(topic.id(), read.position()),
                read.ended());
    }

    private Page older(Topic topic, LogReader reader, long[] place, int limit, Deadline deadline)
            throws BrokerException {
        var read = new Backward(reader, topic.start(), place, limit);
        var page = new PageBuilder(limit);
        var enough = half();
        while (page.hasRoom() && read.fill(enough, deadline)) {
            if (!page.add(read.next())) {
                break;
            }
        }
        return new Page(
                page.messages,
                Topics.token(topic.id(), read.position()),
                Topics.token(topic.id(), place),
                read.ended());
    }

    /// When a page that crosses a long gap is handed over as it is.
    private Deadline half() {
        return Deadline.in(clients.profile().timeout().dividedBy(2).minus(Duration.ofMillis(50)));
    }

    private void refuseWhenClosed() throws BrokerException {
        if (closed.get()) {
            throw KafkaErrors.cancelled(Act.reading(queue.name()), null);
        }
    }

    @Override
    public void close() {
        closed.set(true);
        var reader = reading.get();
        if (reader != null) {
            reader.wake();
        }
    }

    private static final class PageBuilder {
        private final ArrayList<DeadLetter> messages = new ArrayList<>();
        private final int limit;
        private long bytes;

        PageBuilder(int limit) {
            this.limit = limit;
        }

        boolean hasRoom() {
            return messages.size() < limit && bytes < PAGE_BYTES;
        }

        boolean add(@Nullable Entry entry) {
            if (entry == null) {
                return false;
            }
            messages.add(entry.message());
            bytes += entry.message().size();
            return true;
        }
    }
}
