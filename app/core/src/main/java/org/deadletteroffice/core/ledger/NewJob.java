package org.deadletteroffice.core.ledger;

import org.deadletteroffice.core.job.JobKind;
import org.deadletteroffice.spi.message.QueueRef;
import org.deadletteroffice.spi.transfer.Guarantee;

/// A job to be written down.
///
/// @param identity of the source; see [org.deadletteroffice.spi.message.QueueInfo#identity]
/// @param until end of the frozen scope
/// @param watchFrom the source's end now: what comes back comes behind it
public record NewJob(
        String id,
        JobKind kind,
        String request,
        QueueRef source,
        String identity,
        boolean keeps,
        String until,
        String watchFrom,
        Guarantee guarantee,
        String destination,
        String scope,
        String operator,
        String reason) {}
