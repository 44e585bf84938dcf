package org.deadletteroffice.desktop.overview;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.deadletteroffice.desktop.control.Tone;
import org.deadletteroffice.spi.message.QueueRef;
import org.jspecify.annotations.Nullable;

/// The rows of the overview's tables.
final class OverviewRow {
    /// @param change messages more than an hour ago (negative: fewer); null where not known
    /// @param oldest age of the oldest message; null where not known
    /// @param vanishes what the broker does to old messages, in words; may be empty
    record DeadLetters(
            QueueRef ref,
            long depth,
            String depthText,
            @Nullable Long change,
            List<Double> trend,
            @Nullable Duration oldest,
            String fedBy,
            String vanishes) {}

    /// @param lag null where it cannot be known
    /// @param growth messages per second by which the lag grows; null where not known
    /// @param clear when the lag will be gone, in words
    /// @param tone how urgent it looks
    record Consumer(
            String group,
            String profile,
            String reads,
            @Nullable Long lag,
            @Nullable Double growth,
            String clear,
            String state,
            Tone tone,
            String note) {}

    /// Something that was done.
    record Activity(Instant time, Tone tone, String sentence, @Nullable String job) {}

    private OverviewRow() {}
}
