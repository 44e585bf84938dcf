package org.deadletteroffice.sqs;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.deadletteroffice.spi.connector.Scan;
import org.deadletteroffice.spi.error.BrokerException;
import org.deadletteroffice.spi.message.Count;
import org.deadletteroffice.spi.message.Cursor;
import org.deadletteroffice.spi.message.DeadLetter;
import org.deadletteroffice.spi.message.MessageId;
import org.deadletteroffice.spi.message.Numerals;
import org.jspecify.annotations.Nullable;

/// Receives and hides the whole queue, piece by piece, and gives out what lies in the range.
final class SqsScan implements Scan {
    private static final int BATCH = 500;
    private static final long BATCH_BYTES = 4L << 20;

    /// How many messages newer than the range follow one another until the rest is taken for newer
    /// too: a standard queue gives about the oldest first.
    private static final int NEWER_IN_A_ROW = 2_000;

    /// How long a FIFO scan waits for a removal that lets a message group go on; a job that removes
    /// more slowly asks anew, as [#mayGoOn] says.
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    private final Account account;
    private final QueueFacts facts;
    private final Hold hold;
    private final Calls calls;
    private final Range range;
    private final AtomicBoolean closed = new AtomicBoolean();
    private final int chapter;

    private int index;
    private int newer;
    private boolean ended;

    /// @param start where it began
    /// @param skip what was read before
    /// @param only nothing but these; null for all
    /// @param before sent before this time, in milliseconds of the epoch
    private record Range(
            Place start, Set<UUID> skip, @Nullable Set<UUID> only, long before, boolean isEmpty) {
        boolean holds(Held message) {
            return message.sent >= start.since() && message.sent < before && isAmong(message.id);
        }

        private boolean isAmong(MessageId id) {
            if (skip.isEmpty() && only == null) {
                return true;
            }
            var key = Chapter.key(id);
            return !skip.contains(key) && (only == null || only.contains(key));
        }
    }

    /// The hold was entered, and is left when this closes.
    private SqsScan(Account account, QueueFacts facts, Hold hold, Range range) {
        this.account = account;
        this.facts = facts;
        this.hold = hold;
        this.range = range;
        this.calls = account.calls().within();
        this.chapter = hold.chapter();
        this.index = Journal.index(range.start(), chapter);
    }

    static SqsScan open(Account account, QueueFacts facts, Hold hold, Cursor from, Cursor until)
            throws BrokerException {
        LookLimit.check(facts, hold);
        hold.enter();
        try {
            hold.others().note(facts, hold.tally());
            var now = ServerTime.line(System.currentTimeMillis(), facts.asked());
            return new SqsScan(account, facts, hold, range(hold, from, until, now));
        } catch (BrokerException | RuntimeException failed) {
            hold.leave();
            throw failed;
        }
    }

    private static Range range(Hold hold, Cursor from, Cursor until, long now)
            throws BrokerException {
        var journal = hold.journal();
        var start = journal.place(from, now, false);
        // What this visit read lies before the index at which it goes on.
        var skip = journal.idsBefore(Journal.ended(start, hold.chapter()));
        if (until instanceof Cursor.Oldest) {
            return new Range(start, skip, Set.of(), 0, true);
        }
        var end = journal.place(until, now, true);
        if (end.past().isEmpty()) {
            var before = until instanceof Cursor.Newest ? now : end.since();
            return new Range(start, skip, null, before, start.since() >= before);
        }
        var only = new HashSet<>(journal.idsBefore(end.past()));
        only.removeAll(journal.idsBefore(start.past()));
        return new Range(start, skip, only, Long.MAX_VALUE, only.isEmpty());
    }

    @Override
    public Optional<Batch> next() throws BrokerException {
        var letters = new ArrayList<DeadLetter>();
        var bytes = 0L;
        var waited = 0L;
        while (!ended && !range.isEmpty() && letters.size() < BATCH && bytes < BATCH_BYTES) {
            var received = hold.received();
            if (index < received) {
                var message = hold.from(index);
                index = message == null ? received : message.number + 1;
                var letter = message == null ? Optional.<DeadLetter>empty() : take(message);
                if (letter.isPresent()) {
                    letters.add(letter.get());
                    bytes += letter.get().size();
                }
            } else if (newer >= NEWER_IN_A_ROW) {
                ended = true;
            } else {
                var removals = hold.removals();
                if (hold.receive(calls, BATCH - letters.size()) > 0 || index < hold.received()) {
                    continue;
                }
                // Who waits for removals must first hand out what is to be removed.
                if (!letters.isEmpty()) {
                    break;
                }
                if (groupsMayGoOn(removals, waited)) {
                    waited += 100;
                } else {
                    checkNobodyHides();
                    ended = true;
                }
            }
        }
        if (letters.isEmpty()) {
            return Optional.empty();
        }
        var after = hold.journal().at(range.start(), chapter, index);
        return Optional.of(new Batch(letters, hold.journal().cursor(after)));
    }

    private Optional<DeadLetter> take(Held message) {
        if (message.sent >= range.before()) {
            newer++;
            return Optional.empty();
        }
        newer = 0;
        return range.holds(message) ? hold.letter(message) : Optional.empty();
    }

    /// A FIFO queue gives no more of a message group while some of it are held: where a job removes
    /// what it is done with, the group goes on.
    ///
    /// @param removals as they were before nothing came
    /// @param waited milliseconds so far
    private boolean groupsMayGoOn(long removals, long waited) throws BrokerException {
        if (!facts.address().isFifo() || hold.size() == 0) {
            return hold.removals() != removals && facts.address().isFifo();
        }
        if (hold.removals() != removals) {
            return true;
        }
        if (waited >= PATIENCE.toMillis()
                || (hold.removals() == 0 && !hold.isWorkedOn())
                || account.attributes(calls, facts.address()).visible() == 0) {
            return false;
        }
        // Nothing tells of a removal but the removal; it is looked for ten times a second.
        LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
        return !Thread.currentThread().isInterrupted();
    }

    @Override
    public boolean mayGoOn() {
        return ended && newer < NEWER_IN_A_ROW && facts.address().isFifo() && hold.isWorkedOn();
    }

    /// A job that means all messages is not done while another reader has some. Counts lag behind
    /// by up to a minute, so that those of the beginning must say so too; else every job would wait
    /// for its own removals to be counted.
    private void checkNobodyHides() throws BrokerException {
        if (!hold.others().hadSome(hold.received()) || !hold.isWorkedOn()) {
            return;
        }
        var now = account.attributes(calls, facts.address());
        var hidden = hold.others().hidden(now, hold.tally());
        if (hidden.isPresent()) {
            throw account.errors()
                    .hidden(
                            "%s of %s %s"
                                    .formatted(
                                            Numerals.of(
                                                    hidden.get().messages(), "message", "messages"),
                                            facts.address().name(),
                                            hidden.get().words()));
        }
    }

    /// Those of the whole queue: how many lie in the range, SQS cannot say.
    @Override
    public Count total() {
        return range.isEmpty() ? Count.exact(0) : facts.depth();
    }

    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            calls.close();
            hold.leave();
        }
    }
}
