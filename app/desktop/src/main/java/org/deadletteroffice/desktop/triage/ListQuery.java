package org.deadletteroffice.desktop.triage;

import org.deadletteroffice.core.browse.BrowseRequest;
import org.deadletteroffice.core.query.Filter;
import org.deadletteroffice.spi.connector.Browse.Direction;
import org.deadletteroffice.spi.message.Cursor;
import org.deadletteroffice.spi.message.QueueRef;
import org.jspecify.annotations.Nullable;

/// Which messages a list shows, and from where.
///
/// @param fingerprint of the group; null for all
record ListQuery(
        QueueRef queue,
        Filter filter,
        @Nullable String fingerprint,
        boolean includeResolved,
        Direction direction,
        Cursor start) {
    /// How many messages a page reads before it says how far it came.
    private static final long STEP = 20_000;

    BrowseRequest page(Cursor from, int limit) {
        return new BrowseRequest(
                queue, from, direction, limit, filter, fingerprint, includeResolved, STEP);
    }

    /// What came after `newer`.
    BrowseRequest news(Cursor newer, int limit) {
        return new BrowseRequest(
                queue, newer, Direction.NEWER, limit, filter, fingerprint, includeResolved, STEP);
    }
}
