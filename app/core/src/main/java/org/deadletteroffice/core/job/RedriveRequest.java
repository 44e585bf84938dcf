package org.deadletteroffice.core.job;

import java.util.List;
import org.deadletteroffice.spi.message.Cursor;
import org.deadletteroffice.spi.message.QueueRef;
import org.jspecify.annotations.Nullable;

/// What an operator asks for. A replay of one edited message is a redrive with a scope of one id.
///
/// @param until the snapshot that was reviewed; null: the queue's end when the job starts
/// @param destination the broker's name of the queue; null: each message's origin
/// @param destinationProfile null: the source's
/// @param replaceKey null: key as it came
/// @param keepTimestamp send with the original timestamp rather than now
/// @param keepFailureHeaders false: what tells of the death is dropped
/// @param maxReturns a message that came back this often is poison, and left out
/// @param includeResolved also what was redriven before and lies there still
/// @param includeOvertaken also where a newer message of the key was consumed since
/// @param forced allows a destination equal to the source
/// @param reason for the audit trail
public record RedriveRequest(
        QueueRef source,
        Scope scope,
        @Nullable Cursor until,
        @Nullable String destination,
        @Nullable String destinationProfile,
        Change change,
        byte @Nullable [] replaceKey,
        List<HeaderEdit> headerEdits,
        boolean keepTimestamp,
        boolean keepFailureHeaders,
        Pace pace,
        int maxReturns,
        boolean includeResolved,
        boolean includeOvertaken,
        boolean forced,
        String reason)
        implements JobRequest {
    public static final int DEFAULT_MAX_RETURNS = 3;

    /// One that leaves out what was overtaken.
    public RedriveRequest(
            QueueRef source,
            Scope scope,
            @Nullable Cursor until,
            @Nullable String destination,
            @Nullable String destinationProfile,
            Change change,
            byte @Nullable [] replaceKey,
            List<HeaderEdit> headerEdits,
            boolean keepTimestamp,
            boolean keepFailureHeaders,
            Pace pace,
            int maxReturns,
            boolean includeResolved,
            boolean forced,
            String reason) {
        this(
                source,
                scope,
                until,
                destination,
                destinationProfile,
                change,
                replaceKey,
                headerEdits,
                keepTimestamp,
                keepFailureHeaders,
                pace,
                maxReturns,
                includeResolved,
                false,
                forced,
                reason);
    }

    /// To each message's origin, unchanged, at full speed.
    public static RedriveRequest toOrigin(QueueRef source, Scope scope) {
        return new RedriveRequest(
                source,
                scope,
                null,
                null,
                null,
                new Change.None(),
                null,
                List.of(),
                false,
                false,
                Pace.FULL,
                DEFAULT_MAX_RETURNS,
                false,
                false,
                "");
    }

    /// The same with other headers.
    public RedriveRequest with(HeaderPolicy policy) {
        return new RedriveRequest(
                source,
                scope,
                until,
                destination,
                destinationProfile,
                change,
                replaceKey,
                policy.edits(),
                policy.keepTimestamp(),
                policy.keepFailureHeaders(),
                pace,
                maxReturns,
                includeResolved,
                includeOvertaken,
                forced,
                reason);
    }

    /// The same over what was reviewed.
    public RedriveRequest upTo(Cursor reviewed) {
        return over(scope, reviewed);
    }

    /// The same over what was not sent yet: a log holds what was, as resolved.
    RedriveRequest rest(Cursor reviewed) {
        return new RedriveRequest(
                source,
                scope,
                reviewed,
                destination,
                destinationProfile,
                change,
                replaceKey,
                headerEdits,
                keepTimestamp,
                keepFailureHeaders,
                pace,
                maxReturns,
                false,
                includeOvertaken,
                forced,
                reason);
    }

    /// The same with another scope.
    RedriveRequest over(Scope other, Cursor end) {
        return new RedriveRequest(
                source,
                other,
                end,
                destination,
                destinationProfile,
                change,
                replaceKey,
                headerEdits,
                keepTimestamp,
                keepFailureHeaders,
                pace,
                maxReturns,
                includeResolved,
                includeOvertaken,
                forced,
                reason);
    }

    /// The same with what was overtaken.
    public RedriveRequest withOvertaken() {
        return new RedriveRequest(
                source,
                scope,
                until,
                destination,
                destinationProfile,
                change,
                replaceKey,
                headerEdits,
                keepTimestamp,
                keepFailureHeaders,
                pace,
                maxReturns,
                includeResolved,
                true,
                forced,
                reason);
    }
}
