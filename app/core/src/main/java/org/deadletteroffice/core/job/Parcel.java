package org.deadletteroffice.core.job;

import org.deadletteroffice.core.ledger.Ledger.Confirmed;
import org.deadletteroffice.spi.transfer.Outgoing;
import org.jspecify.annotations.Nullable;

/// A message that the ledger has planned, on its way out.
///
/// @param number its place in the job
record Parcel(long number, Outgoing outgoing) {
    Confirmed confirmed(@Nullable String position) {
        return new Confirmed(number, outgoing.original().id(), position);
    }
}
