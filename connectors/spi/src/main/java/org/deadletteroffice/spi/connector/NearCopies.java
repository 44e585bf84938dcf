package org.deadletteroffice.spi.connector;

import java.util.ArrayList;
import java.util.List;
import org.deadletteroffice.spi.message.DeadLetter;
import org.jspecify.annotations.Nullable;

/// Copies in memory, numbered without a gap: each message of a job passes here, and a map would
/// take longer than all else that is done with it. One thread at a time.
final class NearCopies implements AutoCloseable {
    /// Places before the eldest that are let go together.
    private static final int TOGETHER = 256;

    /// Null where the copy was dropped.
    private final List<@Nullable DeadLetter> copies = new ArrayList<>();

    /// The number of the first place.
    private int first;

    /// Places before this one are empty.
    private int head;

    void add(@Nullable DeadLetter letter) {
        copies.add(letter);
    }

    @Nullable DeadLetter get(int number) {
        var place = number - first;
        return place < head ? null : copies.get(place);
    }

    /// @return null where there was none
    @Nullable DeadLetter remove(int number) {
        var place = number - first;
        return place < head ? null : copies.set(place, null);
    }

    /// The number of the eldest copy; the next one to come where there is none.
    int eldest() {
        while (head < copies.size() && copies.get(head) == null) {
            head++;
        }
        if (head >= TOGETHER && head >= copies.size() / 8) {
            copies.subList(0, head).clear();
            first += head;
            head = 0;
        }
        return first + head;
    }

    /// How many places take memory.
    int places() {
        return copies.size();
    }

    @Override
    public void close() {
        first += copies.size();
        copies.clear();
        head = 0;
    }
}
