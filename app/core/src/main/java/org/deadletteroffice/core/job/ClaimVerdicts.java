package org.deadletteroffice.core.job;

import java.util.List;

/// How the payloads stand that messages which would be sent only point to.
///
/// @param present those whose payload is there
/// @param missing those that point to one that is not, so that a consumer would fail again
/// @param unknown those of which nobody could or should tell
/// @param findings of all but those that are there: in words, with examples, the most frequent
///     first
public record ClaimVerdicts(
        long present, long missing, long unknown, List<Preview.Exclusion> findings) {
    public ClaimVerdicts {
        findings = List.copyOf(findings);
    }
}
