package org.deadletteroffice.sqs;

import org.deadletteroffice.spi.message.MessageId;

/// A message that this program received and hides. Guarded by its [Hold].
final class Held {
    final MessageId id;

    /// Its number within the visit: 0, 1, 2 …
    final int number;

    /// The number of its copy.
    final int copy;

    /// When it was sent, in milliseconds of the epoch; 0 where SQS does not say.
    final long sent;

    /// How often it was received so far; 0 where SQS does not say.
    int deliveries;

    /// Of the latest receive; an older one removes nothing.
    String handle;

    /// On the clock of [System#nanoTime].
    long hiddenUntil;

    boolean gone;

    Held(
            MessageId id,
            int number,
            int copy,
            long sent,
            int deliveries,
            String handle,
            long hiddenUntil) {
        this.id = id;
        this.number = number;
        this.copy = copy;
        this.sent = sent;
        this.deliveries = deliveries;
        this.handle = handle;
        this.hiddenUntil = hiddenUntil;
    }
}
