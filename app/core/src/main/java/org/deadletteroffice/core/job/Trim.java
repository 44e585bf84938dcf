package org.deadletteroffice.core.job;

import org.deadletteroffice.core.OperatorException;
import org.deadletteroffice.core.ledger.JobRow;
import org.deadletteroffice.core.ledger.LedgerFates.Known;
import org.deadletteroffice.spi.error.BrokerException;
import org.deadletteroffice.spi.message.Cursor;
import org.deadletteroffice.spi.message.Numerals;

/// Takes the resolved messages at the beginning of a log away for good: up to the first message, in
/// the queue's own order, that nobody has dealt with.
final class Trim {
    private final Workshop workshop;
    private final JobRow job;

    Trim(Workshop workshop, JobRow job) {
        this.workshop = workshop;
        this.job = job;
    }

    /// @return what it did, in words
    String run() throws OperatorException, BrokerException {
        var source = job.source();
        var connection = workshop.brokers().connection(source.profile());
        if (!connection.capabilities(source).purge()) {
            return "They are hidden as resolved; this log cannot be trimmed.";
        }
        var until = firstUnresolved();
        var gone = connection.purge(source, until).count();
        return "The log was trimmed by %s.".formatted(Numerals.of(gone.value()))
                + (until instanceof Cursor.Before(var id)
                        ? " What lies behind "
                                + id
                                + ", the first that is not resolved, is hidden as resolved."
                        : "");
    }

    private Cursor firstUnresolved() throws OperatorException, BrokerException {
        var source = job.source();
        var until = Cursor.parse(job.until());
        try (var scan =
                workshop.brokers()
                        .connection(source.profile())
                        .scan(source, Cursor.oldest(), until)) {
            for (var batch = scan.next(); batch.isPresent(); batch = scan.next()) {
                var letters = batch.get().messages();
                var known = workshop.fates().known(job.queue(), -1, letters);
                for (var letter : letters) {
                    if (known.getOrDefault(letter.id(), Known.NOTHING).resolvedBy() == null) {
                        return new Cursor.Before(letter.id());
                    }
                }
            }
        }
        return until;
    }
}
