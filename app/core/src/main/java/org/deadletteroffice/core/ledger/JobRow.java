package org.deadletteroffice.core.ledger;

import java.time.Instant;
import org.deadletteroffice.core.job.JobKind;
import org.deadletteroffice.core.job.JobState;
import org.deadletteroffice.core.store.ProcessId;
import org.deadletteroffice.spi.message.QueueRef;
import org.deadletteroffice.spi.transfer.Guarantee;
import org.jspecify.annotations.Nullable;

/// A job as it stands in the store.
///
/// @param request what was asked for, as JSON
/// @param queue the source as items name it
/// @param keeps whether the source keeps what was sent (a log)
/// @param planPosition from where planning goes on; null at the beginning
/// @param wish what was asked of it last
/// @param watchPosition from where the source is to be looked through for messages that came back
/// @param owner the process that runs or ran it
/// @param claim names the taking over by which it runs; empty for the process that created it
public record JobRow(
        Lease lease,
        JobKind kind,
        JobState state,
        String request,
        QueueRef source,
        int queue,
        boolean keeps,
        String until,
        @Nullable String planPosition,
        boolean planComplete,
        boolean canaryPassed,
        Guarantee guarantee,
        String destination,
        String scope,
        Counts counts,
        long returned,
        String watchPosition,
        Instant started,
        @Nullable Instant ended,
        @Nullable Double rate,
        String operator,
        String reason,
        String sentence,
        @Nullable Wish wish,
        ProcessId owner,
        String claim,
        Instant heartbeat) {
    public String id() {
        return lease.job();
    }
}
