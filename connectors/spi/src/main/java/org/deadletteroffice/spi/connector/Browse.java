package org.deadletteroffice.spi.connector;

import java.util.List;
import org.deadletteroffice.spi.error.BrokerException;
import org.deadletteroffice.spi.message.Cursor;
import org.deadletteroffice.spi.message.DeadLetter;

/// A read-only visit to one queue: open, page any number of times in either direction, close.
///
/// Threads: one caller at a time. Only [#close] may come from another thread; a blocked [#page]
/// then ends with [BrokerException.Cancelled] within a second. Cost of looking: what
/// [Capabilities#observerEffect] says, and nothing else. Cost of a page: one page, wherever in the
/// queue it lies.
public interface Browse extends AutoCloseable {
    /// Up to `limit` messages next to `from`.
    ///
    /// @param from where to start; see [Page] for the cursors to go on with
    /// @param direction OLDER pages need [Capabilities#pageBackwards], a [Cursor.At] needs
    ///     [Capabilities#seekByTime]
    /// @param limit 1 to 1,000; a page may hold fewer before the end is reached (memory is bounded
    ///     by 32 MiB a page too), and may be empty while not at the end (gaps): go on with its
    ///     cursor
    Page page(Cursor from, Direction direction, int limit) throws BrokerException;

    /// Leaves the queue as it was found. Never throws.
    @Override
    void close();

    /// Which way to page.
    enum Direction {
        /// Towards the oldest message: newest first within the page.
        OLDER,
        /// Towards the newest message: oldest first within the page.
        NEWER
    }

    /// @param messages in the direction of paging
    /// @param older goes on towards the oldest from the oldest end of this page
    /// @param newer goes on towards the newest from the newest end of this page
    /// @param atEnd nothing more lay in the direction of paging when it was read
    record Page(List<DeadLetter> messages, Cursor older, Cursor newer, boolean atEnd) {
        public Page {
            messages = List.copyOf(messages);
        }
    }
}
