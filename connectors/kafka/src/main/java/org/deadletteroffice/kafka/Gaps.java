package org.deadletteroffice.kafka;

import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.deadletteroffice.spi.error.BrokerException;
import org.deadletteroffice.spi.transfer.TransferEvent;
import org.jspecify.annotations.Nullable;

/// Partitions in which a message of a batch may be missing. What was confirmed behind it in the
/// same one is told as unknown too: it is sent again behind the missing one, twice rather than
/// before it.
final class Gaps {
    /// In place of a partition that nobody knows: it may be any of the topic.
    static final int ANY = -1;

    private final Map<TopicPartition, BrokerException> reasons = new HashMap<>();

    /// What became of a message, seen with those before it; to be called in their order.
    TransferEvent behind(TopicPartition place, TransferEvent event) {
        return switch (event) {
            case TransferEvent.Unknown(_, var reason) -> {
                reasons.putIfAbsent(place, reason);
                yield event;
            }
            case TransferEvent.Sent(var sequence, _) -> {
                var reason = reason(place);
                yield reason == null ? event : new TransferEvent.Unknown(sequence, reason);
            }
            default -> event;
        };
    }

    private @Nullable BrokerException reason(TopicPartition place) {
        var here = reasons.get(place);
        return here != null ? here : reasons.get(new TopicPartition(place.topic(), ANY));
    }
}
