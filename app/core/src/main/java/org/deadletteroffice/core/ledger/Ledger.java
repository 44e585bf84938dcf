package org.deadletteroffice.core.ledger;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.deadletteroffice.core.ledger.Entry.State;
import org.deadletteroffice.core.ledger.LedgerPages.Page;
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
                    LedgerPages.insert(handle, lease.number(), queue, entries);
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
                    LedgerPages.change(
                            handle,
                            lease.number(),
                            List.copyOf(reasonByNumber.entrySet()),
                            Map.Entry::getKey,
                            (outcomes, line, failed) -> outcomes.fail(line, failed.getValue()));
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
                    var fresh =
                            LedgerPages.returned(handle, jobNumber, numbers)
                                    + LedgerPages.returned(handle, jobNumber, contents);
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
        var entries = new ArrayList<Entry>();
        lines(
                jobNumber,
                state == null ? List.of() : List.of(state),
                from,
                limit,
                (page, line) -> entries.add(page.entry(line)));
        return entries;
    }

    /// A page of what the destination has, by number, each with whether it was seen again in the
    /// source.
    ///
    /// @param from the smallest number
    public List<Sent> sent(long jobNumber, long from, int limit) {
        var sent = new ArrayList<Sent>();
        lines(
                jobNumber,
                List.of(State.SENT, State.DONE),
                from,
                limit,
                (page, line) -> sent.add(new Sent(page.entry(line), page.isReturned(line))));
        return sent;
    }

    private interface Reader {
        void read(Page page, int line);
    }

    /// @param states empty for all
    private void lines(long job, List<State> states, long from, int limit, Reader reader) {
        var found = 0;
        var next = from;
        while (found < limit) {
            var at = next;
            var page = store.in(handle -> LedgerPages.next(handle, job, states, at));
            if (page.isEmpty()) {
                return;
            }
            var lines = page.get();
            for (var line = lines.line(from); line < lines.size() && found < limit; line++) {
                if (states.isEmpty() || states.contains(lines.state(line))) {
                    reader.read(lines, line);
                    found++;
                }
            }
            next = lines.last() + 1;
        }
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

    private static void advance(Handle handle, Lease lease, List<Confirmed> confirmed, State state)
            throws SQLException {
        LedgerPages.change(
                handle,
                lease.number(),
                confirmed,
                Confirmed::number,
                (outcomes, line, each) -> outcomes.advance(line, state, each.position()));
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

    /// @param returned it was seen again in the source
    public record Sent(Entry entry, boolean returned) {}

    /// @param position where the message lies now; null where the broker did not say
    public record Confirmed(long number, MessageId message, @Nullable String position) {}
}
