package org.deadletteroffice.core.browse;

import org.deadletteroffice.core.query.Filter;
import org.deadletteroffice.spi.connector.Browse.Direction;
import org.deadletteroffice.spi.message.Cursor;
import org.deadletteroffice.spi.message.QueueRef;
import org.jspecify.annotations.Nullable;

/// @param limit 1 to 1,000 messages that match
/// @param fingerprint only this group; null for all
/// @param includeResolved also those that were redriven already
/// @param maxRead stop after reading this many messages even if too few matched; the page then says
///     so
public record BrowseRequest(
        QueueRef queue,
        Cursor from,
        Direction direction,
        int limit,
        Filter filter,
        @Nullable String fingerprint,
        boolean includeResolved,
        long maxRead) {
    /// The same in the one direction that some queues are read in: from their start, towards what
    /// was not read yet.
    BrowseRequest onwards() {
        return new BrowseRequest(
                queue,
                from instanceof Cursor.Newest ? Cursor.oldest() : from,
                Direction.NEWER,
                limit,
                filter,
                fingerprint,
                includeResolved,
                maxRead);
    }

    /// The newest messages, unfiltered.
    public static BrowseRequest newest(QueueRef queue, int limit) {
        return new BrowseRequest(
                queue,
                Cursor.newest(),
                Direction.OLDER,
                limit,
                Filter.all(),
                null,
                false,
                1_000_000);
    }
}
