package org.deadletteroffice.core.job;

import org.deadletteroffice.core.OperatorException;
import org.deadletteroffice.core.ledger.JobRow;
import org.deadletteroffice.core.profile.Brokers;
import org.deadletteroffice.spi.error.BrokerException;
import org.deadletteroffice.spi.transfer.Guarantee;
import org.deadletteroffice.spi.transfer.Transfer;
import org.deadletteroffice.spi.transfer.TransferPlan;

/// Opens the sending side of jobs, on the connection of the profile that sends.
final class Transfers {
    static Transfer open(Brokers brokers, Plan plan, String job)
            throws OperatorException, BrokerException {
        var to = plan.destinationProfile();
        var from = plan.source().profile();
        var ofOneKind = to.equals(from) || brokers.kind(to).equals(brokers.kind(from));
        return brokers.connection(to).transfer(new TransferPlan(job, plan.source(), to, ofOneKind));
    }

    /// A job that began with the broker's proof goes on with it only: without, what was sent and
    /// not yet written down would be sent again.
    ///
    /// @param sent messages that are written down as sent
    /// @throws OperatorException REFUSED when the proof is gone, or covers less than was sent
    static void checkProof(JobRow job, Transfer transfer, long sent)
            throws OperatorException, BrokerException {
        if (job.guarantee() != Guarantee.EXACTLY_ONCE) {
            return;
        }
        if (transfer.guarantee() != Guarantee.EXACTLY_ONCE) {
            throw refused(
                    "The broker does not prove any more what this job sent, as it did at its start.",
                    "Give the profile back the rights it had and resume the job. Or abandon it and"
                            + " start a new one, which may send the last batches a second time.");
        }
        if (transfer.provenPosition().orElse(0) < sent) {
            throw refused(
                    "The broker has forgotten what it proved of this job.",
                    "Abandon it and start a new one, which may send the last batches a second"
                            + " time.");
        }
    }

    private static OperatorException refused(String sentence, String remedy) {
        return new OperatorException(OperatorException.Kind.REFUSED, sentence, remedy);
    }

    private Transfers() {}
}
