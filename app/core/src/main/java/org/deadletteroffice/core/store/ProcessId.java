package org.deadletteroffice.core.store;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;

/// Names a process for good: numbers are used again, number and start time together are not.
///
/// @param host on which the number means something; empty for the host that asks
public record ProcessId(long pid, Instant started, String host) {
    /// The system computes a start time from the boot time, which moves when the clock is set.
    private static final Duration CLOCK_SLACK = Duration.ofSeconds(3);

    private static final String HERE = here();

    /// On this host.
    public ProcessId(long pid, Instant started) {
        this(pid, started, HERE);
    }

    private static String here() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException unnamed) {
            return "";
        }
    }

    public static ProcessId current() {
        var self = ProcessHandle.current();
        return new ProcessId(self.pid(), self.info().startInstant().orElse(Instant.EPOCH));
    }

    /// Whether it can be told here if it lives.
    public boolean isOfThisHost() {
        return host.isEmpty() || host.equals(HERE);
    }

    /// Only for a process of this host.
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
