package org.deadletteroffice.core.job;

import java.util.List;
import org.deadletteroffice.spi.message.MessageId;

/// Which messages a job is over; frozen when the job is rehearsed or started.
public sealed interface Scope {
    record Ids(List<MessageId> ids) implements Scope {
        public Ids {
            ids = List.copyOf(ids);
        }
    }

    record GroupOf(String fingerprint) implements Scope {}

    /// @param filter see [org.deadletteroffice.core.query.Filter]
    record Matching(String filter) implements Scope {}

    record All() implements Scope {}
}
