package org.deadletteroffice.spi.transfer;

import org.deadletteroffice.spi.error.BrokerException;
import org.jspecify.annotations.Nullable;

/// What became of one message of a batch.
public sealed interface TransferEvent {
    long sequence();

    /// The destination's broker confirmed it durably.
    ///
    /// @param position where it lies now, in the broker's words (`orders 3-771020`); null where the
    ///     broker does not say
    record Sent(long sequence, @Nullable String position) implements TransferEvent {}

    /// Sent and gone from the source in one act.
    record Moved(long sequence, @Nullable String position) implements TransferEvent {}

    /// This message will not be taken however often it is sent; it stays where it was.
    record Refused(long sequence, BrokerException reason) implements TransferEvent {}

    /// Not sent for sure: the batch goes as a whole or not at all and another of it was refused, or
    /// the broker took others and asked to slow down. Send it again, without what was refused.
    record Untouched(long sequence) implements TransferEvent {}

    /// The broker was lost before it said what became of this one, after it had confirmed or
    /// refused others of the batch: it may have arrived.
    ///
    /// @param reason why nobody knows
    record Unknown(long sequence, BrokerException reason) implements TransferEvent {}

    /// Of a rehearsal alone: it would be taken, and more would come of it than was asked for.
    ///
    /// @param sentence for the operator, the same for all messages of which the same is to be said
    record Warned(long sequence, String sentence) implements TransferEvent {}
}
