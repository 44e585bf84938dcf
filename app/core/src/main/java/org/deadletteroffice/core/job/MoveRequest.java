package org.deadletteroffice.core.job;

import org.deadletteroffice.spi.message.QueueRef;
import org.jspecify.annotations.Nullable;

/// Hands a whole queue over to the broker's own mover, for more messages than are worth carrying
/// through this program. They go as they are, with what tells of their death; no copies are kept,
/// and what dies while the move runs goes too.
///
/// @param destination the broker's name of the queue; null: each message's origin
/// @param perSecond null: as fast as the broker likes
/// @param reviewed how many messages the rehearsal told of; null: it was not rehearsed
public record MoveRequest(
        QueueRef source,
        @Nullable String destination,
        @Nullable Integer perSecond,
        @Nullable Long reviewed,
        String reason)
        implements JobRequest {
    /// One that was not rehearsed yet.
    public MoveRequest(
            QueueRef source,
            @Nullable String destination,
            @Nullable Integer perSecond,
            String reason) {
        this(source, destination, perSecond, null, reason);
    }

    /// The same after its rehearsal.
    public MoveRequest after(MovePreview preview) {
        return new MoveRequest(source, destination, perSecond, preview.messages().value(), reason);
    }
}
