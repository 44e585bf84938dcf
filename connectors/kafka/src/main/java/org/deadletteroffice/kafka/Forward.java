package org.deadletteroffice.kafka;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Set;
import org.deadletteroffice.kafka.Records.Entry;
import org.deadletteroffice.spi.error.BrokerException;
import org.jspecify.annotations.Nullable;

/// Reads partitions from one place to another, oldest first, merged by time: of the next messages
/// of all partitions, the oldest. Within a partition the broker's order stays, whatever the
/// timestamps say. The same places always give the same order.
///
/// Holds a bounded number of messages, however many partitions there are.
final class Forward {
    private static final int AHEAD = 1_000;
    private static final long AHEAD_BYTES = 16 << 20;
    private final LogReader reader;
    private final long[] at;
    private final long[] read;
    private final long[] end;
    private final List<ArrayDeque<Entry>> waiting = new ArrayList<>();
    private final PriorityQueue<Entry> heads =
            new PriorityQueue<>((a, b) -> a.isBefore(b) ? -1 : b.isBefore(a) ? 1 : 0);
    private final Set<Integer> starved = new HashSet<>();
    private final Set<Integer> open = new HashSet<>();
    private long bytes;
    private boolean assigned;

    /// @param from where each partition begins
    /// @param until where it ends, exclusive
    Forward(LogReader reader, long[] from, long[] until) {
        this.reader = reader;
        this.at = from.clone();
        this.read = from.clone();
        this.end = until.clone();
        for (var p = 0; p < at.length; p++) {
            waiting.add(new ArrayDeque<>());
            if (at[p] < end[p]) {
                open.add(p);
                starved.add(p);
            }
        }
    }

    /// Waits until it is known which message is next.
    ///
    /// @param enough when to give up if the places at least moved on
    /// @param deadline when to give up in any case
    /// @return false when it is not known yet and [#position] moved on
    /// @throws BrokerException.Unreachable when nothing at all came before the deadline
    boolean fill(Deadline enough, Deadline deadline) throws BrokerException {
        if (!assigned) {
            assigned = true;
            reader.assign(List.copyOf(open));
            for (var p : open) {
                reader.seek(p, read[p]);
            }
        }
        var moved = false;
        while (!starved.isEmpty()) {
            reader.listenTo(wanted());
            moved |= take(reader.poll(deadline), deadline);
            if (moved && enough.passed() && !starved.isEmpty()) {
                return false;
            }
            if (deadline.passed() && !starved.isEmpty()) {
                if (moved) {
                    return false;
                }
                throw new BrokerException.Unreachable(
                        "The broker did not send the next messages in time while "
                                + reader.act().doing()
                                + '.',
                        new org.deadletteroffice.spi.error.Remedy.Advice(
                                "Test the connection to see which step fails."),
                        null);
            }
        }
        return true;
    }

    private List<Integer> wanted() {
        var wanted = new ArrayList<>(starved);
        for (var p : open) {
            var queue = waiting.get(p);
            if (!queue.isEmpty() && queue.size() < AHEAD && bytes < AHEAD_BYTES) {
                wanted.add(p);
            }
        }
        return wanted;
    }

    private boolean take(List<Entry> entries, Deadline deadline) throws BrokerException {
        var touched = new HashSet<>(starved);
        var came = false;
        for (var entry : entries) {
            var p = entry.place().partition();
            touched.add(p);
            if (entry.place().offset() >= end[p]) {
                continue;
            }
            var queue = waiting.get(p);
            if (queue.isEmpty()) {
                heads.add(entry);
                starved.remove(p);
            }
            queue.addLast(entry);
            bytes += entry.size();
            came = true;
        }
        for (var p : touched) {
            var position = Math.min(end[p], reader.position(p, deadline));
            came |= position > read[p];
            read[p] = position;
            if (position >= end[p]) {
                open.remove(p);
                starved.remove(p);
            }
        }
        return came;
    }

    /// The next message; null at the end. Only after [#fill] said true.
    @Nullable Entry next() {
        var entry = heads.poll();
        if (entry == null) {
            return null;
        }
        var p = entry.place().partition();
        var queue = waiting.get(p);
        queue.removeFirst();
        bytes -= entry.size();
        at[p] = entry.place().offset() + 1;
        var following = queue.peekFirst();
        if (following != null) {
            heads.add(following);
        } else if (open.contains(p)) {
            starved.add(p);
        }
        return entry;
    }

    /// The place after the last message given out, gaps behind it included.
    long[] position() {
        var now = at.clone();
        for (var p = 0; p < now.length; p++) {
            if (waiting.get(p).isEmpty()) {
                now[p] = Math.max(now[p], read[p]);
            }
        }
        return now;
    }

    /// Whether nothing is left. True also when only gaps are left that were read over already.
    boolean ended() {
        return open.isEmpty() && heads.isEmpty();
    }
}
