package org.deadletteroffice.rabbitmq;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.deadletteroffice.spi.message.MessageId;
import org.jspecify.annotations.Nullable;

/// The messages of a queue as they were taken, each by its number: 0 for the first one, and so on.
/// Those that are held are kept, and the last ones that were removed; so that as much is kept as is
/// held, however many came through. One thread at a time.
final class Slots {
    /// So many removed messages are remembered, while somebody may still speak of them.
    static final int MOST_REMEMBERED = 20_000;

    private final List<Slot> held = new ArrayList<>();
    private final ArrayDeque<Slot> removed = new ArrayDeque<>();

    /// Those that are held and those that are remembered. One map for both: each message passes
    /// here.
    private final Map<MessageId, Slot> known = new HashMap<>();

    private int taken;

    /// One message.
    static final class Slot {
        private final int number;
        private final MessageId id;
        private final long tag;
        private final int window;
        private final int copy;
        private boolean isHeld = true;
        private volatile @Nullable Place left;

        private Slot(int number, MessageId id, long tag, int window, int copy) {
            this.number = number;
            this.id = id;
            this.tag = tag;
            this.window = window;
            this.copy = copy;
        }

        int number() {
            return number;
        }

        MessageId id() {
            return id;
        }

        /// By which the broker knows the message.
        long tag() {
            return tag;
        }

        /// Which one it came with.
        int window() {
            return window;
        }

        /// The number of its copy.
        int copy() {
            return copy;
        }

        boolean isHeld() {
            return isHeld;
        }

        /// Where it lay when it was removed; null for one of which nobody knows that it was.
        /// Thread-safe.
        @Nullable Place left() {
            return left;
        }

        void leave(Place place) {
            left = place;
        }

        /// What became of it is not known after all. Thread-safe.
        void mayBeThere() {
            left = null;
        }
    }

    void add(MessageId id, long tag, int window, int copy) {
        var slot = new Slot(taken++, id, tag, window, copy);
        held.add(slot);
        known.put(id, slot);
    }

    /// One that was taken and is not held; its name is remembered as that of a removed one.
    void pass(MessageId id) {
        var slot = new Slot(taken, id, 0, 0, 0);
        slot.isHeld = false;
        removed.add(slot);
        known.put(id, slot);
    }

    /// How many were taken, those that are removed by now included.
    int taken() {
        return taken;
    }

    /// In the order in which they were taken.
    List<Slot> held() {
        return Collections.unmodifiableList(held);
    }

    /// In the order in which they were removed, as far as they are remembered.
    Collection<Slot> removed() {
        return Collections.unmodifiableCollection(removed);
    }

    /// One that is held, or was removed not long ago.
    @Nullable Slot known(MessageId id) {
        return known.get(id);
    }

    /// One that is held.
    Optional<Slot> at(int number) {
        var index = heldBefore(number);
        return isAt(index, number) ? Optional.of(held.get(index)) : Optional.empty();
    }

    private boolean isAt(int index, int number) {
        return index < held.size() && held.get(index).number == number;
    }

    /// How many of those that are held have a smaller number.
    int heldBefore(int number) {
        if (held.isEmpty()) {
            return 0;
        }
        // Mostly there is no gap.
        var low = 0;
        var high = Math.clamp((long) number - held.getFirst().number, 0, held.size());
        if (isAt(high, number)) {
            return high;
        }
        while (low < high) {
            var middle = (low + high) >>> 1;
            if (held.get(middle).number < number) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /// How many windows with smaller numbers brought messages that are held.
    int windowsBefore(int window) {
        var count = 0;
        var index = 0;
        while (index < held.size() && held.get(index).window < window) {
            count++;
            index = firstAfter(held.get(index).window, index);
        }
        return count;
    }

    /// The first place after `from` of a message of a later window.
    private int firstAfter(int window, int from) {
        var low = from;
        var high = held.size();
        while (low < high) {
            var middle = (low + high) >>> 1;
            if (held.get(middle).window <= window) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /// The number of the one before which `count` lie; past the end where so many are not taken
    /// yet.
    int after(long count) {
        return count < held.size()
                ? held.get((int) count).number
                : (int) Math.min(Integer.MAX_VALUE, taken + count - held.size());
    }

    /// Takes out those of these that are held.
    ///
    /// @return in the order in which they were taken
    List<Slot> remove(List<Integer> numbers) {
        var indexes = new BitSet(held.size());
        for (var number : numbers) {
            var index = heldBefore(number);
            if (isAt(index, number)) {
                indexes.set(index);
            }
        }
        var some = new ArrayList<Slot>(indexes.cardinality());
        var left = indexes.nextSetBit(0);
        for (var index = left; index >= 0 && index < indexes.length(); index++) {
            var slot = held.get(index);
            if (indexes.get(index)) {
                slot.isHeld = false;
                some.add(slot);
                removed.add(slot);
            } else {
                held.set(left++, slot);
            }
        }
        if (!some.isEmpty()) {
            held.subList(left, indexes.length()).clear();
        }
        return some;
    }

    /// One that was removed so long ago that it is remembered no more; null where there is none.
    @Nullable Slot forget() {
        if (removed.size() <= MOST_REMEMBERED) {
            return null;
        }
        var slot = removed.remove();
        known.remove(slot.id);
        return slot;
    }
}
