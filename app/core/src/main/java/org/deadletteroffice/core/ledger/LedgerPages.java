package org.deadletteroffice.core.ledger;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import org.deadletteroffice.core.ledger.Entry.State;
import org.deadletteroffice.spi.message.MessageId;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// The rows of the store that the messages of jobs are written in: some thousand messages a row,
/// since a row for each would cost more than to send it. All within the caller's transaction.
final class LedgerPages {
    /// Many enough that a row is cheap beside its messages, few enough that a change of one is.
    static final int MOST_LINES = 4_000;

    /// A page as it was read.
    static final class Page {
        private final long first;
        private final long last;
        private final PlannedLines planned;
        private final Outcomes outcomes;
        private final BitSet returned;

        private Page(ResultSet row) throws SQLException {
            first = row.getLong(1);
            last = row.getLong(2);
            planned = PlannedLines.read(row.getBytes(3));
            outcomes = Outcomes.read(row.getBytes(4));
            returned = bits(row.getBytes(5));
        }

        long last() {
            return last;
        }

        int size() {
            return (int) (last - first + 1);
        }

        /// The first line whose number is at least this.
        int line(long number) {
            return Math.clamp(number - first, 0, size());
        }

        State state(int line) {
            return outcomes.state(line);
        }

        boolean isReturned(int line) {
            return returned.get(line);
        }

        Entry entry(int line) {
            return new Entry(
                    first + line,
                    new MessageId(planned.messages().get(line)),
                    outcomes.state(line),
                    planned.sequences().get(line),
                    planned.destinations().get(line),
                    planned.blocks().get(line),
                    outcomes.position(line),
                    outcomes.reason(line),
                    planned.contents().get(line));
        }
    }

    /// Writes messages down; does the same again after a try whose answer was lost.
    ///
    /// @param entries in order of their numbers, without gaps
    static void insert(Handle handle, long job, int queue, List<Entry> entries)
            throws SQLException {
        for (var from = 0; from < entries.size(); from += MOST_LINES) {
            insertPage(
                    handle,
                    job,
                    queue,
                    entries.subList(from, Math.min(entries.size(), from + MOST_LINES)));
        }
    }

    private static void insertPage(Handle handle, long job, int queue, List<Entry> entries)
            throws SQLException {
        var last = entries.getLast().number();
        var planned = PlannedLines.of(entries);
        var outcomes = Outcomes.of(entries);
        handle.execute("DELETE FROM ledger_page WHERE job = ? AND last_number = ?", job, last);
        handle.execute(
                """
                INSERT INTO ledger_page (job, first_number, last_number, states, planned, outcome)
                VALUES (?, ?, ?, ?, ?, ?)""",
                job,
                entries.getFirst().number(),
                last,
                outcomes.letters(),
                planned.bytes(),
                outcomes.bytes());
        var places = Places.of(planned.messages());
        try (var statement =
                handle.getConnection()
                        .prepareStatement(
                                """
                                MERGE INTO ledger_place USING (SELECT p, l, h FROM UNNEST(
                                    CAST(? AS BIGINT ARRAY), CAST(? AS BIGINT ARRAY), CAST(? AS BIGINT ARRAY))
                                    AS entry(p, l, h)) AS entry
                                ON queue = ? AND place = entry.p AND job = ? AND last_number = ?
                                WHEN NOT MATCHED THEN INSERT (queue, place, job, last_number, low, high)
                                VALUES (?, entry.p, ?, ?, entry.l, entry.h)""")) {
            array(statement, 1, "bigint", places, Places.Place::number);
            array(statement, 2, "bigint", places, Places.Place::low);
            array(statement, 3, "bigint", places, Places.Place::high);
            for (var i = 4; i < 10; i += 3) {
                statement.setInt(i, queue);
                statement.setLong(i + 1, job);
                statement.setLong(i + 2, last);
            }
            statement.executeUpdate();
        }
    }

    /// What is to become of one line of a page.
    interface Change<T> {
        void of(Outcomes outcomes, int line, T what);
    }

