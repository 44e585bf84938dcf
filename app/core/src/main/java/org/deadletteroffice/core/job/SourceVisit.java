package org.deadletteroffice.core.job;

import org.deadletteroffice.core.OperatorException;
import org.deadletteroffice.core.ledger.JobRow;
import org.deadletteroffice.core.profile.Brokers;
import org.deadletteroffice.spi.connector.Browse;
import org.deadletteroffice.spi.error.BrokerException;
import org.jspecify.annotations.Nullable;

/// Keeps the source of a run open from its first message to its last. A broker that has to take
/// messages to find them would else give the rest back after each removal, at the price of a look,
/// and find them under other names the next time. One thread at a time.
final class SourceVisit implements AutoCloseable {
    private final Brokers brokers;
    private final JobRow job;
    private final JobControl control;
    private @Nullable Browse visit;

    SourceVisit(Brokers brokers, JobRow job, JobControl control) {
        this.brokers = brokers;
        this.job = job;
        this.control = control;
    }

    /// Does nothing for a run that takes nothing from its source.
    void open() throws OperatorException, BrokerException, InterruptedException {
        var backoff = control.backoff();
        while (visit == null && !MarkStage.takesNothing(job)) {
            try {
                visit = brokers.connection(job.source().profile()).takeFrom(job.source());
                backoff.succeeded();
            } catch (BrokerException failed) {
                var wait = backoff.after(failed);
                if (wait.isEmpty() || control.awaitHalt(wait.get())) {
                    throw failed;
                }
            }
        }
    }

    @Override
    public void close() {
        if (visit != null) {
            visit.close();
        }
    }
}
