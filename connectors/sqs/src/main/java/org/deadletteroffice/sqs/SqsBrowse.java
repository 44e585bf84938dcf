package org.deadletteroffice.sqs;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import org.deadletteroffice.spi.connector.Browse;
import org.deadletteroffice.spi.error.BrokerException;
import org.deadletteroffice.spi.error.Remedy;
import org.deadletteroffice.spi.message.Cursor;
import org.deadletteroffice.spi.message.DeadLetter;
import org.jspecify.annotations.Nullable;

/// A visit that holds what it receives: pages are cut from what is held, and more is received when
/// that is used up. SQS gives messages in no order of time, so there is one direction only.
final class SqsBrowse implements Browse {
    private static final int MOST = 1_000;
    private static final long PAGE_BYTES = 32L << 20;

    private final Account account;
    private final QueueFacts facts;
    private final Hold hold;
    private final boolean works;
    private final Calls calls;
    private final AtomicBoolean closed = new AtomicBoolean();
    private @Nullable Skipped skipped;

    /// What lies before a place, so that pages that follow one another do not gather it anew.
    private record Skipped(List<Place.Part> ended, Set<UUID> ids) {}

    /// @param works whether for a job that means to deal with all there is
    SqsBrowse(Account account, QueueFacts facts, Hold hold, boolean works) throws BrokerException {
        this.account = account;
        this.facts = facts;
        this.hold = hold;
        this.works = works;
        this.calls = account.calls().within();
        LookLimit.check(facts, hold);
        if (works) {
            hold.enterToWork();
        } else {
            hold.enter();
        }
    }

    @Override
    public Page page(Cursor from, Direction direction, int limit) throws BrokerException {
        if (limit < 1 || limit > MOST) {
            throw new IllegalArgumentException("a page has 1 to 1,000 messages, not " + limit);
        }
        if (direction == Direction.OLDER) {
            throw new BrokerException.Unsupported(
                    "SQS cannot be read backwards.",
                    new Remedy.Advice("Read it from the start: --from oldest."),
                    null);
        }
        var now = from instanceof Cursor.Newest ? asked() : 0;
        var start = hold.journal().place(from, now, true);
        if (from instanceof Cursor.Newest) {
            // Nothing is newer than now, and to find that out by receiving would cost a look.
            var end = hold.journal().cursor(start);
            return new Page(List.of(), end, end, true);
        }
        var received = hold.received();
        var page = read(start, limit);
        if (received == hold.received() && !page.atEnd()) {
            // All was held already, and the queue may be gone.
            asked();
        }
        return page;
    }

    private long asked() throws BrokerException {
        return account.attributes(calls, facts.address()).asked();
    }

    private Page read(Place start, int limit) throws BrokerException {
        var chapter = hold.chapter();
        var skip = skip(start, chapter);
        var index = Journal.index(start, chapter);
        var letters = new ArrayList<DeadLetter>();
        var bytes = 0L;
        var atEnd = false;
        while (letters.size() < limit && bytes < PAGE_BYTES) {
            var received = hold.received();
            if (index == received) {
                if (hold.receive(calls, limit - letters.size()) == 0) {
                    atEnd = index == hold.received();
                    if (atEnd) {
                        break;
                    }
                }
                continue;
            }
            var message = hold.from(index);
            if (message == null) {
                index = received;
                continue;
            }
            if (message.sent >= start.since() && !skip.contains(Chapter.key(message.id))) {
                var letter = hold.letter(message);
                if (letter.isPresent()) {
                    if (!letters.isEmpty() && bytes + letter.get().size() > PAGE_BYTES) {
                        break;
                    }
                    letters.add(letter.get());
                    bytes += letter.get().size();
                }
            }
            index = message.number + 1;
        }
        var end = hold.journal().at(start, chapter, index);
        return new Page(letters, hold.journal().cursor(start), hold.journal().cursor(end), atEnd);
    }

    private Set<UUID> skip(Place start, int chapter) throws BrokerException {
        var ended = Journal.ended(start, chapter);
        if (skipped == null || !skipped.ended().equals(ended)) {
            skipped = new Skipped(ended, hold.journal().idsBefore(ended));
        }
        return skipped.ids();
    }

    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            calls.close();
            if (works) {
                hold.leaveWork();
            } else {
                hold.leave();
            }
        }
    }
}
