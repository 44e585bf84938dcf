package org.deadletteroffice.core.job;

import java.time.Duration;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.random.RandomGenerator;
import org.deadletteroffice.spi.error.BrokerException;
import org.deadletteroffice.spi.message.Numerals;

/// How long to wait before a broker is asked again: exponential with full jitter, so that many
/// clients do not come back together. Gives up after about a minute without success. One thread at
/// a time.
final class Backoff {
    private static final Duration FIRST = Duration.ofMillis(200);
    private static final Duration LONGEST = Duration.ofSeconds(15);
    private static final int TRIES = 12;

    private final RandomGenerator random;
    private final BiConsumer<Backoff, String> told;
    private int tries;

    /// @param told what is waited for, in words; empty once it is over
    Backoff(BiConsumer<Backoff, String> told) {
        this(RandomGenerator.getDefault(), told);
    }

    Backoff(RandomGenerator random, BiConsumer<Backoff, String> told) {
        this.random = random;
        this.told = told;
    }

    /// @return empty when it is of no use to try again
    Optional<Duration> after(BrokerException failed) {
        if (!failed.isTransient() || tries >= TRIES) {
            return Optional.empty();
        }
        var longest = Math.min(LONGEST.toMillis(), FIRST.toMillis() << Math.min(tries, 20));
        tries++;
        var jitter = Duration.ofMillis(random.nextLong(longest + 1));
        var wait =
                failed instanceof BrokerException.Throttled throttled
                        ? throttled.retryAfter().plus(jitter)
                        : jitter;
        told.accept(
                this,
                "%s Waiting %s, then try %s of %s."
                        .formatted(failed.sentence(), words(wait), tries, TRIES));
        return Optional.of(wait);
    }

    private static String words(Duration wait) {
        var millis = wait.toMillis();
        return millis < 1_000 ? millis + " ms" : Numerals.decimal(millis / 1_000.0, 1) + " s";
    }

    void succeeded() {
        if (tries > 0) {
            tries = 0;
            told.accept(this, "");
        }
    }
}
