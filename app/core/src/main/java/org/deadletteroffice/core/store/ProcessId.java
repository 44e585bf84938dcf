package org.deadletteroffice.core.store;

import java.time.Duration;
import java.time.Instant;

/// Names a process of this machine for good: numbers are used again, number and start time together
/// are not.
public record ProcessId(long pid, Instant started) {
    /// The system computes a start time from the boot time, which moves when the clock is set.
    private static final Duration CLOCK_SLACK = Duration.ofSeconds(3);

    public static ProcessId current() {
        var self = ProcessHandle.current();
        return new ProcessId(self.pid(), self.info().startInstant().orElse(Instant.EPOCH));
    }

    public boolean isAlive() {
        return ProcessHandle.of(pid)
                .filter(ProcessHandle::isAlive)
                .flatMap(
                        process ->
                                process.info()
                                        .startInstant()
                                        .or(() -> java.util.Optional.of(Instant.EPOCH)))
                .filter(start -> Duration.between(start, started).abs().compareTo(CLOCK_SLACK) <= 0)
                .isPresent();
    }
}
