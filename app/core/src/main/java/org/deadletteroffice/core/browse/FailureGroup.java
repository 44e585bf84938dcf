package org.deadletteroffice.core.browse;

import java.time.Instant;
import java.util.List;
import org.deadletteroffice.spi.message.MessageId;
import org.jspecify.annotations.Nullable;

/// Equal failures of one queue.
///
/// @param type null where no cause is known
/// @param message a real one of the group, unfolded
/// @param origins the queues they came from
/// @param returnedShare of those redriven, how many came back: 0 to 1; null when none was redriven
/// @param trend counts in 24 equal spans of time between the queue's first and last death, oldest
///     first
/// @param sample one message of the group
public record FailureGroup(
        String fingerprint,
        @Nullable String type,
        @Nullable String message,
        long count,
        @Nullable Instant first,
        @Nullable Instant last,
        List<String> origins,
        @Nullable Double returnedShare,
        int poison,
        List<Long> trend,
        MessageId sample) {
    public FailureGroup {
        origins = List.copyOf(origins);
        trend = List.copyOf(trend);
    }
}
