package org.deadletteroffice.core.job;

import java.util.List;
import org.deadletteroffice.spi.message.MessageId;
import org.deadletteroffice.spi.message.QueueRef;

/// Puts the archived messages of an earlier job back into the queue they lay in.
///
/// @param source the queue of the earlier job
/// @param job the earlier job
/// @param ids which of its messages, by the ids they had; empty: all that it took away
public record RestoreRequest(QueueRef source, String job, List<MessageId> ids, String reason)
        implements JobRequest {
    public RestoreRequest {
        ids = List.copyOf(ids);
    }
}
