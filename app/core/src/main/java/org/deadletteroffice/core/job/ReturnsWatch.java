package org.deadletteroffice.core.job;

import java.util.ArrayList;
import java.util.List;
import org.deadletteroffice.core.OperatorException;
import org.deadletteroffice.core.ledger.JobRow;
import org.deadletteroffice.spi.connector.ObserverEffect;
import org.deadletteroffice.spi.error.BrokerException;
import org.deadletteroffice.spi.message.Cursor;

/// Looks for a job's messages among what arrived in its source since it began.
final class ReturnsWatch {
    private final Workshop workshop;

    ReturnsWatch(Workshop workshop) {
        this.workshop = workshop;
    }

    /// Looks once through what is new.
    ///
    /// @return how many of the job came back so far; not looked for where looking leaves a trace in
    ///     the queue
    long look(String job) throws OperatorException, BrokerException {
        var row = workshop.table().find(job).orElseThrow();
        var brokers = workshop.brokers();
        var source = row.source();
        if (!(brokers.capabilities(source).observerEffect() instanceof ObserverEffect.None)) {
            return row.returned();
        }
        var returned = row.returned();
        try (var scan =
                brokers.connection(source.profile())
                        .scan(source, Cursor.parse(row.watchPosition()), Cursor.newest())) {
            for (var batch = scan.next(); batch.isPresent(); batch = scan.next()) {
                var numbers = new ArrayList<Long>();
                for (var letter : batch.get().messages()) {
                    RedriveHeaders.number(job, letter.headers()).ifPresent(numbers::add);
                }
                returned = seen(row, numbers, batch.get().after());
            }
        }
        return returned;
    }

    private long seen(JobRow row, List<Long> numbers, Cursor after) {
        return workshop.ledger().returned(row.id(), row.lease().number(), numbers, after.text());
    }
}
