package org.deadletteroffice.kafka;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.deadletteroffice.spi.message.DeadLetter;
import org.deadletteroffice.spi.message.Failure;
import org.deadletteroffice.spi.message.Header;
import org.deadletteroffice.spi.message.Headers;
import org.deadletteroffice.spi.message.MessageId;
import org.deadletteroffice.spi.message.QueueKind;
import org.deadletteroffice.spi.message.QueueRef;

/// Between Kafka's records and our messages.
final class Records {
    private static final Pattern ID = Pattern.compile("(\\d{1,9})-(\\d{1,18})");

    private Records() {}

    static QueueRef topic(String profile, String name) {
        return new QueueRef(profile, name, QueueKind.TOPIC);
    }

    /// Where a record lies.
    record Place(int partition, long offset) implements Comparable<Place> {
        MessageId id() {
            return new MessageId(partition + "-" + offset);
        }

        /// Empty for what is no id of ours.
        static Optional<Place> of(MessageId id) {
            var parts = ID.matcher(id.text());
            return parts.matches()
                    ? Optional.of(
                            new Place(
                                    Integer.parseInt(parts.group(1)),
                                    Long.parseLong(parts.group(2))))
                    : Optional.empty();
        }

        @Override
        public int compareTo(Place other) {
            return partition != other.partition
                    ? Integer.compare(partition, other.partition)
                    : Long.compare(offset, other.offset);
        }
    }

    /// A record with what the merge needs of it.
    ///
    /// @param timestamp in epoch milliseconds; -1 where the record has none
    /// @param size of the message in bytes, counted once
    record Entry(Place place, long timestamp, DeadLetter message, long size) {
        Entry(Place place, long timestamp, DeadLetter message) {
            this(place, timestamp, message, message.size());
        }

        /// The order of a merged list: by time, then by partition.
        boolean isBefore(Entry other) {
            return timestamp != other.timestamp
                    ? timestamp < other.timestamp
                    : place.compareTo(other.place) < 0;
        }
    }

    static Entry entry(QueueRef queue, ConsumerRecord<byte[], byte[]> record) {
        var place = new Place(record.partition(), record.offset());
        return new Entry(
                place,
                record.timestamp(),
                new DeadLetter(
                        queue,
                        place.id(),
                        record.key(),
                        record.value(),
                        headers(record),
                        record.timestamp() < 0 ? null : Instant.ofEpochMilli(record.timestamp()),
                        null,
                        Failure.NONE,
                        null));
    }

    /// A record that the client could not read.
    ///
    /// @param timestamp of the record before it, for its place in a merged list
    static Entry corrupt(QueueRef queue, Place place, long timestamp, String why) {
        return new Entry(
                place,
                timestamp,
                new DeadLetter(
                        queue,
                        place.id(),
                        null,
                        null,
                        Headers.NONE,
                        null,
                        null,
                        Failure.NONE,
                        why));
    }

    private static Headers headers(ConsumerRecord<byte[], byte[]> record) {
        var given = record.headers().toArray();
        if (given.length == 0) {
            return Headers.NONE;
        }
        var all = new Header[given.length];
        for (var i = 0; i < given.length; i++) {
            all[i] = new Header(given[i].key(), given[i].value());
        }
        return new Headers(List.of(all));
    }
}
