package org.deadletteroffice.kafka;

import java.util.ArrayList;
import java.util.Optional;
import org.deadletteroffice.spi.connector.Scan;
import org.deadletteroffice.spi.error.BrokerException;
import org.deadletteroffice.spi.message.Count;
import org.deadletteroffice.spi.message.DeadLetter;

/// A stretch of a topic, all partitions merged by time, as in [KafkaBrowse].
final class KafkaScan implements Scan {
    private static final int MESSAGES = 1_000;
    private static final long BYTES = 4 << 20;
    private final Clients clients;
    private final Topic topic;
    private final LogReader reader;
    private final Forward read;
    private final Count total;

    KafkaScan(Clients clients, Topic topic, long[] from, long[] until) throws BrokerException {
        this.clients = clients;
        this.topic = topic;
        this.reader = new LogReader(clients, Clients.Use.SCAN, topic);
        this.read = new Forward(reader, from, until);
        this.total = Topic.count(from, until);
    }

    @Override
    public Optional<Batch> next() throws BrokerException {
        var messages = new ArrayList<DeadLetter>(MESSAGES);
        var bytes = 0L;
        while (messages.size() < MESSAGES && bytes < BYTES) {
            if (!fill()) {
                if (messages.isEmpty()) {
                    continue;
                }
                break;
            }
            var entry = read.next();
            if (entry == null) {
                break;
            }
            messages.add(entry.message());
            bytes += entry.size();
        }
        return messages.isEmpty()
                ? Optional.empty()
                : Optional.of(new Batch(messages, Topics.token(topic.id(), read.position())));
    }

    /// A long gap may take longer than the timeout, as long as there is progress.
    private boolean fill() throws BrokerException {
        var deadline = clients.deadline();
        return read.fill(deadline, deadline);
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
        reader.close();
    }
}
