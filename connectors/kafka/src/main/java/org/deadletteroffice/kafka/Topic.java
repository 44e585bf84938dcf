package org.deadletteroffice.kafka;

import java.util.Arrays;
import org.apache.kafka.common.Uuid;
import org.deadletteroffice.spi.message.Count;
import org.deadletteroffice.spi.message.QueueRef;

/// A topic's partitions and their ends at one moment.
///
/// @param start first offset of each partition, by its number
/// @param end one past the last offset that may be read
record Topic(QueueRef queue, Uuid id, long[] start, long[] end) {
    int partitions() {
        return start.length;
    }

    /// Offsets are not dense: compaction, transaction markers and aborted records leave gaps.
    Count count() {
        return count(start, end);
    }

    static Count count(long[] from, long[] until) {
        var sum = 0L;
        for (var p = 0; p < from.length; p++) {
            sum += Math.max(0, until[p] - from[p]);
        }
        return sum == 0 ? Count.exact(0) : Count.atMost(sum);
    }

    /// `offsets` moved into what the topic holds.
    long[] clamped(long[] offsets) {
        var inside = new long[partitions()];
        for (var p = 0; p < inside.length; p++) {
            // A partition younger than the place holds only newer messages.
            var offset = p < offsets.length ? offsets[p] : 0;
            inside[p] = Math.clamp(offset, start[p], Math.max(start[p], end[p]));
        }
        return inside;
    }

    @Override
    public String toString() {
        return queue + " " + Arrays.toString(start) + " to " + Arrays.toString(end);
    }
}
