package org.deadletteroffice.spi.transfer;

import org.deadletteroffice.spi.message.QueueRef;

/// What a [Transfer] is opened for. Grows as a record; the interface does not.
///
/// @param jobId the job's id, stable over restarts: what the broker keeps as proof stands under it.
///     Letters, digits and `-`
/// @param source where the messages lie
/// @param destinationProfile the profile that sends; equal to the source's profile within one
///     broker
/// @param ofOneKind whether source and destination are brokers of one kind: what the source's
///     messages have, the destination's have too
public record TransferPlan(
        String jobId, QueueRef source, String destinationProfile, boolean ofOneKind) {
    /// Within one broker, or to another one of which no more is known.
    public TransferPlan(String jobId, QueueRef source, String destinationProfile) {
        this(jobId, source, destinationProfile, source.profile().equals(destinationProfile));
    }

    /// Only within one profile can a broker tie sending to the source (a transaction, an atomic
    /// move).
    public boolean withinOneBroker() {
        return source.profile().equals(destinationProfile);
    }
}
