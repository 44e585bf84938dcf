package org.deadletteroffice.core.ledger;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.deadletteroffice.core.browse.Fates;
import org.deadletteroffice.core.browse.MessageView.Fate;
import org.deadletteroffice.core.ledger.Entry.State;
import org.deadletteroffice.core.store.Store;
import org.deadletteroffice.spi.message.DeadLetter;
import org.deadletteroffice.spi.message.MessageId;
import org.deadletteroffice.spi.message.QueueRef;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// What the ledger knows of messages: in a log, that they were sent on and are resolved; in a
/// queue, how often one that was taken away lies there again under the same id.
public final class LedgerFates implements Fates {
    /// The pages that may have what is asked for: arrays of places with their smallest and largest
    /// number, then the queue. Where there is none for a place, its row has no job.
    ///
    /// The join is an outer one only to hold the order: left to itself, H2 comes to read every
    /// place of the queue once the ledger is large, which takes seconds.
    static final String PAGES =
            """
            SELECT DISTINCT page.job, page.last_number
            FROM UNNEST(CAST(? AS BIGINT ARRAY), CAST(? AS BIGINT ARRAY), CAST(? AS BIGINT ARRAY)) AS asked(p, l, h)
            LEFT JOIN ledger_place AS page ON page.queue = ? AND page.place = asked.p
                AND page.low <= asked.h AND page.high >= asked.l
            ORDER BY page.job, page.last_number""";

    private static final String LINES =
            """
            SELECT job.number, job.id, job.kind, job.keeps,
                job.state IN ('PLANNING', 'RUNNING', 'WATCHING', 'PAUSED', 'INTERRUPTED'),
                page.planned, page.outcome
            FROM ledger_page AS page JOIN job ON job.number = page.job
            WHERE page.job = ? AND page.last_number = ? AND job.kind IN ('REDRIVE', 'REPLAY', 'PURGE')""";

    private final Store store;

    public LedgerFates(Store store) {
        this.store = store;
    }

    @Override
    public Map<MessageId, Fate> of(QueueRef queue, String identity, List<DeadLetter> letters) {
        return letters.isEmpty()
                ? Map.of()
                : store.in(handle -> fates(handle, queue, identity, letters));
    }

    /// Lists only that there is nothing: a queue that no job has dealt with need not be asked for
    /// each of its messages.
    @Override
    public boolean resolved(QueueRef queue, String identity, Consumer<MessageId> each) {
        return queueKey(queue, identity).isEmpty();
    }

    private static Map<MessageId, Fate> fates(
            Handle handle, QueueRef queue, String identity, List<DeadLetter> letters)
            throws SQLException {
        Map<MessageId, Fate> fates = new HashMap<>();
        var key = JobTable.findQueueKey(handle, queue, identity);
        if (key.isEmpty()) {
            return fates;
        }
        lines(
                handle,
                key.get(),
                letters,
                (id, state, job) -> {
                    if (state != State.SENT && state != State.DONE) {
                        return;
                    }
                    var before = fates.getOrDefault(id, Fate.UNTOUCHED);
                    fates.put(
                            id,
                            new Fate(
                                    before.resolved() || job.keeps(),
                                    job.id(),
                                    before.returns() + job.returns(state)));
                });
        return fates;
    }

    /// A job as it matters to its messages.
    ///
    /// @param open it has not ended
    private record Holder(long number, String id, String kind, boolean keeps, boolean open) {
        /// In a queue, one that was removed and is there again came back; what a purge took and is
        /// there again was put back.
        int returns(State state) {
            return state == State.DONE && !keeps && !kind.equals("PURGE") ? 1 : 0;
        }
    }

    private interface Line {
        void of(MessageId id, State state, Holder job);
    }

