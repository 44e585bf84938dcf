package org.deadletteroffice.core.profile;

import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// Until when production profiles may be written to. In memory: another process has to ask for
/// itself.
final class Unlocks {
    private final Clock clock;
    private final Map<String, Instant> until = new ConcurrentHashMap<>();

    Unlocks(Clock clock) {
        this.clock = clock;
    }

    Optional<Instant> until(String profile) {
        return Optional.ofNullable(until.get(profile)).filter(end -> clock.instant().isBefore(end));
    }

    void unlock(String profile, Instant end) {
        until.put(profile, end);
    }

    boolean lock(String profile) {
        return until.remove(profile) != null;
    }
}
