package org.deadletteroffice.core.browse;

import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.deadletteroffice.spi.message.DeadLetter;
import org.deadletteroffice.spi.message.MessageId;
import org.deadletteroffice.spi.message.QueueRef;

/// What the ledger knows of messages; implemented by the ledger, asked once a page.
public interface Fates {
    /// Knows nothing: every message is untouched.
    Fates NONE = (_, _, _) -> Map.of();

    /// The fates of those that have one.
    ///
    /// @param identity see [org.deadletteroffice.spi.message.QueueInfo#identity]: offsets of a
    ///     re-created topic mean other messages
    Map<MessageId, MessageView.Fate> of(QueueRef queue, String identity, List<DeadLetter> letters);

    /// Tells `each` the id of every resolved message of the queue, in any order.
    ///
    /// @return false where they cannot be listed and nothing was told; [#of] is asked instead, for
    ///     each message of the queue
    default boolean resolved(QueueRef queue, String identity, Consumer<MessageId> each) {
        return false;
    }
}
