package org.deadletteroffice.desktop.triage;

import org.deadletteroffice.core.job.Scope;

/// What an act on the queue would be about.
///
/// @param count as far as known
/// @param words `3 selected messages`, `group JsonMappingException`
public record Target(Scope scope, long count, boolean exact, String words) {
    /// Nothing to act on, or nothing known yet.
    public boolean isEmpty() {
        return count == 0;
    }
}
