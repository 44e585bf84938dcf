package org.deadletteroffice.core.job;

import java.util.Map;
import org.deadletteroffice.core.store.StoreUnavailable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Keeps the archive within its limits of age and size. Copies of a job that has not ended are
/// always kept: they are what it is resumed from.
final class ArchiveKeeper {
    private static final Logger LOG = LoggerFactory.getLogger(ArchiveKeeper.class);

    private final Workshop workshop;

    ArchiveKeeper(Workshop workshop) {
        this.workshop = workshop;
    }

    /// Deletes what is too old or too much, and says so in the trail.
    void keep() {
        try {
            var deleted =
                    workshop.archive()
                            .expire(
                                    workshop.retention().get(),
                                    this::isOpen,
                                    workshop.clock().instant());
            for (var kept : deleted) {
                workshop.audit()
                        .append(
                                "copies expired",
                                null,
                                null,
                                kept.job(),
                                "",
                                Map.of(
                                        "bytes", Long.toString(kept.bytes()),
                                        "written", kept.last().toString()));
            }
        } catch (StoreUnavailable later) {
            // Nothing depends on it; the next job that ends tries again.
            LOG.warn("The archive could not be cleared of old copies just now.", later);
        }
    }

    private boolean isOpen(String job) {
        return workshop.table().find(job).filter(row -> !row.state().isEnd()).isPresent();
    }
}
