package org.deadletteroffice.desktop.overview;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.deadletteroffice.core.Durations;
import org.deadletteroffice.core.metrics.Sample;
import org.deadletteroffice.desktop.control.Tone;
import org.deadletteroffice.desktop.text.Amounts;
import org.deadletteroffice.desktop.text.ConsumerWords;
import org.deadletteroffice.spi.message.ConsumerInfo;
import org.deadletteroffice.spi.message.QueueInfo;
import org.deadletteroffice.spi.message.QueueRef;
import org.jspecify.annotations.Nullable;

/// The rows of the overview's tables.
final class OverviewRow {
    private static final Duration CHANGE_OVER = Duration.ofHours(1);
    private static final Duration LEAST_CHANGE_TIME = Duration.ofMinutes(1);

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
            String vanishes) {
        /// @param samples of its depth, oldest first
        static DeadLetters of(QueueInfo queue, List<Sample> samples, Instant now) {
            var since = queue.oldest();
            var keeps = queue.vanishesAfter();
            return new DeadLetters(
                    queue.ref(),
                    queue.depth().value(),
                    Amounts.of(queue.depth()),
                    hourlyChange(samples),
                    samples.stream().map(sample -> (double) sample.value()).toList(),
                    since == null ? null : Duration.between(since, now),
                    queue.feeds().isEmpty() ? Amounts.UNKNOWN : String.join(", ", queue.feeds()),
                    keeps == null
                            ? ""
                            : "The broker keeps a message for " + Durations.words(keeps) + ".");
        }
    }

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
            String note) {
        static Consumer of(String profile, ConsumerInfo consumer) {
            var note = consumer.note();
            return new Consumer(
                    consumer.group(),
                    profile,
                    consumer.queue().name(),
                    consumer.lag(),
                    consumer.growth(),
                    ConsumerWords.clear(consumer),
                    consumer.state(),
                    ConsumerWords.tone(consumer),
                    note == null ? "" : note);
        }
    }

    /// Something that was done.
    record Activity(Instant time, Tone tone, String sentence, @Nullable String job) {}

    /// Per hour, from what was seen over the last hour; null where that is too little.
    static @Nullable Long hourlyChange(List<Sample> samples) {
        if (samples.size() < 2) {
            return null;
        }
        var last = samples.getLast();
        var since = last.time().minus(CHANGE_OVER);
        var first =
                samples.stream()
                        .filter(sample -> !sample.time().isBefore(since))
                        .findFirst()
                        .orElse(last);
        var time = Duration.between(first.time(), last.time());
        if (time.compareTo(LEAST_CHANGE_TIME) < 0) {
            return null;
        }
        var difference = last.value() - first.value();
        return Math.round(difference * (double) CHANGE_OVER.toMillis() / time.toMillis());
    }

    private OverviewRow() {}
}
