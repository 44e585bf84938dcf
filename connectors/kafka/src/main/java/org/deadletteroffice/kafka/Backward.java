package org.deadletteroffice.kafka;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.deadletteroffice.kafka.Records.Entry;
import org.deadletteroffice.spi.error.BrokerException;
import org.deadletteroffice.spi.error.Remedy;
import org.jspecify.annotations.Nullable;

/// Reads partitions from a place towards their starts, newest first, merged by time.
///
/// Kafka reads forwards only. So a stretch just below the place is read and given out from its end;
/// where it holds few messages (compaction and transactions leave gaps) the next one is longer.
final class Backward {
    private static final long LONGEST = 1 << 17;
    private static final long HELD_BYTES = 32 << 20;
    private final LogReader reader;
    private final long[] start;
    private final long[] at;
    private final long[] floor;
    private final long[] step;
    private final List<ArrayDeque<Entry>> waiting = new ArrayList<>();

    /// @param from where each partition begins, exclusive
    /// @param page about how many messages will be asked for
    Backward(LogReader reader, long[] start, long[] from, int page) {
        this.reader = reader;
        this.start = start.clone();
        this.at = from.clone();
        this.floor = from.clone();
        this.step = new long[from.length];
        var open = 0;
        for (var p = 0; p < at.length; p++) {
            waiting.add(new ArrayDeque<>());
            open += at[p] > start[p] ? 1 : 0;
        }
        var share = open <= 2 ? page : Math.max(16, 2 * page / open);
        java.util.Arrays.fill(step, share);
    }

    private boolean starves(int p) {
        return waiting.get(p).isEmpty() && floor[p] > start[p];
    }

    /// As [Forward#fill].
    boolean fill(Deadline enough, Deadline deadline) throws BrokerException {
        while (true) {
            var stretches = new HashMap<Integer, Long>();
            for (var p = 0; p < at.length; p++) {
                if (starves(p)) {
                    stretches.put(p, Math.max(start[p], floor[p] - step[p]));
                }
            }
            if (stretches.isEmpty()) {
                return true;
            }
            read(stretches, deadline);
            if (enough.passed() && stretches.keySet().stream().anyMatch(this::starves)) {
                return false;
            }
        }
    }

    private void read(Map<Integer, Long> stretches, Deadline deadline) throws BrokerException {
        reader.assign(stretches.keySet());
        for (var stretch : stretches.entrySet()) {
            reader.seek(stretch.getKey(), stretch.getValue());
        }
        var lowest = new HashMap<>(stretches);
        var bytes = new HashMap<Integer, Long>();
        var share = HELD_BYTES / stretches.size();
        Set<Integer> unfinished = new HashSet<>(stretches.keySet());
        while (!unfinished.isEmpty()) {
            for (var entry : reader.poll(deadline)) {
                var p = entry.place().partition();
                if (entry.place().offset() < floor[p]) {
                    hold(p, entry, share, bytes, lowest);
                }
            }
            var done = new HashSet<Integer>();
            for (var p : unfinished) {
                if (reader.position(p, deadline) >= floor[p]) {
                    done.add(p);
                }
            }
            if (!done.isEmpty()) {
                unfinished.removeAll(done);
                reader.listenTo(unfinished);
            }
            if (deadline.passed() && !unfinished.isEmpty()) {
                throw new BrokerException.Unreachable(
                        "The broker did not send the messages in time while "
                                + reader.act().doing()
                                + '.',
                        new Remedy.Advice("Test the connection to see which step fails."),
                        null);
            }
        }
        for (var stretch : lowest.entrySet()) {
            var p = stretch.getKey();
            var length = floor[p] - stretches.getOrDefault(p, floor[p]);
            floor[p] = stretch.getValue();
            if (waiting.get(p).size() < length / 2) {
                step[p] = Math.min(LONGEST, step[p] * 4);
            }
        }
    }

    /// Keeps the newest messages of a stretch; what does not fit is read again later.
    private void hold(
            int p, Entry entry, long share, Map<Integer, Long> bytes, Map<Integer, Long> lowest) {
        var held = waiting.get(p);
        held.addLast(entry);
        var sum = bytes.merge(p, entry.size(), Long::sum);
        while (sum > share && held.size() > 1) {
            var dropped = held.removeFirst();
            sum -= dropped.size();
            lowest.put(p, dropped.place().offset() + 1);
        }
        bytes.put(p, sum);
    }

    /// The next older message; null at the start. Only after [#fill] said true.
    @Nullable Entry next() {
        Entry newest = null;
        for (var held : waiting) {
            var last = held.peekLast();
            if (last != null && (newest == null || newest.isBefore(last))) {
                newest = last;
            }
        }
        if (newest != null) {
            var p = newest.place().partition();
            waiting.get(p).removeLast();
            at[p] = newest.place().offset();
        }
        return newest;
    }

    /// The place before the last message given out, gaps before it included.
    long[] position() {
        var now = at.clone();
        for (var p = 0; p < now.length; p++) {
            if (waiting.get(p).isEmpty()) {
                now[p] = Math.min(now[p], floor[p]);
            }
        }
        return now;
    }

    boolean ended() {
        for (var p = 0; p < at.length; p++) {
            if (starves(p) || !waiting.get(p).isEmpty()) {
                return false;
            }
        }
        return true;
    }
}
