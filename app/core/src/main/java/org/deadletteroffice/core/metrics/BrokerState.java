package org.deadletteroffice.core.metrics;

import java.time.Instant;
import java.util.List;
import org.deadletteroffice.core.profile.Profile;
import org.deadletteroffice.spi.message.ConsumerInfo;
import org.deadletteroffice.spi.message.QueueInfo;
import org.jspecify.annotations.Nullable;

/// What is known of one profile's broker just now.
///
/// @param queues as last seen, also while the broker does not answer
/// @param problem one sentence; null while all is well
/// @param remedy what to do about the problem; null while all is well
/// @param seen when the broker last answered; null for never
public record BrokerState(
        Profile profile,
        Status status,
        List<QueueInfo> queues,
        List<ConsumerInfo> consumers,
        @Nullable String problem,
        @Nullable String remedy,
        @Nullable Instant seen) {
    public enum Status {
        CONNECTING,
        CONNECTED,
        /// Some of it cannot be seen.
        DEGRADED,
        FAILED
    }

    public BrokerState {
        queues = List.copyOf(queues);
        consumers = List.copyOf(consumers);
    }
}
