package org.deadletteroffice.core.ledger;

/// Another process has taken the job over; whatever this one still does must end without a trace.
public final class LeaseLost extends RuntimeException {
    LeaseLost(Lease lease) {
        super("the job " + lease.job() + " was taken over by another process");
    }
}
