package org.deadletteroffice.core.job;

import java.util.List;
import java.util.Optional;
import org.deadletteroffice.core.OperatorException;
import org.deadletteroffice.spi.error.BrokerException;
import org.deadletteroffice.spi.message.DeadLetter;
import org.deadletteroffice.spi.message.MessageId;

/// Where a job reads its messages from, in pieces of bounded size, each with the place from where
/// another reader goes on. One thread at a time.
interface MessageSource extends AutoCloseable {
    /// Empty at the end.
    Optional<Piece> next() throws OperatorException, BrokerException, InterruptedException;

    /// At the end: whether more may come when what was given out is dealt with; [#next] then looks
    /// anew.
    boolean goOn();

    /// Where a reader goes on that comes after this one.
    String position();

    @Override
    void close();

    /// @param gone chosen messages that are there no more
    /// @param position goes on after this piece
    record Piece(List<DeadLetter> letters, List<MessageId> gone, String position) {}
}
