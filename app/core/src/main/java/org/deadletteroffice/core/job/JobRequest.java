package org.deadletteroffice.core.job;

import org.deadletteroffice.spi.message.QueueRef;

/// What an operator asks a job to do. Kept in the store, so that any process can resume the job.
public sealed interface JobRequest
        permits RedriveRequest, PurgeRequest, RestoreRequest, ImportRequest, MoveRequest {
    /// The queue that the job is over: from which it takes, or into which it puts back.
    QueueRef source();

    /// For the audit trail.
    String reason();
}
