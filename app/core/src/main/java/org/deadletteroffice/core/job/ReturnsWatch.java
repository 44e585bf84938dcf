package org.deadletteroffice.core.job;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.deadletteroffice.core.OperatorException;
import org.deadletteroffice.core.cause.RedriveMark;
import org.deadletteroffice.core.ledger.JobRow;
import org.deadletteroffice.spi.connector.ObserverEffect;
import org.deadletteroffice.spi.connector.Scan;
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
        var from = row.watchPosition();
        try (var scan =
                brokers.connection(source.profile())
                        .scan(source, Cursor.parse(row.watchPosition()), Cursor.newest())) {
            for (var batch = scan.next(); batch.isPresent(); batch = scan.next()) {
                var counted = seen(row, batch.get(), from);
                if (counted.isEmpty()) {
                    // Another look counts what lies here.
                    return workshop.table().find(job).orElseThrow().returned();
                }
                returned = counted.get();
                from = batch.get().after().text();
            }
        }
        return returned;
    }

    /// By the mark that it was sent with; where whoever failed on it threw that away, by what it
    /// is.
    private Optional<Long> seen(JobRow row, Scan.Batch batch, String from) {
        var numbers = new ArrayList<Long>();
        Map<Long, Integer> contents = new HashMap<>();
        for (var letter : batch.messages()) {
            var number = RedriveHeaders.number(row.id(), letter.headers());
            if (number.isPresent()) {
                numbers.add(number.get());
            } else if (RedriveMark.of(letter.headers()).isEmpty()) {
                var content = ContentNumber.of(letter.key(), letter.payload());
                if (content != null) {
                    contents.merge(content, 1, Integer::sum);
                }
            }
        }
        return workshop.ledger()
                .returned(
                        row.id(),
                        row.lease().number(),
                        numbers,
                        contents,
                        from,
                        batch.after().text());
    }
}
