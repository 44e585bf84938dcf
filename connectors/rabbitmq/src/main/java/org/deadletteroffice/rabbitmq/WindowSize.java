package org.deadletteroffice.rabbitmq;

import org.jspecify.annotations.Nullable;

/// How many messages a window may bring, so that what is on its way is bounded by bytes: by how
/// large those were that came, and how large the rest is as far as somebody tells. One thread at a
/// time.
final class WindowSize {
    /// What one window may bring into memory.
    private static final long BYTES = 16L << 20;

    /// A queue that has no more than this needs no small windows first: not even all of its large
    /// messages together are too many.
    private static final long SMALL_QUEUE = 4 * BYTES;

    /// Of the first window, while nobody knows how large the messages are: each may have 128 MiB.
    private static final int FIRST = 2;

    /// The windows grow to so many times the first one's size.
    private static final int MOST_DOUBLINGS = 10;

    /// Where messages are no larger than this, their average says what a window brings.
    private static final long LARGE = 64L << 10;

    private final QueueRules.@Nullable Contents contents;
    private int windows;
    private long messages;
    private long bytes;

    /// The largest that came lately, in bytes; counts half with each time that brings none.
    private long largest;

    /// @param contents null where nobody tells
    WindowSize(QueueRules.@Nullable Contents contents) {
        this.contents = contents;
    }

    /// A window begins.
    ///
    /// @return its number: 1, 2, 3 …
    int begin() {
        return ++windows;
    }

    /// Some more are about to come.
    void more() {
        largest /= 2;
    }

    void came(long size) {
        messages++;
        bytes += size;
        largest = Math.max(largest, size);
    }

    /// How many the next window may bring.
    int next(int most) {
        if (isOfSmallQueue(most)) {
            return Math.min(most, inMemory());
        }
        var grown = FIRST << Math.min(MOST_DOUBLINGS, 2 * windows);
        return Math.min(most, messages == 0 ? FIRST : Math.min(grown, inMemory()));
    }

    /// Whether so many of the next messages are known to belong to a small queue. One that was
    /// filled a moment ago has more than anybody tells.
    private boolean isOfSmallQueue(int most) {
        return contents != null
                && contents.bytes() <= SMALL_QUEUE
                && contents.messages() - messages >= most;
    }

    /// Whether windows of up to so many need not grow any further than their messages let them.
    boolean isGrown(int most) {
        return isOfSmallQueue(most) || (messages > 0 && 2 * windows >= MOST_DOUBLINGS);
    }

    /// Whether a window of so many may bring much more than it should, as larger ones came.
    boolean isTooLarge(int window) {
        return messages > 0 && window / 2 > inMemory();
    }

    private int inMemory() {
        return Math.clamp(BYTES / sizeToExpect(), 1, Integer.MAX_VALUE);
    }

    /// Of each of the next messages. Where large ones lie among small ones, or behind them, the
    /// average of those that came says little.
    private long sizeToExpect() {
        var average = messages == 0 ? 1 : Math.max(1, bytes / messages);
        var told = contents == null ? 0 : contents.averageLeft(messages, bytes);
        return Math.max(Math.max(average, told), largest > LARGE ? largest : 0);
    }
}
