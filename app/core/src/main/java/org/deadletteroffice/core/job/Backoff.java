package org.deadletteroffice.core.job;

import java.time.Duration;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.deadletteroffice.spi.error.BrokerException;

/// How long to wait before a broker is asked again: exponential with full jitter, so that many
/// clients do not come back together. Gives up after about a minute without success. One thread at
/// a time.
final class Backoff {
    private static final Duration FIRST = Duration.ofMillis(200);
    private static final Duration LONGEST = Duration.ofSeconds(15);
    private static final int TRIES = 12;

    private final RandomGenerator random;
    private int tries;

    Backoff() {
        this(RandomGenerator.getDefault());
    }

    Backoff(RandomGenerator random) {
        this.random = random;
    }

    /// @return empty when it is of no use to try again
    Optional<Duration> after(BrokerException failed) {
        if (!failed.isTransient() || tries >= TRIES) {
            return Optional.empty();
        }
        var longest = Math.min(LONGEST.toMillis(), FIRST.toMillis() << Math.min(tries, 20));
        tries++;
        var wait = Duration.ofMillis(random.nextLong(longest + 1));
        return Optional.of(
                failed instanceof BrokerException.Throttled throttled
                        ? throttled.retryAfter().plus(wait)
                        : wait);
    }

    void succeeded() {
        tries = 0;
    }
}
