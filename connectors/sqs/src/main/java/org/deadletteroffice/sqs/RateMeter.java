package org.deadletteroffice.sqs;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/// By how much a queue's depth grows a second, seen between two looks at it: what arrives less what
/// leaves, as SQS counts neither. Thread-safe.
final class RateMeter {
    private record Depth(long nanos, long messages, @Nullable Double growth) {}

    private final ConcurrentMap<String, Depth> looks = new ConcurrentHashMap<>();

    /// @return null at the first look
    @Nullable Double look(String queue, long messages) {
        return looks.merge(
                        queue,
                        new Depth(System.nanoTime(), messages, null),
                        (before, now) ->
                                new Depth(
                                        now.nanos,
                                        messages,
                                        (messages - before.messages)
                                                * 1e9
                                                / Math.max(1, now.nanos - before.nanos)))
                .growth;
    }
}
