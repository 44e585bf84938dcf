package org.deadletteroffice.sqs;

import java.util.Arrays;
import java.util.UUID;
import java.util.function.Consumer;
import org.deadletteroffice.spi.message.MessageId;

/// The ids of the messages that were held during one visit to a queue, in the order in which they
/// were received: what a place in a queue without places is made of. Sixteen bytes a message.
/// Guarded by its [Journal].
final class Chapter {
    private final int number;
    private long[] ids = new long[32];
    private int size;

    Chapter(int number) {
        this.number = number;
    }

    int number() {
        return number;
    }

    int size() {
        return size;
    }

    void add(MessageId id) {
        if (2 * size == ids.length) {
            ids = Arrays.copyOf(ids, 2 * ids.length);
        }
        var key = key(id);
        ids[2 * size] = key.getMostSignificantBits();
        ids[2 * size + 1] = key.getLeastSignificantBits();
        size++;
    }

    /// The first `count` ids.
    void forEach(int count, Consumer<UUID> visitor) {
        for (var i = 0; i < Math.min(count, size); i++) {
            visitor.accept(new UUID(ids[2 * i], ids[2 * i + 1]));
        }
    }

    /// Where an id stands; -1 where it does not.
    int indexOf(MessageId id) {
        var key = key(id);
        for (var i = 0; i < size; i++) {
            if (ids[2 * i] == key.getMostSignificantBits()
                    && ids[2 * i + 1] == key.getLeastSignificantBits()) {
                return i;
            }
        }
        return -1;
    }

    /// SQS gives every message a UUID; another service's ids are folded into one.
    static UUID key(MessageId id) {
        try {
            return UUID.fromString(id.text());
        } catch (IllegalArgumentException other) {
            return UUID.nameUUIDFromBytes(
                    id.text().getBytes(java.nio.charset.StandardCharsets.UTF_8));
        }
    }
}
