package org.deadletteroffice.spi.message;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One queue at the moment it was asked about.
///
/// @param identity changes when the queue is deleted and made anew under the same name (Kafka: the
///     topic id); equal to the name where the broker cannot tell
/// @param bytes size on the broker's disk, all replicas counted once; null where unknown
/// @param oldest timestamp of the oldest message; null where unknown or empty
/// @param inRate messages per second that arrive, as the broker tells, else seen between two looks
///     over one connection and null at the first
/// @param outRate messages per second that leave; null where unknown
/// @param feeds the queues whose messages die into this one, as far as seen
/// @param ways how they get here from there, where the broker tells
/// @param partitions 1 where the broker has none
/// @param vanishesAfter how long the broker keeps a message here; null where it keeps it for ever
///     or does not say
/// @param shares how the depth divides; null where the broker does not count so
public record QueueInfo(
        QueueRef ref,
        String identity,
        QueueRole role,
        Count depth,
        @Nullable Long bytes,
        @Nullable Instant oldest,
        @Nullable Double inRate,
        @Nullable Double outRate,
        List<String> feeds,
        List<Way> ways,
        int partitions,
        @Nullable Duration vanishesAfter,
        @Nullable Shares shares) {
    public QueueInfo {
        feeds = List.copyOf(feeds);
        ways = List.copyOf(ways);
    }

    /// One of which nothing else is known.
    public static QueueInfo of(QueueRef ref, String identity, QueueRole role, Count depth) {
        return new QueueInfo(
                ref, identity, role, depth, null, null, null, null, List.of(), List.of(), 1, null,
                null);
    }

    /// Those of `all` that hold dead letters, by name; first such as are not empty.
    public static List<QueueInfo> deadLetters(Collection<QueueInfo> all) {
        return all.stream()
                .filter(queue -> queue.role() == QueueRole.DEAD_LETTER)
                .sorted(
                        Comparator.comparing((QueueInfo queue) -> queue.depth().value() == 0)
                                .thenComparing(queue -> queue.ref().name()))
                .toList();
    }

    /// How messages die from one queue into another.
    ///
    /// @param from the queue in which they die
    /// @param exchange by which they go on; empty for a broker's default exchange
    /// @param key with which; null where each goes with its own
    public record Way(String from, String exchange, @Nullable String key) {
        /// `by the exchange dlx with the key failed`
        public String words() {
            return (exchange.isEmpty() ? "by the default exchange" : "by the exchange " + exchange)
                    + (key == null ? ", each with its own key" : " with the key " + key);
        }
    }

    /// What of a queue waits for whom, as the broker counted it a moment ago.
    ///
    /// @param ready for any consumer
    /// @param held handed to a consumer (or to who looks) that did not acknowledge or delete it yet
    /// @param delayed not to be handed out before a time
    public record Shares(long ready, long held, long delayed) {}

    /// When the broker takes a message of this queue away by itself, at the earliest; null where it
    /// never does or does not say.
    public @Nullable Instant vanishes(DeadLetter message) {
        var sent = message.timestamp();
        return vanishesAfter == null || sent == null ? null : sent.plus(vanishesAfter);
    }
}
