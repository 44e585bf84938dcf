package org.deadletteroffice.spi.transfer;

import java.time.Instant;
import org.deadletteroffice.spi.message.DeadLetter;
import org.deadletteroffice.spi.message.Headers;
import org.jspecify.annotations.Nullable;

/// One message on its way out: what is sent, and what it was.
///
/// @param sequence its place in the job, from 0, without gaps, in the order of sending
/// @param original as it lay in the source
/// @param destination the broker's name of the queue, topic or exchange
/// @param partition where the broker has partitions and this one shall be used if it still exists;
///     null: by key
/// @param timestamp to send with, where the broker takes one; null: now
public record Outgoing(
        long sequence,
        DeadLetter original,
        String destination,
        @Nullable Integer partition,
        byte @Nullable [] key,
        byte @Nullable [] payload,
        Headers headers,
        @Nullable Instant timestamp) {
    /// Safe for logs: no bytes.
    @Override
    public String toString() {
        return original + " → " + destination;
    }
}
