package org.deadletteroffice.core.browse;

import java.util.List;

/// The failure groups of a queue, largest first, and how complete they are.
public record Groups(List<FailureGroup> groups, Completeness completeness) {
    public Groups {
        groups = List.copyOf(groups);
    }
}
