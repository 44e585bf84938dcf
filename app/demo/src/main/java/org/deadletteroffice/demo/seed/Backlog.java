package org.deadletteroffice.demo.seed;

import java.util.List;

/// A consumer group that has no part in dead letters, and how far it is behind.
///
/// @param behind messages in its topic that it has not read when the demo begins
public record Backlog(String topic, String group, int behind, Trend trend) {
    /// What becomes of it while the demo runs.
    public enum Trend {
        NONE,
        GROWING,
        STABLE
    }

    /// A topic that nothing is written to any more.
    public static final String QUIET_TOPIC = "invoices.issued";

    public static final int QUIET_MESSAGES = 1_200;

    public static final List<Backlog> ALL =
            List.of(
                    new Backlog("orders.payment", "audit-archiver", 0, Trend.NONE),
                    new Backlog("catalog.changes", "search-indexer", 3_000, Trend.GROWING),
                    new Backlog(QUIET_TOPIC, "warehouse-loader", 312, Trend.STABLE));
}
