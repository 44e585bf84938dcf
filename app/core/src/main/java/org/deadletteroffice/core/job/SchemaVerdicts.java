package org.deadletteroffice.core.job;

import java.util.List;

/// How the messages that would be sent stand against a schema.
///
/// @param rule against which, as it was asked for
/// @param fit those that fit it
/// @param misfit those that do not, or that have no fields to compare
/// @param none those for which there is no schema
/// @param unreachable those whose schema could not be asked for
/// @param findings of all but those that fit: in words, with examples, the most frequent first
public record SchemaVerdicts(
        String rule,
        long fit,
        long misfit,
        long none,
        long unreachable,
        List<Preview.Exclusion> findings) {
    public SchemaVerdicts {
        findings = List.copyOf(findings);
    }

    /// Whether each of them was checked and fits.
    public boolean allFit() {
        return misfit == 0 && none == 0 && unreachable == 0;
    }
}
