package org.deadletteroffice.core.ledger;

/// How many messages of a job stand where.
///
/// @param planned to be sent, those sent or failed since included
/// @param sent confirmed, those removed since included
public record Counts(long planned, long sent, long removed, long excluded, long failed) {
    public static final Counts NONE = new Counts(0, 0, 0, 0, 0);

    public Counts plusPlanned(long more) {
        return new Counts(planned + more, sent, removed, excluded, failed);
    }

    public Counts plusSent(long more) {
        return new Counts(planned, sent + more, removed, excluded, failed);
    }

    public Counts plusRemoved(long more) {
        return new Counts(planned, sent, removed + more, excluded, failed);
    }

    public Counts plusExcluded(long more) {
        return new Counts(planned, sent, removed, excluded + more, failed);
    }

    public Counts plusFailed(long more) {
        return new Counts(planned, sent, removed, excluded, failed + more);
    }
}
