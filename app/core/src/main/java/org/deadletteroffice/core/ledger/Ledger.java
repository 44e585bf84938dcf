package org.deadletteroffice.core.ledger;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.deadletteroffice.core.ledger.Entry.State;
import org.deadletteroffice.core.store.Store;
import org.deadletteroffice.spi.message.MessageId;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// The messages of jobs. Only the holder of a job's [Lease] writes; each act is one transaction, is
/// refused with [LeaseLost] once the job was taken over, and gives the same when it is tried again:
/// counts are written whole, not added to.
///
/// The order that keeps messages: [#planned] → send → [#sent] → remove → [#done].
public final class Ledger {
    private final Store store;

    public Ledger(Store store) {
        this.store = store;
    }

    /// Writes down what is to be sent and what is left out; on disk when it returns.
    ///
    /// @param queue see [JobRow#queue]
    /// @param entries in order of their numbers, which follow on those written before
    /// @param position from where planning goes on after these
    /// @param reasons reason → how many, so far, of the whole job
    public void planned(
            Lease lease,
            int queue,
            List<Entry> entries,
            String position,
            boolean complete,
            Counts counts,
            Map<String, Long> reasons) {
        store.change(
                handle -> {
                    owned(handle, lease, counts);
                    handle.execute(
                            "UPDATE job SET plan_position = ?, plan_complete = ? WHERE id = ?",
                            position,
                            complete,
                            lease.job());
                    insert(handle, lease, queue, entries);
                    reasons(handle, lease, reasons);
                });
    }

    /// Writes down what the destination's broker confirmed; on disk when it returns, so that it may
    /// be removed from the source.
    public void sent(Lease lease, List<Confirmed> confirmed, Counts counts) {
        store.change(
                handle -> {
                    owned(handle, lease, counts);
                    advance(handle, lease, confirmed, State.SENT);
                });
    }

    /// Writes down what is dealt with: gone from the source, or resolved where the source is a log.
    public void done(Lease lease, List<Confirmed> confirmed, Counts counts) {
        store.change(
                handle -> {
                    owned(handle, lease, counts);
                    advance(handle, lease, confirmed, State.DONE);
                });
    }

    /// Writes down what the broker refused; on disk when it returns, so that the rest of its batch
    /// may be sent.
    public void failed(
            Lease lease,
            Map<Long, String> reasonByNumber,
            Counts counts,
            Map<String, Long> reasons) {
        store.change(
                handle -> {
                    owned(handle, lease, counts);
                    try (var batch =
                            handle.getConnection()
                                    .prepareStatement(
                                            "UPDATE item SET state = ?, reason = ? WHERE job = ? AND number = ?")) {
                        for (var failed : reasonByNumber.entrySet()) {
                            batch.setInt(1, State.FAILED.code());
                            batch.setString(2, failed.getValue());
                            batch.setLong(3, lease.number());
                            batch.setLong(4, failed.getKey());
                            batch.addBatch();
                        }
                        batch.executeBatch();
                    }
                    reasons(handle, lease, reasons);
                });
    }

    /// Marks messages of the job as seen again in the source. Of several that look at the same time
    /// one counts: whoever moves the place on.
    ///
    /// @param numbers of messages that say themselves which they are
    /// @param contents of messages that do not, see [Entry#content], with how many there are of
    /// each
    /// @param from where this look began
    /// @param to where the next one goes on
    /// @return how many of the job came back so far; empty when another look was faster
    public Optional<Long> returned(
            String job,
            long jobNumber,
            List<Long> numbers,
            Map<Long, Integer> contents,
            String from,
            String to) {
        return store.in(
                handle -> {
                    var mine =
                            handle.execute(
                                    "UPDATE job SET watch_position = ? WHERE id = ? AND watch_position = ?",
                                    to,
                                    job,
                                    from);
                    if (mine == 0) {
                        return Optional.empty();
                    }
                    var fresh = 0L;
                    for (var number : numbers) {
                        fresh +=
                                handle.execute(
                                        "UPDATE item SET returned = TRUE WHERE job = ? AND number = ? AND NOT returned",
                                        jobNumber,
                                        number);
                    }
                    for (var content : contents.entrySet()) {
                        fresh +=
                                handle.execute(
                                        """
                                        UPDATE item SET returned = TRUE WHERE job = ? AND number IN (
                                            SELECT number FROM item WHERE job = ? AND content = ? AND state IN (2, 3)
                                                AND NOT returned ORDER BY number LIMIT ?)""",
                                        jobNumber,
                                        jobNumber,
                                        content.getKey(),
                                        content.getValue());
                    }
                    handle.execute(
                            "UPDATE job SET returned = returned + ? WHERE id = ?", fresh, job);
                    return handle.createQuery("SELECT returned FROM job WHERE id = ?")
                            .bind(0, job)
                            .mapTo(Long.class)
                            .findOne();
                });
    }

    /// A page of the job's messages by number.
    ///
    /// @param state null for all
    /// @param from the smallest number
    public List<Entry> entries(long jobNumber, @Nullable State state, long from, int limit) {
        return store.in(
                handle ->
                        handle.createQuery(
                                        "SELECT * FROM item WHERE job = :job AND number >= :from"
                                                + (state == null
                                                        ? ""
                                                        : " AND state = " + state.code())
                                                + " ORDER BY job, number LIMIT :limit")
                                .bind("job", jobNumber)
                                .bind("from", from)
                                .bind("limit", limit)
                                .map((row, _) -> read(row))
                                .list());
    }