    /// Changes what became of messages. Only the job's owner may; see [Ledger].
    ///
    /// @param number the number of the message that one of `all` is about
    static <T> void change(
            Handle handle, long job, List<T> all, ToLongFunction<T> number, Change<T> change)
            throws SQLException {
        var left = new ArrayList<>(all);
        left.sort(Comparator.comparingLong(number));
        for (var i = 0; i < left.size(); ) {
            var next = number.applyAsLong(left.get(i));
            try (var select =
                    handle.getConnection()
                            .prepareStatement(
                                    """
                                    SELECT first_number, last_number, outcome FROM ledger_page
                                    WHERE job = ? AND last_number >= ? ORDER BY job, last_number LIMIT 1""")) {
                select.setLong(1, job);
                select.setLong(2, next);
                try (var row = select.executeQuery()) {
                    if (!row.next() || row.getLong(1) > next) {
                        throw new IllegalStateException(
                                "the ledger has no message " + next + " of job " + job);
                    }
                    var first = row.getLong(1);
                    var last = row.getLong(2);
                    var outcomes = Outcomes.read(row.getBytes(3));
                    for (; i < left.size() && next <= last; i++) {
                        change.of(outcomes, (int) (next - first), left.get(i));
                        if (i + 1 < left.size()) {
                            next = number.applyAsLong(left.get(i + 1));
                        }
                    }
                    handle.execute(
                            "UPDATE ledger_page SET outcome = ?, states = ? WHERE job = ? AND last_number = ?",
                            outcomes.bytes(),
                            outcomes.letters(),
                            job,
                            last);
                }
            }
        }
    }

    /// The first page that reaches `from` and has a line of one of these states.
    ///
    /// @param states empty for all
    static Optional<Page> next(Handle handle, long job, List<State> states, long from)
            throws SQLException {
        try (var select =
                handle.getConnection()
                        .prepareStatement(
                                "SELECT first_number, last_number, planned, outcome, returned FROM ledger_page"
                                        + " WHERE job = ? AND last_number >= ?"
                                        + where(states)
                                        + " ORDER BY job, last_number LIMIT 1")) {
            select.setLong(1, job);
            select.setLong(2, from);
            try (var rows = select.executeQuery()) {
                return rows.next() ? Optional.of(new Page(rows)) : Optional.empty();
            }
        }
    }

    private static String where(List<State> states) {
        if (states.isEmpty()) {
            return "";
        }
        return states.stream()
                .map(state -> "states LIKE '%" + Outcomes.letter(state) + "%'")
                .collect(Collectors.joining(" OR ", " AND (", ")"));
    }

    /// Marks messages as seen again, by their numbers.
    ///
    /// @return how many were not marked before
    static long returned(Handle handle, long job, List<Long> numbers) throws SQLException {
        var left = new TreeSet<>(numbers);
        var fresh = 0L;
        while (!left.isEmpty()) {
            var found = next(handle, job, List.of(), left.getFirst());
            if (found.isEmpty()) {
                break;
            }
            var page = found.get();
            var before = fresh;
            for (var number : left.headSet(page.last, true)) {
                var line = page.line(number);
                if (number >= page.first && !page.isReturned(line)) {
                    page.returned.set(line);
                    fresh++;
                }
            }
            if (fresh > before) {
                write(handle, job, page);
            }
            left.headSet(page.last, true).clear();
        }
        return fresh;
    }

    /// Marks messages that were sent as seen again, by their contents: of each as many as there
    /// are, the first ones first.
    ///
    /// @return how many were marked
    static long returned(Handle handle, long job, Map<Long, Integer> contents) throws SQLException {
        var left = new HashMap<>(contents);
        var fresh = 0L;
        for (var from = 0L; !left.isEmpty(); ) {
            var found = next(handle, job, List.of(State.SENT, State.DONE), from);
            if (found.isEmpty()) {
                break;
            }
            var page = found.get();
            var before = fresh;
            for (var line = 0; line < page.size(); line++) {
                var content = page.planned.contents().get(line);
                var isSent = page.state(line) == State.SENT || page.state(line) == State.DONE;
                if (content != null
                        && isSent
                        && !page.isReturned(line)
                        && left.containsKey(content)) {
                    left.compute(content, (_, more) -> more == null || more <= 1 ? null : more - 1);
                    page.returned.set(line);
                    fresh++;
                }
            }
            if (fresh > before) {
                write(handle, job, page);
            }
            from = page.last + 1;
        }
        return fresh;
    }

    private static void write(Handle handle, long job, Page page) {
        handle.execute(
                "UPDATE ledger_page SET returned = ? WHERE job = ? AND last_number = ?",
                page.returned.toByteArray(),
                job,
                page.last);
    }

    private static BitSet bits(byte @Nullable [] bytes) {
        return bytes == null ? new BitSet() : BitSet.valueOf(bytes);
    }

    // Arrays rather than batches: one round trip where another process serves the store.
    static <T> void array(
            PreparedStatement statement,
            int index,
            String type,
            List<T> rows,
            Function<T, @Nullable Object> value)
            throws SQLException {
        var values = rows.stream().map(value).toArray();
        statement.setArray(index, statement.getConnection().createArrayOf(type, values));
    }

    private LedgerPages() {}
}
