package org.deadletteroffice.sqs;

import java.util.Arrays;
import java.util.UUID;
import java.util.function.Consumer;
import org.deadletteroffice.spi.message.MessageId;

/// The ids of the messages that were held during one visit to a queue, in the order in which they
/// were received: what a place in a queue without places is made of. Twenty bytes a message; what
/// was removed meanwhile is let go, as no later visit can receive it. Guarded by its [Journal].
final class Chapter {
    /// Fewer are not worth a sweep.
    private static final int FEW = 64;

    private final int number;

    /// The number of each within the visit, ascending; -1 - that for one that was removed.
    private int[] places = new int[16];

    private long[] ids = new long[32];
    private int size;
    private int gone;

    Chapter(int number) {
        this.number = number;
    }

    int number() {
        return number;
    }

    /// How many are known.
    int size() {
        return size - gone;
    }

    /// @param place larger than any before
    void add(int place, MessageId id) {
        if (size == places.length) {
            places = Arrays.copyOf(places, 2 * size);
            ids = Arrays.copyOf(ids, 4 * size);
        }
        var key = key(id);
        places[size] = place;
        ids[2 * size] = key.getMostSignificantBits();
        ids[2 * size + 1] = key.getLeastSignificantBits();
        size++;
    }

    /// @return whether it was known
    boolean remove(int place) {
        var at = at(place);
        if (at == size || places[at] != place) {
            return false;
        }
        places[at] = -1 - place;
        gone++;
        if (gone > FEW && 2 * gone > size) {
            sweep();
        }
        return true;
    }

    void clear() {
        places = new int[16];
        ids = new long[32];
        size = 0;
        gone = 0;
    }

    /// Where the first lies that came at this place or later, removed or not.
    private int at(int place) {
        var low = 0;
        var high = size;
        while (low < high) {
            var middle = (low + high) >>> 1;
            if (original(places[middle]) < place) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private static int original(int place) {
        return place < 0 ? -1 - place : place;
    }

    private void sweep() {
        var left = 0;
        for (var i = 0; i < size; i++) {
            if (places[i] >= 0) {
                places[left] = places[i];
                ids[2 * left] = ids[2 * i];
                ids[2 * left + 1] = ids[2 * i + 1];
                left++;
            }
        }
        size = left;
        gone = 0;
    }

    /// Those of the first `count` ids that were not removed.
    void forEach(int count, Consumer<UUID> visitor) {
        for (var i = 0; i < size && original(places[i]) < count; i++) {
            if (places[i] >= 0) {
                visitor.accept(new UUID(ids[2 * i], ids[2 * i + 1]));
            }
        }
    }

    /// The number of an id within the visit; -1 where it is not known.
    int indexOf(MessageId id) {
        var key = key(id);
        for (var i = 0; i < size; i++) {
            if (places[i] >= 0
                    && ids[2 * i] == key.getMostSignificantBits()
                    && ids[2 * i + 1] == key.getLeastSignificantBits()) {
                return places[i];
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
