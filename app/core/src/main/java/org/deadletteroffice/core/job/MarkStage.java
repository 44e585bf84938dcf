package org.deadletteroffice.core.job;

import java.util.HashSet;
import java.util.List;
import org.deadletteroffice.core.OperatorException;
import org.deadletteroffice.core.ledger.JobRow;
import org.deadletteroffice.core.ledger.Ledger.Confirmed;
import org.deadletteroffice.core.profile.Brokers;
import org.deadletteroffice.spi.error.BrokerException;
import org.deadletteroffice.spi.message.MessageId;

/// The last stage of a run: writes SENT where the stage before did not, takes the messages from the
/// source, writes DONE. Where the source is a log, what was sent is resolved at once.
final class MarkStage {
    /// Batches that are written down together when the store is behind.
    private static final int TOGETHER = 8;

    private static final int MOST_REMOVED = 1_000;

    private final Brokers brokers;
    private final JobRow job;
    private final Progress progress;
    private final JobControl control;
    private final Handover<List<SendStage.Dispatched>> in;
    private final Backoff backoff;

    MarkStage(
            Brokers brokers,
            JobRow job,
            Progress progress,
            JobControl control,
            Handover<List<SendStage.Dispatched>> in) {
        this.brokers = brokers;
        this.job = job;
        this.progress = progress;
        this.control = control;
        this.backoff = control.backoff();
        this.in = in;
    }

    void run() throws OperatorException, BrokerException, InterruptedException {
        while (true) {
            var batches = in.takeAll(TOGETHER);
            if (batches.isEmpty()) {
                return;
            }
            var all = batches.stream().flatMap(List::stream).toList();
            var moved =
                    all.stream()
                            .filter(SendStage.Dispatched::moved)
                            .map(SendStage.Dispatched::confirmed)
                            .toList();
            var sent =
                    all.stream()
                            .filter(each -> !each.moved())
                            .map(SendStage.Dispatched::confirmed)
                            .toList();
            if (!moved.isEmpty()) {
                progress.sentAndRemoved(moved);
            }
            if (!sent.isEmpty()) {
                sent(sent);
            }
            in.worked();
        }
    }

    private void sent(List<Confirmed> confirmed)
            throws OperatorException, BrokerException, InterruptedException {
        var written = SendStage.writesSent(job);
        if (takesNothing(job) && written) {
            progress.removed(confirmed);
        } else if (takesNothing(job)) {
            progress.sentAndRemoved(confirmed);
        } else {
            if (!written) {
                progress.sent(confirmed);
            }
            remove(confirmed, false);
        }
    }

    /// Whether there is nothing to take from the source: a log keeps all, and what is put back came
    /// from the archive or a file.
    static boolean takesNothing(JobRow job) {
        return switch (job.kind()) {
            case REDRIVE, REPLAY, PURGE -> job.keeps();
            case RESTORE, IMPORT, MOVE -> true;
        };
    }

    /// Deals with messages that an earlier run wrote down as SENT, and may have removed.
    void settle(List<Confirmed> confirmed)
            throws OperatorException, BrokerException, InterruptedException {
        if (takesNothing(job)) {
            progress.removed(confirmed);
        } else {
            remove(confirmed, true);
        }
    }

    /// Takes messages from the source that were written down as SENT. Batches that were written
    /// down together may be more than a broker takes in one call.
    ///
    /// @param tried whether somebody tried to before, and nobody knows what came of it
    private void remove(List<Confirmed> confirmed, boolean tried)
            throws OperatorException, BrokerException, InterruptedException {
        for (var from = 0; from < confirmed.size(); from += MOST_REMOVED) {
            removeSome(
                    confirmed.subList(from, Math.min(confirmed.size(), from + MOST_REMOVED)),
                    tried);
        }
    }

    /// What is alike byte for byte is written down as done before it is removed, and its removal is
    /// never tried a second time: that might take another one, which was never sent. So it may stay
    /// and be sent again, and is not lost.
    private void removeSome(List<Confirmed> confirmed, boolean triedBefore)
            throws OperatorException, BrokerException, InterruptedException {
        var left = confirmed;
        var tried = triedBefore;
        while (true) {
            try {
                var broker = brokers.connection(job.source().profile());
                var all = left;
                var alike = broker.alike(job.source(), ids(all));
                if (!alike.isEmpty()) {
                    progress.removed(
                            all.stream().filter(each -> alike.contains(each.message())).toList());
                    left = all.stream().filter(each -> !alike.contains(each.message())).toList();
                }
                var again = tried;
                tried = true;
                var gone = new HashSet<>(broker.remove(job.source(), ids(again ? left : all)));
                backoff.succeeded();
                progress.removed(
                        left.stream().filter(each -> gone.contains(each.message())).toList());
                return;
            } catch (BrokerException failed) {
                var wait = backoff.after(failed);
                // Halted or not: what is in flight is finished, as long as the broker answers.
                if (wait.isEmpty() || control.awaitHalt(wait.get())) {
                    throw failed;
                }
            }
        }
    }

    private static List<MessageId> ids(List<Confirmed> confirmed) {
        return confirmed.stream().map(Confirmed::message).toList();
    }
}
