package org.deadletteroffice.core.audit;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One act.
///
/// @param number from 1, without gaps
/// @param act what was done: `redrive`, `edit`, `unlock`, `profile saved`, …
/// @param operator OS user, with the operator's name from the settings
/// @param details counts, digests (`before`, `after`: SHA-256 in hex), anything the act wants
///     proven; never a secret or a payload
/// @param previous SHA-256 of the row before, in hex; 64 zeros for the first
/// @param hash SHA-256 of this row, `previous` included
public record AuditRow(
        long number,
        Instant time,
        String act,
        String operator,
        String host,
        @Nullable String profile,
        @Nullable String queue,
        @Nullable String job,
        String reason,
        Map<String, String> details,
        String previous,
        String hash) {}
