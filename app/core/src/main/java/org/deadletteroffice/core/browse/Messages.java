package org.deadletteroffice.core.browse;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.deadletteroffice.core.OperatorException;
import org.deadletteroffice.core.query.Filter;
import org.deadletteroffice.spi.error.BrokerException;
import org.deadletteroffice.spi.message.DeadLetter;
import org.deadletteroffice.spi.message.MessageId;
import org.deadletteroffice.spi.message.QueueRef;
import org.jspecify.annotations.Nullable;

/// Reads queues for window and command line. All methods block, honour interruption, and hold at
/// most a page in memory.
public final class Messages {
    /// One page of the messages that match.
    public ViewPage browse(BrowseRequest request) throws OperatorException, BrokerException {
        throw new UnsupportedOperationException();
    }

    public Optional<MessageView> find(QueueRef queue, MessageId id)
            throws OperatorException, BrokerException {
        throw new UnsupportedOperationException();
    }

    /// Those of `ids` that still exist.
    public List<MessageView> find(QueueRef queue, List<MessageId> ids)
            throws OperatorException, BrokerException {
        throw new UnsupportedOperationException();
    }

    /// The failure groups of the messages that match. Reads the queue once and then only what is
    /// new; `progress` is told now and then with what is known so far, and last with the result.
    public Groups groups(
            QueueRef queue, Filter filter, boolean includeResolved, Consumer<Groups> progress)
            throws OperatorException, BrokerException {
        throw new UnsupportedOperationException();
    }

    /// How many messages match.
    public Completeness count(
            QueueRef queue,
            Filter filter,
            @Nullable String fingerprint,
            boolean includeResolved,
            Consumer<Completeness> progress)
            throws OperatorException, BrokerException {
        throw new UnsupportedOperationException();
    }

    /// What one message says, without a broker. `decoder` overrides the choice; null lets it be
    /// chosen.
    public MessageView view(DeadLetter letter, @Nullable String decoder) {
        throw new UnsupportedOperationException();
    }

    /// The names of the decoders there are, for an override.
    public List<String> decoders() {
        throw new UnsupportedOperationException();
    }
}
