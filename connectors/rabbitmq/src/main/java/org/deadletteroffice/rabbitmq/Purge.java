package org.deadletteroffice.rabbitmq;

import java.util.List;
import org.deadletteroffice.spi.message.Cursor;

/// Removes all that lies before a place: to the end by the broker's own purge, which takes what is
/// ready, and else by taking and acknowledging window after window.
final class Purge {
    private final HeldQueue queue;
    private final Hold hold;
    private final Deadline deadline;

    Purge(HeldQueue queue, Hold hold, Deadline deadline) {
        this.queue = queue;
        this.hold = hold;
        this.deadline = deadline;
    }

    /// @return how many were removed
    long run(Cursor until) throws Exception {
        hold.intake().stop(deadline);
        var before = hold.live();
        var count = 0L;
        if (until instanceof Cursor.Newest) {
            queue.remove(hold, live(0, hold.size()), deadline).await(deadline);
            var ready = hold.purgeReady(deadline);
            queue.purged(ready);
            return before + (long) ready;
        }
        var end = queue.slot(hold, until, deadline);
        var from = 0;
        while (from < end) {
            var to = Math.min(end, hold.size());
            var slots = live(from, to);
            queue.remove(hold, slots, deadline).await(deadline);
            count += slots.size();
            from = to;
            if (from < end && hold.take(Math.min(Intake.WINDOW, end - from), deadline) == 0) {
                break;
            }
        }
        queue.purged(0);
        return count;
    }

    private List<Integer> live(int from, int to) {
        return hold.held().stream()
                .map(Slots.Slot::number)
                .filter(slot -> slot >= from && slot < to)
                .toList();
    }
}
