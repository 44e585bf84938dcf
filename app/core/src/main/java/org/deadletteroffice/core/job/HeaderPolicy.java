package org.deadletteroffice.core.job;

import java.util.List;

/// What becomes of the headers and the time of a message that is sent again: what stays, what goes,
/// what is set. This program's own marks are added after all of it.
///
/// @param keepFailureHeaders false: what tells of the death is dropped
/// @param keepTimestamp send with the original timestamp rather than now
/// @param edits in order, after the failure headers were dropped
public record HeaderPolicy(
        boolean keepFailureHeaders, boolean keepTimestamp, List<HeaderEdit> edits) {
    /// What tells of the death goes, all else stays.
    public static final HeaderPolicy PRESET = new HeaderPolicy(false, false, List.of());

    public HeaderPolicy {
        edits = List.copyOf(edits);
    }
}
