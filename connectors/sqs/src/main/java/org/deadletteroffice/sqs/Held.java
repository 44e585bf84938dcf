package org.deadletteroffice.sqs;

import org.deadletteroffice.spi.message.MessageId;

/// A message that this program received and hides. Guarded by its [Hold].
final class Held {
    final MessageId id;

    /// The number of its copy.
    final int copy;

    /// When it was sent, in milliseconds of the epoch; 0 where SQS does not say.
    final long sent;

    /// Of the latest receive; an older one removes nothing.
    String handle;

    /// On the clock of [System#nanoTime].
    long hiddenUntil;

    boolean gone;

    Held(MessageId id, int copy, long sent, String handle, long hiddenUntil) {
        this.id = id;
        this.copy = copy;
        this.sent = sent;
        this.handle = handle;
        this.hiddenUntil = hiddenUntil;
    }
}
