package org.deadletteroffice.core.job;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.deadletteroffice.core.ledger.Counts;
import org.deadletteroffice.core.ledger.Entry;
import org.deadletteroffice.core.ledger.Lease;
import org.deadletteroffice.core.ledger.Ledger;
import org.deadletteroffice.core.ledger.Ledger.Confirmed;

/// What one run has done, in memory and in the ledger alike: each act is written first and counts
/// when it is durable. The stages of a run take turns here, since counts are written whole.
final class Progress {
    /// So that a broker which words each refusal anew does not fill the store.
    private static final int MOST_REASONS = 50;

    private static final int LONGEST_REASON = 400;
    private static final String OTHER = "other reasons";

    private final Ledger ledger;
    private final Lease lease;
    private final int queue;
    private final Map<String, Long> reasons;
    private final JobControl control;
    private volatile Counts counts;
    private volatile boolean unwritten;

    Progress(
            Ledger ledger,
            Lease lease,
            int queue,
            Counts counts,
            Map<String, Long> reasons,
            JobControl control) {
        this.control = control;
        this.ledger = ledger;
        this.lease = lease;
        this.queue = queue;
        this.counts = counts;
        this.reasons = new HashMap<>(reasons);
    }

    /// Never waits for an act that is being written.
    Counts counts() {
        return counts;
    }

    /// A reason as it is kept: short, and one of not too many.
    synchronized String reason(String sentence) {
        var text =
                sentence.length() > LONGEST_REASON
                        ? sentence.substring(0, LONGEST_REASON) + "…"
                        : sentence;
        if (!reasons.containsKey(text)) {
            if (reasons.size() >= MOST_REASONS) {
                text = OTHER;
            }
            reasons.putIfAbsent(text, 0L);
        }
        return text;
    }

    synchronized void planned(List<Entry> entries, String position, boolean complete)
            throws InterruptedException {
        var excluded =
                entries.stream().filter(entry -> entry.state() == Entry.State.EXCLUDED).toList();
        var next =
                counts.plusExcluded(excluded.size()).plusPlanned(entries.size() - excluded.size());
        var changed =
                counted(excluded.stream().map(entry -> String.valueOf(entry.reason())).toList());
        written(() -> ledger.planned(lease, queue, entries, position, complete, next, changed));
        counts = next;
        reasons.putAll(changed);
    }

    synchronized void failed(Map<Long, String> reasonByNumber) throws InterruptedException {
        var next = counts.plusFailed(reasonByNumber.size());
        var changed = counted(reasonByNumber.values());
        written(() -> ledger.failed(lease, reasonByNumber, next, changed));
        counts = next;
        reasons.putAll(changed);
    }

    synchronized void sent(List<Confirmed> confirmed) throws InterruptedException {
        var next = counts.plusSent(confirmed.size());
        done(() -> ledger.sent(lease, confirmed, next));
        counts = next;
    }

    synchronized void removed(List<Confirmed> confirmed) throws InterruptedException {
        var next = counts.plusRemoved(confirmed.size());
        done(() -> ledger.done(lease, confirmed, next));
        counts = next;
    }

    synchronized void sentAndRemoved(List<Confirmed> confirmed) throws InterruptedException {
        var next = counts.plusSent(confirmed.size()).plusRemoved(confirmed.size());
        done(() -> ledger.done(lease, confirmed, next));
        counts = next;
    }

    /// The broker is about to be asked to move the messages by itself.
    ///
    /// @param note by which whoever resumes the job finds out what came of it; empty when the
    ///     broker said no
    synchronized void handingOver(String note) throws InterruptedException {
        written(() -> ledger.planned(lease, queue, List.of(), note, false, counts, Map.of()));
    }

    /// The broker moves the messages by itself.
    ///
    /// @param handle by which the broker knows the move
    synchronized void handedOver(String handle) throws InterruptedException {
        written(() -> ledger.planned(lease, queue, List.of(), handle, true, counts, Map.of()));
    }

    /// @param moved how many the broker has moved so far
    /// @param expected how many it will have moved, as far as that is known; 0 once it is done
    synchronized void moved(long moved, long expected) throws InterruptedException {
        var next = new Counts(Math.max(moved, expected), moved, moved, 0, 0);
        if (next.equals(counts)) {
            return;
        }
        written(() -> ledger.done(lease, List.of(), next));
        counts = next;
    }

    /// Whether something was done at the broker that could not be written down: the job must not
    /// end as if it were settled.
    boolean isUnwritten() {
        return unwritten;
    }

    private void done(Runnable act) throws InterruptedException {
        unwritten = true;
        written(act);
        unwritten = false;
    }

    private void written(Runnable act) throws InterruptedException {
        var _ =
                control.durably(
                        () -> {
                            act.run();
                            return Boolean.TRUE;
                        });
    }

    private Map<String, Long> counted(Collection<String> told) {
        var changed = new HashMap<String, Long>();
        for (var reason : told) {
            changed.merge(reason, 1L, Long::sum);
        }
        changed.replaceAll((reason, more) -> reasons.getOrDefault(reason, 0L) + more);
        return changed;
    }
}