    /// What jobs have of the messages, the oldest job first.
    private static void lines(Handle handle, int queue, List<DeadLetter> letters, Line line)
            throws SQLException {
        // In their order: ids that count up are found by few places.
        var pages =
                pages(handle, queue, letters.stream().map(letter -> letter.id().text()).toList());
        if (pages.isEmpty()) {
            return;
        }
        Map<String, MessageId> asked = new HashMap<>();
        letters.forEach(letter -> asked.put(letter.id().text(), letter.id()));
        for (var page : pages) {
            try (var select = handle.getConnection().prepareStatement(LINES)) {
                select.setLong(1, page.job());
                select.setLong(2, page.last());
                try (var row = select.executeQuery()) {
                    if (row.next()) {
                        read(row, asked, line);
                    }
                }
            }
        }
    }

    private static void read(ResultSet row, Map<String, MessageId> asked, Line line)
            throws SQLException {
        var job =
                new Holder(
                        row.getLong(1),
                        row.getString(2),
                        row.getString(3),
                        row.getBoolean(4),
                        row.getBoolean(5));
        var messages = PlannedLines.readMessages(row.getBytes(6));
        var states = Outcomes.readStates(row.getBytes(7));
        for (var i = 0; i < states.length; i++) {
            var id = asked.get(messages.get(i));
            if (id != null) {
                line.of(id, states[i], job);
            }
        }
    }

    private record PageKey(long job, long last) {}

    private static List<PageKey> pages(Handle handle, int queue, Collection<String> ids)
            throws SQLException {
        var places = Places.of(ids);
        var found = new ArrayList<PageKey>();
        try (var select = handle.getConnection().prepareStatement(PAGES)) {
            LedgerPages.array(select, 1, "bigint", places, Places.Place::number);
            LedgerPages.array(select, 2, "bigint", places, Places.Place::low);
            LedgerPages.array(select, 3, "bigint", places, Places.Place::high);
            select.setInt(4, queue);
            try (var rows = select.executeQuery()) {
                while (rows.next()) {
                    var job = rows.getLong(1);
                    if (!rows.wasNull()) {
                        found.add(new PageKey(job, rows.getLong(2)));
                    }
                }
            }
        }
        return found;
    }

    /// What the ledger knows of messages that a job is about to plan; those it knows nothing of are
    /// left out.
    ///
    /// @param queue see [JobRow#queue]
    /// @param job the number of the job that asks; -1 for none
    public Map<MessageId, Known> known(int queue, long job, List<DeadLetter> letters) {
        return letters.isEmpty()
                ? Map.of()
                : store.in(handle -> known(handle, queue, job, letters));
    }

    /// The queue as items name it, when there are any.
    public Optional<Integer> queueKey(QueueRef queue, String identity) {
        return store.in(handle -> JobTable.findQueueKey(handle, queue, identity));
    }

    private static Map<MessageId, Known> known(
            Handle handle, int queue, long asking, List<DeadLetter> letters) throws SQLException {
        Map<MessageId, Known> known = new HashMap<>();
        lines(
                handle,
                queue,
                letters,
                (id, state, job) -> {
                    var before = known.getOrDefault(id, Known.NOTHING);
                    var mine = job.number() == asking;
                    var dealtWith = state == State.SENT || state == State.DONE;
                    var claims =
                            job.open() && !mine && (state == State.PLANNED || state == State.SENT);
                    known.put(
                            id,
                            new Known(
                                    before.mine() || mine,
                                    job.keeps() && dealtWith ? job.id() : before.resolvedBy(),
                                    claims ? job.id() : before.claimedBy(),
                                    before.returns() + job.returns(state)));
                });
        return known;
    }

    /// @param mine the job that asks has it already
    /// @param resolvedBy the job that sent it on from a log; null for none
    /// @param claimedBy another job that has planned it and not yet dealt with it; null for none
    /// @param returns how often it was taken from a queue and lies there again
    public record Known(
            boolean mine, @Nullable String resolvedBy, @Nullable String claimedBy, int returns) {
        public static final Known NOTHING = new Known(false, null, null, 0);
    }
}
