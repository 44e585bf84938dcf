package org.deadletteroffice.kafka;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/// How fast numbers change between two looks at them.
final class RateMeter {
    /// Looks that follow each other faster say less than the rate known from before.
    private static final double SHORTEST_SECONDS = 0.25;

    private record Look(long nanoTime, long value, @Nullable Double rate) {}

    private final ConcurrentMap<String, Look> last = new ConcurrentHashMap<>();

    /// Notes a value and says the change per second since the look before; null at the first.
    @Nullable Double look(String name, long value) {
        var now = System.nanoTime();
        var look =
                last.compute(
                        name,
                        (_, before) -> {
                            if (before == null) {
                                return new Look(now, value, null);
                            }
                            var seconds = (now - before.nanoTime) / 1e9;
                            return seconds < SHORTEST_SECONDS && before.rate != null
                                    ? before
                                    : new Look(now, value, (value - before.value) / seconds);
                        });
        return look.rate;
    }
}