    /// A page of what the destination has, by number, each with whether it was seen again in the
    /// source.
    ///
    /// @param from the smallest number
    public List<Sent> sent(long jobNumber, long from, int limit) {
        return store.in(
                handle ->
                        handle.createQuery(
                                        "SELECT * FROM item WHERE job = :job AND number >= :from AND state IN (2, 3)"
                                                + " ORDER BY job, number LIMIT :limit")
                                .bind("job", jobNumber)
                                .bind("from", from)
                                .bind("limit", limit)
                                .map((row, _) -> new Sent(read(row), row.getBoolean("returned")))
                                .list());
    }

    private static void owned(Handle handle, Lease lease, Counts counts) {
        var updated =
                handle.execute(
                        "UPDATE job SET planned = ?, sent = ?, removed = ?, excluded = ?, failed = ? WHERE id = ? AND epoch"
                                + " = ?",
                        counts.planned(),
                        counts.sent(),
                        counts.removed(),
                        counts.excluded(),
                        counts.failed(),
                        lease.job(),
                        lease.epoch());
        if (updated == 0) {
            throw new LeaseLost(lease);
        }
    }

    // Arrays rather than batches: one round trip where another process serves the store.
    private static void insert(Handle handle, Lease lease, int queue, List<Entry> entries)
            throws SQLException {
        if (entries.isEmpty()) {
            return;
        }
        // A first try whose answer was lost wrote them already.
        handle.execute(
                "DELETE FROM item WHERE job = ? AND number BETWEEN ? AND ?",
                lease.number(),
                entries.getFirst().number(),
                entries.getLast().number());
        var connection = handle.getConnection();
        try (var statement =
                connection.prepareStatement(
                        """
                        INSERT INTO item (job, queue, number, message, state, sequence, destination, block, reason,
                            content)
                        SELECT ?, ?, n, m, s, q, d, b, r, c FROM UNNEST(
                            CAST(? AS BIGINT ARRAY), CAST(? AS VARCHAR ARRAY), CAST(? AS SMALLINT ARRAY),
                            CAST(? AS BIGINT ARRAY), CAST(? AS VARCHAR ARRAY), CAST(? AS VARCHAR ARRAY),
                            CAST(? AS VARCHAR ARRAY), CAST(? AS BIGINT ARRAY)) AS entry(n, m, s, q, d, b, r, c)""")) {
            statement.setLong(1, lease.number());
            statement.setInt(2, queue);
            array(statement, 3, "bigint", entries, Entry::number);
            array(statement, 4, "varchar", entries, entry -> entry.message().text());
            array(statement, 5, "smallint", entries, entry -> (short) entry.state().code());
            array(statement, 6, "bigint", entries, Entry::sequence);
            array(statement, 7, "varchar", entries, Entry::destination);
            array(statement, 8, "varchar", entries, Entry::block);
            array(statement, 9, "varchar", entries, Entry::reason);
            array(statement, 10, "bigint", entries, Entry::content);
            statement.executeUpdate();
        }
    }

    private static void advance(Handle handle, Lease lease, List<Confirmed> confirmed, State state)
            throws SQLException {
        if (confirmed.isEmpty()) {
            return;
        }
        try (var statement =
                handle.getConnection()
                        .prepareStatement(
                                """
                                MERGE INTO item USING (SELECT n, p FROM UNNEST(
                                    CAST(? AS BIGINT ARRAY), CAST(? AS VARCHAR ARRAY)) AS entry(n, p)) AS entry
                                ON item.job = ? AND item.number = entry.n
                                WHEN MATCHED THEN UPDATE SET state = ?, position = COALESCE(entry.p, item.position)""")) {
            array(statement, 1, "bigint", confirmed, Confirmed::number);
            array(statement, 2, "varchar", confirmed, Confirmed::position);
            statement.setLong(3, lease.number());
            statement.setInt(4, state.code());
            statement.executeUpdate();
        }
    }

    private static void reasons(Handle handle, Lease lease, Map<String, Long> reasons) {
        for (var reason : reasons.entrySet()) {
            handle.execute(
                    """
                    MERGE INTO job_reason USING (SELECT CAST(? AS BIGINT) AS j, CAST(? AS VARCHAR) AS r,
                        CAST(? AS BIGINT) AS m) AS asked
                    ON job = j AND reason = r
                    WHEN MATCHED THEN UPDATE SET messages = m
                    WHEN NOT MATCHED THEN INSERT (job, reason, messages) VALUES (j, r, m)""",
                    lease.number(),
                    reason.getKey(),
                    reason.getValue());
        }
    }

    static <T> void array(
            PreparedStatement statement,
            int index,
            String type,
            List<T> rows,
            Function<T, @Nullable Object> value)
            throws SQLException {
        var values = new @Nullable Object[rows.size()];
        for (var i = 0; i < values.length; i++) {
            values[i] = value.apply(rows.get(i));
        }
        Connection connection = statement.getConnection();
        Array array = connection.createArrayOf(type, values);
        statement.setArray(index, array);
    }

    private static Entry read(ResultSet row) throws SQLException {
        var sequence = row.getLong("sequence");
        var hasSequence = !row.wasNull();
        return new Entry(
                row.getLong("number"),
                new MessageId(row.getString("message")),
                State.of(row.getInt("state")),
                hasSequence ? sequence : null,
                row.getString("destination"),
                row.getString("block"),
                row.getString("position"),
                row.getString("reason"),
                null);
    }

    /// @param returned it was seen again in the source
    public record Sent(Entry entry, boolean returned) {}

    /// @param position where the message lies now; null where the broker did not say
    public record Confirmed(long number, MessageId message, @Nullable String position) {}
}
