package org.deadletteroffice.core.ledger;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/// Tells whether the owner of a job is gone. On this host the system knows; of another host's
/// process only its pulse is seen, which beats four times a second.
///
/// Two clocks need not agree, so a pulse is taken for dead when it stood still for a while on this
/// process's own clock; and one that is far in the past is dead at first sight.
final class Pulses {
    private static final Duration STILL = Duration.ofSeconds(30);
    private static final Duration LONG_AGO = Duration.ofMinutes(10);

    private final Map<Lease, Seen> seen = new HashMap<>();

    private record Seen(Instant pulse, long nanos) {}

    /// @param nanos [System#nanoTime]
    synchronized boolean isGone(JobRow job, Instant now, long nanos) {
        if (job.owner().isOfThisHost()) {
            return !job.owner().isAlive();
        }
        var before = seen.get(job.lease());
        if (before == null || !before.pulse().equals(job.heartbeat())) {
            seen.put(job.lease(), new Seen(job.heartbeat(), nanos));
            return job.heartbeat().plus(LONG_AGO).isBefore(now);
        }
        return nanos - before.nanos() > STILL.toNanos();
    }
}
