package org.deadletteroffice.kafka;

import java.util.List;
import org.deadletteroffice.spi.connector.KeyLog;
import org.deadletteroffice.spi.error.BrokerException;
import org.deadletteroffice.spi.message.QueueRef;

/// Reads one partition of a topic, committed records only: what a transaction took back was no
/// message.
final class KafkaKeyLog implements KeyLog {
    private final Clients clients;
    private final Topics topics;

    KafkaKeyLog(Clients clients, Topics topics) {
        this.clients = clients;
        this.topics = topics;
    }

    @Override
    public Stretch read(QueueRef queue, int partition, long from, long until, long most, Each each)
            throws BrokerException {
        var topic = topics.look(queue, clients.deadline());
        if (partition >= topic.partitions()) {
            return new Stretch(until, 0);
        }
        var start = Math.max(from, topic.start()[partition]);
        var end = Math.min(until, topic.end()[partition]);
        if (start >= end) {
            return new Stretch(until, 0);
        }
        try (var reader = new LogReader(clients, Clients.Use.SCAN, topic)) {
            reader.assign(List.of(partition));
            reader.seek(partition, start);
            return read(reader, partition, start, end, most, each);
        }
    }

    private Stretch read(LogReader reader, int partition, long from, long end, long most, Each each)
            throws BrokerException {
        var at = from;
        var records = 0L;
        var deadline = clients.deadline();
        while (at < end && records < most) {
            for (var entry : reader.poll(deadline)) {
                var offset = entry.place().offset();
                if (offset >= end || records == most) {
                    return new Stretch(Math.min(end, offset), records);
                }
                records++;
                var key = entry.message().key();
                if (key != null) {
                    each.keyed(offset, key, entry.message().headers());
                }
            }
            var position = reader.position(partition, deadline);
            if (position > at) {
                at = position;
                deadline = clients.deadline();
            } else if (deadline.passed()) {
                // The rest belongs to a transaction that is still open.
                break;
            }
        }
        return new Stretch(Math.min(at, end), records);
    }
}
