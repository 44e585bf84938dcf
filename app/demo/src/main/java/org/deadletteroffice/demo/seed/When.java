package org.deadletteroffice.demo.seed;

import java.time.Duration;
import java.time.Instant;
import java.util.SplittableRandom;

/// How the deaths of one cause spread over the last days.
public enum When {
    /// Ever more.
    GROWING,
    /// As many each hour.
    STEADY,
    /// Since a release, three hours ago.
    SINCE_RELEASE,
    /// Two outages of forty minutes.
    OUTAGES;

    /// The demo's past.
    public static final Duration SPAN = Duration.ofDays(6);

    /// Not before `now` − [#SPAN], not after `now` − 10 s.
    Instant pick(SplittableRandom random, Instant now) {
        var share = random.nextDouble();
        var ago =
                switch (this) {
                    case GROWING -> SPAN.toMillis() * share * share * share;
                    case STEADY -> SPAN.toMillis() * share;
                    case SINCE_RELEASE -> Duration.ofHours(3).toMillis() * share;
                    case OUTAGES ->
                            Duration.ofHours(random.nextBoolean() ? 5 : 52).toMillis()
                                    + Duration.ofMinutes(40).toMillis() * share;
                };
        return now.minusMillis(Math.clamp((long) ago, 10_000, SPAN.toMillis()));
    }
}
