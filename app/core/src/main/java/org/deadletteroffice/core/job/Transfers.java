package org.deadletteroffice.core.job;

import org.deadletteroffice.core.OperatorException;
import org.deadletteroffice.core.profile.Brokers;
import org.deadletteroffice.spi.error.BrokerException;
import org.deadletteroffice.spi.transfer.Transfer;
import org.deadletteroffice.spi.transfer.TransferPlan;

/// Opens the sending side of jobs, on the connection of the profile that sends.
final class Transfers {
    static Transfer open(Brokers brokers, Plan plan, String job)
            throws OperatorException, BrokerException {
        var profile = plan.destinationProfile();
        return brokers.connection(profile).transfer(new TransferPlan(job, plan.source(), profile));
    }

    private Transfers() {}
}
