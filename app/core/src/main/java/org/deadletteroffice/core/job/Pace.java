package org.deadletteroffice.core.job;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// How fast, and when to stop by itself.
///
/// @param perSecond null: as fast as the brokers allow
public record Pace(@Nullable Double perSecond, @Nullable Canary canary) {
    public static final Pace FULL = new Pace(null, null);

    /// @param first how many go alone
    /// @param watch how long to watch whether they come back
    /// @param share 0 to 1: more than this came back means stop
    public record Canary(int first, Duration watch, double share) {}
}
