package org.deadletteroffice.sqs;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The messages that came during one visit to a queue, in the order in which they came. What was
/// removed is let go, so that a log is as long as what is held, however much passes through it.
/// Guarded by its [Hold].
final class VisitLog {
    /// Fewer are not worth a sweep.
    private static final int FEW = 64;

    /// By their numbers; those that are gone stand among them until a sweep.
    private final List<Held> messages = new ArrayList<>();

    private int count;
    private int gone;

    /// How many came, which is the number of the next.
    int count() {
        return count;
    }

    /// How many it has a place for, those included that wait for a sweep.
    int kept() {
        return messages.size();
    }

    /// @param message with the number that [#count] told
    void add(Held message) {
        if (message.number != count) {
            throw new IllegalArgumentException(message.number + " comes after " + (count - 1));
        }
        messages.add(message);
        count++;
    }

    /// After the message was marked as gone.
    void drop() {
        gone++;
        if (gone > FEW && 2 * gone > messages.size()) {
            messages.removeIf(message -> message.gone);
            gone = 0;
        }
    }

    /// The first that is still there of those that came as number `number` or later; null for none.
    @Nullable Held from(int number) {
        var low = 0;
        var high = messages.size();
        while (low < high) {
            var middle = (low + high) >>> 1;
            if (messages.get(middle).number < number) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        while (low < messages.size() && messages.get(low).gone) {
            low++;
        }
        return low < messages.size() ? messages.get(low) : null;
    }
}
