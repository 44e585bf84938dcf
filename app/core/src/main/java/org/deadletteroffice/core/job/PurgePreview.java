package org.deadletteroffice.core.job;

import java.time.Duration;
import java.util.List;
import org.deadletteroffice.spi.message.Cursor;
import org.jspecify.annotations.Nullable;

/// What a purge would do; nothing was taken.
///
/// @param until the snapshot it was made over: start the job with it to act on what was reviewed
/// @param inScope messages the scope means
/// @param planned messages that would be taken away
/// @param excluded what would be left, and why
/// @param bytes of key, payload and headers of those taken away: the copies take less
/// @param keptFor how long their copies are kept; null where none are made
/// @param keptUpTo bytes of all copies together, beyond which the oldest go; null where none are
///     made
/// @param effect what becomes of the messages in this queue
/// @param sentence all of it in words
public record PurgePreview(
        Cursor until,
        long inScope,
        long planned,
        List<Preview.Exclusion> excluded,
        long bytes,
        @Nullable Duration keptFor,
        @Nullable Long keptUpTo,
        Effect effect,
        String sentence,
        long millis) {
    public PurgePreview {
        excluded = List.copyOf(excluded);
    }

    /// What becomes of the messages.
    public enum Effect {
        /// They are removed one by one.
        REMOVED,
        /// A log: they are hidden, and it is trimmed up to its first unresolved message.
        TRIMMED,
        /// A log that cannot or shall not be trimmed: they are hidden and lie there until it
        /// deletes them for their age.
        HIDDEN
    }
}
