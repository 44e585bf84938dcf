package org.deadletteroffice.core.audit;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.deadletteroffice.core.OperatorException;
import org.jspecify.annotations.Nullable;

/// Append-only; each row carries the hash of the one before.
public final class AuditTrail {
    /// Durable when it returns.
    public AuditRow append(
            String act,
            @Nullable String profile,
            @Nullable String queue,
            @Nullable String job,
            String reason,
            Map<String, String> details) {
        throw new UnsupportedOperationException();
    }

    /// Newest first.
    ///
    /// @param text occurs in any field, ignoring case; empty for all
    /// @param before only rows with a smaller number; null to begin with the newest
    public List<AuditRow> list(
            @Nullable Instant since, String text, @Nullable Long before, int limit) {
        throw new UnsupportedOperationException();
    }

    /// Reads the whole trail and finds any altered, removed, inserted or reordered row.
    public Verdict verify() {
        throw new UnsupportedOperationException();
    }

    /// JSON lines, or CSV when the file's name ends so.
    ///
    /// @return how many rows
    public long export(Path file) throws OperatorException {
        throw new UnsupportedOperationException();
    }

    /// @param firstBroken number of the first row that does not fit; null when all fit
    public record Verdict(boolean intact, long rows, @Nullable Long firstBroken, String sentence) {}
}
