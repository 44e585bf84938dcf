package org.deadletteroffice.core.job;

import org.deadletteroffice.spi.message.Cursor;
import org.deadletteroffice.spi.message.QueueRef;
import org.jspecify.annotations.Nullable;

/// Takes messages out of a queue for good: removed where the broker can remove one, resolved and
/// trimmed where the queue is a log.
///
/// @param until the snapshot that was reviewed; null: the queue's end when the job starts
/// @param archived whether a copy of each is kept first, from which it can be restored; waiving it
///     is final
/// @param trimmed whether a log is trimmed up to its first unresolved message at the end; otherwise
///     its messages are only hidden as resolved
public record PurgeRequest(
        QueueRef source,
        Scope scope,
        @Nullable Cursor until,
        boolean archived,
        boolean trimmed,
        String reason)
        implements JobRequest {
    /// With a copy of each, and a log trimmed.
    public static PurgeRequest of(QueueRef source, Scope scope) {
        return new PurgeRequest(source, scope, null, true, true, "");
    }

    /// The same over what was reviewed.
    public PurgeRequest upTo(Cursor reviewed) {
        return new PurgeRequest(source, scope, reviewed, archived, trimmed, reason);
    }
}
