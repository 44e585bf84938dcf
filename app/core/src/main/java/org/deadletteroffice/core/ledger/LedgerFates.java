package org.deadletteroffice.core.ledger;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
    /// What jobs have of the messages asked for: an array of their ids, then the queue. Where
    /// nothing is known of a message, its row has no job.
    ///
    /// The joins are outer ones only to hold their order: left to itself, H2 comes to read every
    /// message of the queue for each page once the ledger is large, which takes seconds.
    static final String BY_MESSAGE =
            """
            FROM UNNEST(CAST(? AS VARCHAR ARRAY)) AS asked(m)
            LEFT JOIN item ON item.queue = ? AND item.message = asked.m
            LEFT JOIN job ON job.number = item.job AND job.kind IN ('REDRIVE', 'REPLAY', 'PURGE')
            ORDER BY item.job""";

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

    private static Map<MessageId, Fate> fates(
            Handle handle, QueueRef queue, String identity, List<DeadLetter> letters)
            throws SQLException {
        Map<MessageId, Fate> fates = new HashMap<>();
        var key = JobTable.findQueueKey(handle, queue, identity);
        if (key.isEmpty()) {
            return fates;
        }
        try (var statement =
                handle.getConnection()
                        .prepareStatement(
                                """
                                SELECT item.message, item.state, job.id, job.keeps, job.kind
                                """
                                        + BY_MESSAGE)) {
            Ledger.array(statement, 1, "varchar", letters, letter -> letter.id().text());
            statement.setInt(2, key.get());
            try (var rows = statement.executeQuery()) {
                while (rows.next()) {
                    var state = rows.getString(3) == null ? null : State.of(rows.getInt(2));
                    if (state != State.SENT && state != State.DONE) {
                        continue;
                    }
                    var id = new MessageId(rows.getString(1));
                    var before = fates.getOrDefault(id, Fate.UNTOUCHED);
                    var isDone = state == State.DONE;
                    var keeps = rows.getBoolean(4);
                    // In a queue, one that was removed and is there again came back.
                    var returns = before.returns() + (isDone && !keeps && isSent(rows, 5) ? 1 : 0);
                    fates.put(id, new Fate(before.resolved() || keeps, rows.getString(3), returns));
                }
            }
        }
        return fates;
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
        try (var statement =
                handle.getConnection()
                        .prepareStatement(
                                """
                                SELECT item.message, item.state, job.number, job.id, job.keeps,
                                    job.state IN ('PLANNING', 'RUNNING', 'WATCHING', 'PAUSED', 'INTERRUPTED'),
                                    job.kind
                                """
                                        + BY_MESSAGE)) {
            Ledger.array(statement, 1, "varchar", letters, letter -> letter.id().text());
            statement.setInt(2, queue);
            try (var rows = statement.executeQuery()) {
                while (rows.next()) {
                    if (rows.getString(4) == null) {
                        continue;
                    }
                    var id = new MessageId(rows.getString(1));
                    var state = State.of(rows.getInt(2));
                    var before = known.getOrDefault(id, Known.NOTHING);
                    var mine = rows.getLong(3) == asking;
                    var job = rows.getString(4);
                    var keeps = rows.getBoolean(5);
                    var open =
                            rows.getBoolean(6) && (state == State.PLANNED || state == State.SENT);
                    known.put(
                            id,
                            new Known(
                                    before.mine() || mine,
                                    keeps && (state == State.SENT || state == State.DONE)
                                            ? job
                                            : before.resolvedBy(),
                                    open && !mine ? job : before.claimedBy(),
                                    before.returns()
                                            + (state == State.DONE && !keeps && isSent(rows, 7)
                                                    ? 1
                                                    : 0)));
                }
            }
        }
        return known;
    }

    /// Whether the job of this row sent its messages on: what a purge took and is there again was
    /// put back, and did not come back.
    private static boolean isSent(ResultSet row, int kind) throws SQLException {
        return !row.getString(kind).equals("PURGE");
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
