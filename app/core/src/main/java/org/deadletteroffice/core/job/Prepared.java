package org.deadletteroffice.core.job;

import java.time.Instant;
import org.deadletteroffice.spi.message.DeadLetter;
import org.deadletteroffice.spi.message.Headers;
import org.deadletteroffice.spi.transfer.Outgoing;
import org.jspecify.annotations.Nullable;

/// What the plan makes of one message.
sealed interface Prepared {
    DeadLetter original();

    /// @param reason the same words for all messages that are left out for it
    record Excluded(DeadLetter original, String reason) implements Prepared {}

    /// @param headers without this program's own, which [#outgoing] adds
    /// @param redriven how often it was redriven before; null: it goes as it is, without this
    ///     program's marks
    record Ready(
            DeadLetter original,
            String destination,
            @Nullable Integer partition,
            byte @Nullable [] key,
            byte @Nullable [] payload,
            Headers headers,
            @Nullable Instant timestamp,
            @Nullable Integer redriven)
            implements Prepared {
        /// Without this program's marks.
        static Ready asItIs(DeadLetter letter, String destination, @Nullable Instant timestamp) {
            return new Ready(
                    letter,
                    destination,
                    null,
                    letter.key(),
                    letter.payload(),
                    letter.headers(),
                    timestamp,
                    null);
        }

        /// @param number its place in the job
        /// @param sequence its place among those to send
        Outgoing outgoing(String job, long number, long sequence) {
            return new Outgoing(
                    sequence,
                    original,
                    destination,
                    partition,
                    key,
                    payload,
                    redriven == null
                            ? headers
                            : headers.plus(RedriveHeaders.of(job, number, redriven + 1)),
                    timestamp);
        }
    }
}
