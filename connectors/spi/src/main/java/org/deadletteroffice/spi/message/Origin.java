package org.deadletteroffice.spi.message;

import org.jspecify.annotations.Nullable;

/// Where a message lay before it died. Each part may be unknown.
///
/// @param queue the broker's name of the queue, topic or exchange
/// @param position offset or sequence within it, as the broker counts
public record Origin(@Nullable String queue, @Nullable Integer partition, @Nullable Long position) {
    public static final Origin UNKNOWN = new Origin(null, null, null);
}
