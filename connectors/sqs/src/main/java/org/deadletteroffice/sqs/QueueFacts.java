package org.deadletteroffice.sqs;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.deadletteroffice.spi.message.Count;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/// What GetQueueAttributes says of a queue. Counts are approximate, and up to a minute old.
///
/// @param asked when SQS answered, in milliseconds of the epoch, by its own clock where that
///     differs from this machine's
record QueueFacts(
        QueueAddress address,
        long visible,
        long inFlight,
        long delayed,
        String arn,
        String created,
        Duration retention,
        int maxBytes,
        Optional<RedrivePolicy> redrive,
        List<String> allows,
        long asked) {
    static QueueFacts of(
            QueueAddress address, Map<QueueAttributeName, String> attributes, long asked) {
        return new QueueFacts(
                address,
                number(attributes, QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES, 0),
                number(
                        attributes,
                        QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_NOT_VISIBLE,
                        0),
                number(attributes, QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_DELAYED, 0),
                attributes.getOrDefault(QueueAttributeName.QUEUE_ARN, ""),
                attributes.getOrDefault(QueueAttributeName.CREATED_TIMESTAMP, ""),
                Duration.ofSeconds(
                        number(attributes, QueueAttributeName.MESSAGE_RETENTION_PERIOD, 0)),
                maxBytes(attributes),
                RedrivePolicy.read(attributes.get(QueueAttributeName.REDRIVE_POLICY)),
                RedrivePolicy.allowed(attributes.get(QueueAttributeName.REDRIVE_ALLOW_POLICY)),
                asked);
    }

    static int maxBytes(Map<QueueAttributeName, String> attributes) {
        return (int)
                number(
                        attributes,
                        QueueAttributeName.MAXIMUM_MESSAGE_SIZE,
                        MessageLimits.MOST_BYTES);
    }

    private static long number(
            Map<QueueAttributeName, String> attributes, QueueAttributeName name, long absent) {
        var text = attributes.get(name);
        return text == null || !text.matches("\\d{1,18}") ? absent : Long.parseLong(text);
    }

    /// All that lie in the queue, hidden and delayed ones included.
    Count depth() {
        return Count.approximate(visible + inFlight + delayed);
    }

    /// Changes when the queue is made anew: SQS keeps a deleted name for a minute.
    String identity() {
        return created.isEmpty() ? address.name() : address.name() + "@" + created;
    }

    /// After so many receives the next look moves a message on; null where none does.
    @Nullable Integer lookLimit() {
        return redrive.map(RedrivePolicy::maxReceives).orElse(null);
    }
}
