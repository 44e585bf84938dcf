package org.deadletteroffice.memory;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.deadletteroffice.spi.message.ConsumerInfo;
import org.deadletteroffice.spi.message.Count;
import org.deadletteroffice.spi.message.QueueInfo;
import org.deadletteroffice.spi.message.QueueRole;

/// What one connection sees of queues and their readers; remembers the last look, since a rate
/// needs two. Guarded by the broker's lock.
final class MemoryLooks {
    private static final Pattern DEAD_LETTER =
            Pattern.compile("(?i)(^|[._-])(dlq|dlt|dead[-_.]?letters?|poison)([._-]|$)");
    private static final Pattern RETRY = Pattern.compile("(?i)(^|[._-])retry([._-]|$)");

    private final String profile;
    private final Map<String, Look> queues = new HashMap<>();
    private final Map<String, Look> readers = new HashMap<>();

    /// @param first a count that grows with what arrives, or the lag
    /// @param second a count that grows with what leaves, or the place of the reader
    private record Look(long nanos, long first, long second) {
        double perSecond(long before, long now, long nanosNow) {
            return (now - before) * 1e9 / Math.max(1, nanosNow - nanos);
        }
    }

    MemoryLooks(String profile) {
        this.profile = profile;
    }

    QueueInfo at(MemoryQueue queue) {
        var now = new Look(System.nanoTime(), queue.end(), queue.removed());
        var last = queues.put(queue.identity(), now);
        return new QueueInfo(
                queue.ref(profile),
                queue.identity(),
                role(queue.name()),
                Count.exact(queue.depth()),
                queue.bytes(),
                queue.oldest(),
                last == null ? null : last.perSecond(last.first(), now.first(), now.nanos()),
                last == null ? null : last.perSecond(last.second(), now.second(), now.nanos()),
                queue.feeds().stream().toList(),
                List.of(),
                queue.partitions(),
                null,
                null);
    }

    private static QueueRole role(String name) {
        if (DEAD_LETTER.matcher(name).find()) {
            return QueueRole.DEAD_LETTER;
        }
        return RETRY.matcher(name).find() ? QueueRole.RETRY : QueueRole.SOURCE;
    }

    Stream<ConsumerInfo> consumersOf(MemoryQueue queue) {
        return queue.groups().stream().sorted().map(group -> consumer(queue, group));
    }

    private ConsumerInfo consumer(MemoryQueue queue, String group) {
        var partitions =
                IntStream.range(0, queue.partitions())
                        .mapToObj(
                                partition ->
                                        new ConsumerInfo.PartitionLag(
                                                partition,
                                                queue.committed(group, partition),
                                                queue.end(),
                                                queue.lag(group, partition),
                                                null))
                        .toList();
        var lag = partitions.stream().mapToLong(row -> queue.lag(group, row.partition())).sum();
        var now = new Look(System.nanoTime(), lag, queue.consumed(group));
        var last = readers.put(queue.identity() + " " + group, now);
        return new ConsumerInfo(
                group,
                "memory",
                "Empty",
                0,
                queue.ref(profile),
                lag,
                last == null ? null : last.perSecond(last.second(), now.second(), now.nanos()),
                last == null ? null : last.perSecond(last.first(), now.first(), now.nanos()),
                partitions,
                null);
    }
}
