package org.deadletteroffice.kafka;

import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.deadletteroffice.spi.message.QueueRole;

/// What a topic's name tells by convention.
final class TopicNames {
    /// Spring Kafka `orders-dlt` and `orders.DLT`, Spring Cloud Stream `error.orders.billing`,
    /// SmallRye `dead-letter-topic-orders`, share groups `dlq.orders`, Connect `dlq-sink`.
    private static final Pattern DEAD_LETTER =
            Pattern.compile(
                    "(^|[._-])(dlq|dlt|dead[-_.]?letters?|error|errors|poison|parking[-_.]?lot)([._-]|$)",
                    Pattern.CASE_INSENSITIVE);

    /// Spring Kafka `orders-retry`, `orders-retry-0`, `orders-retry-10000`.
    private static final Pattern RETRY =
            Pattern.compile("(^|[._-])retry([._-]|$)", Pattern.CASE_INSENSITIVE);

    private static final Pattern SUFFIX =
            Pattern.compile("[._-](dlq|dlt|retry([._-]\\d+)?)$", Pattern.CASE_INSENSITIVE);

    /// Topics that a framework keeps its own state in.
    private static final Set<String> OF_FRAMEWORKS =
            Set.of("_schemas", "connect-configs", "connect-offsets", "connect-status");

    private TopicNames() {}

    static boolean isInternal(String name) {
        return name.startsWith("__") || OF_FRAMEWORKS.contains(name);
    }

    static QueueRole role(String name) {
        if (DEAD_LETTER.matcher(name).find()) {
            return QueueRole.DEAD_LETTER;
        }
        return RETRY.matcher(name).find() ? QueueRole.RETRY : QueueRole.UNKNOWN;
    }

    /// The topic that the name says its messages come from, where it does.
    static Optional<String> source(String name) {
        var suffix = SUFFIX.matcher(name);
        return suffix.find() && suffix.start() > 0
                ? Optional.of(name.substring(0, suffix.start()))
                : Optional.empty();
    }
}
