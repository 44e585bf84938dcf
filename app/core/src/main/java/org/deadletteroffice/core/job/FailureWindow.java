package org.deadletteroffice.core.job;

import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/// How many of the last messages were refused. One thread at a time.
final class FailureWindow {
    private final @Nullable Integer size;
    private final BitSet refused = new BitSet();
    private int next;
    private int count;

    /// @param size null: all that ever were
    FailureWindow(@Nullable Integer size) {
        this.size = size;
    }

    /// @return how many there are with this one
    int add(boolean isRefused) {
        if (size != null) {
            if (refused.get(next)) {
                count--;
            }
            refused.set(next, isRefused);
            next = (next + 1) % size;
        }
        if (isRefused) {
            count++;
        }
        return count;
    }
}
