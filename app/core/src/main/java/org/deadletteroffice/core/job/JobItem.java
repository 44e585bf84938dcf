package org.deadletteroffice.core.job;

import org.deadletteroffice.spi.message.MessageId;
import org.jspecify.annotations.Nullable;

/// One message of a job.
///
/// @param position where it lies now, in the broker's words; null where unknown
/// @param reason why it failed or was excluded; null for others
public record JobItem(
        long sequence,
        MessageId message,
        State state,
        @Nullable String destination,
        @Nullable String position,
        @Nullable String redriveId,
        @Nullable String reason) {
    /// In the order of the ledger.
    public enum State {
        EXCLUDED,
        PLANNED,
        SENT,
        DONE,
        FAILED
    }
}
