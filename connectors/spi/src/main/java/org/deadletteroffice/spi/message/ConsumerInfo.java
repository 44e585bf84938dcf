package org.deadletteroffice.spi.message;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A reader of one queue: a consumer group's share of a topic, a queue's consumers.
///
/// @param kind the broker's word for it: `classic`, `consumer`, `share`, `streams`, …
/// @param state the broker's word: `Stable`, `Empty`, …
/// @param members how many processes read now; null where unknown
/// @param lag messages not yet consumed, all partitions; null where it cannot be known (nothing
///     committed)
/// @param rate messages consumed per second, as the broker tells, else between two looks over one
///     connection and null at the first
/// @param growth messages per second by which the lag grows (negative: shrinks); as `rate`
/// @param note what makes the numbers less than plain, in words (e.g. data lost below the log
///     start); null if nothing
public record ConsumerInfo(
        String group,
        String kind,
        String state,
        @Nullable Integer members,
        QueueRef queue,
        @Nullable Long lag,
        @Nullable Double rate,
        @Nullable Double growth,
        List<PartitionLag> partitions,
        @Nullable String note) {
    private static final Pattern POSITION = Pattern.compile("(.+) (\\d{1,9})-(\\d{1,18})");

    public ConsumerInfo {
        partitions = List.copyOf(partitions);
    }

    /// Whether this reader is past a message that was sent to `position` (see
    /// [org.deadletteroffice.spi.transfer.TransferEvent.Sent#position]), and so has consumed it. A
    /// reader's place is known by partition; it can be told of positions whose id is a partition
    /// and a place in it, as `orders 3-771020`. Empty where it cannot.
    public Optional<Boolean> hasPassed(String position) {
        var place = POSITION.matcher(position);
        if (!place.matches() || !place.group(1).equals(queue.name())) {
            return Optional.empty();
        }
        var partition = Integer.parseInt(place.group(2));
        return partitions.stream()
                .filter(lag -> lag.partition() == partition)
                .findAny()
                .map(PartitionLag::committed)
                .map(committed -> Long.parseLong(place.group(3)) < committed);
    }

    /// Lag of one partition; `committed` and `lag` are null where nothing was committed.
    public record PartitionLag(
            int partition,
            @Nullable Long committed,
            long end,
            @Nullable Long lag,
            @Nullable String member) {}
}
