package org.deadletteroffice.spi.connector;

import java.util.List;
import java.util.Optional;
import org.deadletteroffice.spi.error.BrokerException;
import org.deadletteroffice.spi.message.Count;
import org.deadletteroffice.spi.message.Cursor;
import org.deadletteroffice.spi.message.DeadLetter;

/// A pull of every message of a range, oldest first; whoever pulls sets the pace. One thread at a
/// time.
public interface Scan extends AutoCloseable {
    /// The next messages, never an empty list; empty at the end of the range. A batch is bounded by
    /// count and by bytes, so that memory stays flat.
    Optional<Batch> next() throws BrokerException;

    /// Whether the end was reached though the range may hold more, which the broker gives out only
    /// when some that it gave before were removed (Amazon SQS: message groups). A new scan from the
    /// last place then finds them. To be asked at the end.
    boolean mayGoOn();

    /// How many messages the range holds in all, as told at its start.
    Count total();

    /// Never throws.
    @Override
    void close();

    /// @param after a scan from here goes on with the next message
    record Batch(List<DeadLetter> messages, Cursor after) {
        public Batch {
            messages = List.copyOf(messages);
        }
    }
}
