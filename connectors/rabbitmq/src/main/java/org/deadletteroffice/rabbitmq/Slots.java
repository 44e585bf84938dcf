package org.deadletteroffice.rabbitmq;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.deadletteroffice.spi.message.MessageId;

/// The messages that are held, each by its number: 0 for the first that was taken, and so on. What
/// is removed leaves a gap in the numbers and nothing else, so that as much is kept as is held,
/// however many came through.
final class Slots {
    private final List<Slot> held = new ArrayList<>();
    private final Map<MessageId, Slot> byId = new HashMap<>();
    private int taken;

    /// @param tag by which the broker knows the message
    /// @param window which one it came with
    /// @param copy the number of its copy
    record Slot(int number, MessageId id, long tag, int window, int copy) {}

    void add(MessageId id, long tag, int window, int copy) {
        var slot = new Slot(taken++, id, tag, window, copy);
        held.add(slot);
        byId.put(id, slot);
    }

    /// How many were taken, those that are removed by now included.
    int taken() {
        return taken;
    }

    /// In the order in which they were taken.
    List<Slot> held() {
        return Collections.unmodifiableList(held);
    }

    OptionalInt find(MessageId id) {
        var slot = byId.get(id);
        return slot == null ? OptionalInt.empty() : OptionalInt.of(slot.number());
    }

    Optional<Slot> at(int number) {
        var index = heldBefore(number);
        return index < held.size() && held.get(index).number() == number
                ? Optional.of(held.get(index))
                : Optional.empty();
    }

    /// How many of those that are held have a smaller number.
    int heldBefore(int number) {
        if (held.isEmpty()) {
            return 0;
        }
        // Mostly there is no gap.
        var low = 0;
        var high = Math.clamp((long) number - held.getFirst().number(), 0, held.size());
        if (high < held.size() && held.get(high).number() == number) {
            return high;
        }
        while (low < high) {
            var middle = (low + high) >>> 1;
            if (held.get(middle).number() < number) {
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
                ? held.get((int) count).number()
                : (int) Math.min(Integer.MAX_VALUE, taken + count - held.size());
    }

    /// Takes out those of these that are held.
    ///
    /// @return in the order in which they were taken
    List<Slot> remove(List<Integer> numbers) {
        var indexes = new BitSet(held.size());
        for (var number : numbers) {
            var index = heldBefore(number);
            if (index < held.size() && held.get(index).number() == number) {
                indexes.set(index);
            }
        }
        var removed = new ArrayList<Slot>(indexes.cardinality());
        var left = indexes.nextSetBit(0);
        for (var index = left; index >= 0 && index < indexes.length(); index++) {
            var slot = held.get(index);
            if (indexes.get(index)) {
                removed.add(slot);
                byId.remove(slot.id());
            } else {
                held.set(left++, slot);
            }
        }
        if (!removed.isEmpty()) {
            held.subList(left, indexes.length()).clear();
        }
        return removed;
    }
}
