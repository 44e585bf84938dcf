package org.deadletteroffice.rabbitmq;

import java.util.ArrayList;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.deadletteroffice.spi.connector.Scan;
import org.deadletteroffice.spi.error.BrokerException;
import org.deadletteroffice.spi.message.Count;
import org.deadletteroffice.spi.message.Cursor;
import org.deadletteroffice.spi.message.DeadLetter;
import org.jspecify.annotations.Nullable;

/// Reads a queue from a place until another; what was seen stays held until the scan ends, so that
/// what a job then removes is at hand.
final class RabbitScan implements Scan {
    static final long BATCH_BYTES = 8L << 20;

    /// A batch of so many is given out before more are taken.
    private static final int ENOUGH = 500;

    private final Link link;
    private final HeldQueue held;
    private final Cursor until;
    private final Count total;
    private final String family;
    private final @Nullable Place end;
    private final AtomicBoolean closed = new AtomicBoolean();
    private Cursor from;
    private long ordinal;
    private int generation = -1;
    private int slot;
    private int endSlot;
    private boolean ended;

    /// Whether all that was taken was given out.
    private boolean wantsMore;

    /// @param until no [Cursor.Newest]: an end that moves is none
    RabbitScan(Link link, HeldQueue held, Cursor from, Cursor until, Count total)
            throws BrokerException {
        this.link = link;
        this.held = held;
        this.from = from;
        this.until = until;
        this.total = total;
        this.end = until instanceof Cursor.Token(var token) ? held.place(token) : null;
        var start = from instanceof Cursor.Token(var token) ? held.place(token) : null;
        this.family = start != null ? start.family() : end != null ? end.family() : held.family();
        this.ordinal = start == null ? 0 : start.ordinal();
        held.enter();
    }

    @Override
    public Optional<Batch> next() throws BrokerException {
        var act = Act.reading(held.queue().name());
        var deadline = link.deadline(closed::get);
        if (ended) {
            return Optional.empty();
        }
        if (wantsMore) {
            awaitSome(act);
        }
        return held.with(act, deadline, hold -> next(hold, deadline));
    }

    /// Without the queue's lock: what others remove meanwhile lets more come.
    private void awaitSome(Act act) throws BrokerException {
        try {
            held.awaitSome();
        } catch (InterruptedException stopped) {
            throw link.errors().of(stopped, act);
        }
    }

    private Optional<Batch> next(Hold hold, Deadline deadline) throws Exception {
        if (generation != held.generation()) {
            slot = held.slot(hold, from, deadline);
            if (slot == 0 && from instanceof Cursor.Token(var token)) {
                // What is left of what was seen comes again, and must not use up the range.
                ordinal = Math.max(0, ordinal - held.liveNow(held.place(token)));
            }
            endSlot = endSlot(hold, deadline);
            generation = held.generation();
        }
        var messages = new ArrayList<DeadLetter>();
        var bytes = 0L;
        while (!ended && messages.size() < RabbitBrowse.MOST_MESSAGES && bytes < BATCH_BYTES) {
            pass(Math.min(hold.next(slot), endSlot));
            if (slot >= endSlot || isAtEnd(hold)) {
                ended = true;
                break;
            }
            if (slot >= hold.size()) {
                if (messages.size() >= ENOUGH || (!messages.isEmpty() && hold.intake().goesOn())) {
                    break;
                }
                var wanted = Math.min(Intake.WINDOW, endSlot - hold.size());
                if (hold.take(wanted, endSlot - hold.size() - wanted, deadline) == 0) {
                    ended = true;
                }
                continue;
            }
            var letter = hold.read(slot).orElseThrow();
            messages.add(letter);
            bytes += letter.size();
            pass(slot + 1);
        }
        wantsMore = slot >= hold.size();
        from = held.place(hold, Math.min(slot, hold.size()), family, ordinal).cursor();
        return messages.isEmpty() ? Optional.empty() : Optional.of(new Batch(messages, from));
    }

    /// Goes on to a slot that lies ahead.
    private void pass(int to) {
        if (to > slot) {
            ordinal += to - slot;
            slot = to;
        }
    }

    private boolean isAtEnd(Hold hold) {
        if (!(until instanceof Cursor.Before(var id))) {
            return false;
        }
        var last = held.find(hold, id);
        return last.isPresent() && slot >= last.getAsInt();
    }

    /// The slot at which to stop; none where a message ends the range.
    private int endSlot(Hold hold, Deadline deadline) throws Exception {
        if (end == null) {
            return Integer.MAX_VALUE;
        }
        if (!end.anchors().isEmpty()) {
            return held.slot(hold, end, deadline);
        }
        // Counted from the same head, whatever was removed since: what is left of the count.
        var left =
                end.family().equals(family) && from instanceof Cursor.Token
                        ? slot + Math.max(0, end.ordinal() - ordinal)
                        : hold.slotAfterLive(held.liveNow(end));
        return (int) Math.min(Integer.MAX_VALUE, left);
    }

    @Override
    public boolean mayGoOn() {
        return false;
    }

    @Override
    public Count total() {
        return total;
    }

    @Override
    public void close() {
        if (!closed.getAndSet(true)) {
            held.leaveReading();
        }
    }
}
