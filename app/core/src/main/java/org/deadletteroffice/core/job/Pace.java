package org.deadletteroffice.core.job;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// How fast, and when to stop by itself.
///
/// @param perSecond null: as fast as the brokers allow
/// @param budget null: only refusals in a row stop the job
public record Pace(
        @Nullable Double perSecond, @Nullable Canary canary, @Nullable ErrorBudget budget) {
    public static final Pace FULL = new Pace(null, null);

    /// Without an error budget.
    public Pace(@Nullable Double perSecond, @Nullable Canary canary) {
        this(perSecond, canary, null);
    }

    /// @param first how many go alone
    /// @param watch how long to watch whether they come back
    /// @param share 0 to 1: more than this came back means stop
    public record Canary(int first, Duration watch, double share) {}

    /// How many refusals a job may have. Counted anew by each run of it.
    ///
    /// @param most one more stops the job, 0 or more; what is in flight then still goes, at most
    ///     [#batch]
    /// @param window of the last so many messages that were sent or refused, more than `most` and
    ///     at most [#LARGEST_WINDOW]; null: of all
    public record ErrorBudget(int most, @Nullable Integer window) {
        public static final int LARGEST_WINDOW = 1_000_000;

        private static final int SMALLEST_BATCH = 50;

        /// How many messages go together, so that not many more are refused than may be.
        int batch(int largest) {
            return Math.clamp(most + 1L, SMALLEST_BATCH, largest);
        }
    }
}
