package org.deadletteroffice.spi.transfer;

import org.deadletteroffice.spi.message.QueueRef;

/// What a [Transfer] is opened for. Grows as a record; the interface does not.
///
/// @param jobId the job's id, stable over restarts: what the broker keeps as proof stands under it.
///     Letters, digits and `-`
/// @param source where the messages lie
/// @param destinationProfile the profile that sends; equal to the source's profile within one
///     broker
public record TransferPlan(String jobId, QueueRef source, String destinationProfile) {
    /// Only within one profile can a broker tie sending to the source (a transaction, an atomic
    /// move).
    public boolean withinOneBroker() {
        return source.profile().equals(destinationProfile);
    }
}
