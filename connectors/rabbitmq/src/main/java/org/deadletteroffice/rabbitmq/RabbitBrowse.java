package org.deadletteroffice.rabbitmq;

import java.util.ArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import org.deadletteroffice.spi.connector.Browse;
import org.deadletteroffice.spi.error.BrokerException;
import org.deadletteroffice.spi.error.Remedy;
import org.deadletteroffice.spi.message.Cursor;
import org.deadletteroffice.spi.message.DeadLetter;

/// Pages from the head of a queue towards its end; what was seen stays held until the visit ends.
final class RabbitBrowse implements Browse {
    static final int MOST_MESSAGES = 1_000;
    static final long MOST_BYTES = 32L << 20;

    private final Link link;
    private final HeldQueue held;
    private final AtomicBoolean closed = new AtomicBoolean();

    RabbitBrowse(Link link, HeldQueue held) {
        this.link = link;
        this.held = held;
        held.enter();
    }

    @Override
    public Page page(Cursor from, Direction direction, int limit) throws BrokerException {
        checkLimit(limit);
        var name = held.queue().name();
        if (direction == Direction.OLDER) {
            throw new BrokerException.Unsupported(
                    "RabbitMQ gives the queue " + name + " out from its oldest message on only.",
                    new Remedy.Advice("Start from the oldest message."),
                    null);
        }
        var deadline = link.deadline(closed::get);
        return held.with(Act.reading(name), deadline, hold -> page(hold, from, limit, deadline));
    }

    static void checkLimit(int limit) {
        if (limit < 1 || limit > MOST_MESSAGES) {
            throw new IllegalArgumentException("a page has 1 to 1,000 messages, not " + limit);
        }
    }

    private Page page(Hold hold, Cursor from, int limit, Deadline deadline) throws Exception {
        var start = held.slot(hold, from, deadline);
        var slot = start;
        var messages = new ArrayList<DeadLetter>();
        var bytes = 0L;
        var atEnd = false;
        while (messages.size() < limit) {
            slot = Math.max(slot, hold.next(slot));
            if (slot >= hold.size()
                    && hold.take(wanted(hold, slot, limit - messages.size()), deadline) == 0) {
                atEnd = true;
                break;
            }
            if (slot >= hold.size()) {
                continue;
            }
            var letter = hold.read(slot).orElseThrow();
            bytes += letter.size();
            if (bytes > MOST_BYTES && !messages.isEmpty()) {
                break;
            }
            messages.add(letter);
            slot++;
        }
        if (!atEnd && slot >= hold.size()) {
            atEnd = hold.intake().isDrained(deadline);
        }
        return new Page(
                messages,
                held.place(hold, Math.min(start, hold.size()), held.family(), start).cursor(),
                held.place(hold, Math.min(slot, hold.size()), held.family(), slot).cursor(),
                atEnd);
    }

    /// What lies before the place has to be held too.
    private static int wanted(Hold hold, int slot, int limit) {
        return (int) Math.min(Intake.WINDOW, (long) slot - hold.size() + limit);
    }

    @Override
    public void close() {
        if (!closed.getAndSet(true)) {
            held.leave();
        }
    }
}
