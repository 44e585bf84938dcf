package org.deadletteroffice.core.job;

import java.util.List;
import org.deadletteroffice.core.OperatorException;
import org.deadletteroffice.spi.error.BrokerException;
import org.deadletteroffice.spi.transfer.Guarantee;
import org.deadletteroffice.spi.transfer.Outgoing;
import org.deadletteroffice.spi.transfer.Transfer;
import org.deadletteroffice.spi.transfer.TransferEvent;
import org.jspecify.annotations.Nullable;

/// Asks a destination what it would refuse, through a transfer of its own that fences nobody. Mends
/// a lost broker for a while. One thread at a time.
final class Asking implements AutoCloseable {
    private final Workshop workshop;
    private final Plan plan;
    private final String name;
    private final JobControl control;
    private final Backoff backoff;
    private @Nullable Transfer transfer;

    Asking(Workshop workshop, Plan plan, String job, JobControl control) {
        this.workshop = workshop;
        this.plan = plan;
        this.name = job + "-ask";
        this.control = control;
        this.backoff = control.backoff();
    }

    private Transfer open() throws OperatorException, BrokerException {
        var open = transfer;
        if (open == null) {
            open = Transfers.open(workshop.brokers(), plan, name);
            transfer = open;
        }
        return open;
    }

    Guarantee guarantee() throws OperatorException, BrokerException {
        return open().guarantee();
    }

    List<TransferEvent> rehearse(List<Outgoing> batch)
            throws OperatorException, BrokerException, InterruptedException {
        while (true) {
            try {
                var refused = open().rehearse(batch);
                backoff.succeeded();
                return refused;
            } catch (BrokerException failed) {
                release();
                var wait = backoff.after(failed);
                if (wait.isEmpty() || !control.goAfter(wait.get())) {
                    throw failed;
                }
            }
        }
    }

    private void release() {
        if (transfer != null) {
            transfer.close();
            transfer = null;
        }
    }

    @Override
    public void close() {
        if (transfer != null) {
            transfer.forget();
        }
        release();
    }
}
