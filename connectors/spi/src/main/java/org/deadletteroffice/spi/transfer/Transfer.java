package org.deadletteroffice.spi.transfer;

import java.util.List;
import java.util.OptionalLong;
import org.deadletteroffice.spi.error.BrokerException;

/// The sending side of one job. The engine writes its ledger before and after each call; a
/// connector only sends, confirms and proves. One thread at a time; opening a second transfer for
/// the same job fences the first where the broker can.
///
/// The order that keeps messages: ledger PLANNED → [#send] → ledger SENT → `remove` → ledger DONE.
public interface Transfer extends AutoCloseable {
    /// What this transfer gives, with this destination.
    Guarantee guarantee();

    /// What the broker can prove after a crash: every message of the job with a sequence below this
    /// was delivered or had been refused before. Empty where it keeps no proof.
    OptionalLong provenPosition() throws BrokerException;

    /// Looks at messages without sending: destination exists, may be written to, size is within its
    /// limit. What would be refused comes back as [TransferEvent.Refused], what would go
    /// further than asked for as [TransferEvent.Warned]; all others are left out.
    List<TransferEvent> rehearse(List<Outgoing> batch) throws BrokerException;

    /// Sends and waits for the broker's confirmation. One event for each message. Where some are
    /// [TransferEvent.Unknown], open a new transfer and ask [#provenPosition] before sending those
    /// again.
    ///
    /// With [Guarantee#EXACTLY_ONCE] a batch is one act: either all are Sent (or Moved), and
    /// [#provenPosition] is past the last of them, or none is and each is Refused or Untouched.
    ///
    /// @throws BrokerException when the outcome of the whole batch is unknown or nothing was sent;
    ///     open a new transfer and ask [#provenPosition] before sending again
    List<TransferEvent> send(List<Outgoing> batch) throws BrokerException;

    /// How many batches may be begun before the first is asked for its events; 1 where the broker's
    /// confirmation is waited for before the next goes.
    int batchesAtOnce();

    /// As [#send], for who has more to send: returns before the broker confirmed, where another
    /// batch may go meanwhile. Batches go out in the order of the calls, at the latest when they
    /// are asked for their events. Each must be asked, the oldest first; where one fails or has
    /// [TransferEvent.Unknown], all that are on their way, before a new transfer is opened.
    Sending begin(List<Outgoing> batch);

    /// A batch on its way.
    interface Sending {
        /// As [#send] gives and throws. Waits for the broker's confirmation.
        List<TransferEvent> events() throws BrokerException;
    }

    /// Lets go of what the broker keeps for this job (proofs), once the ledger says that it is
    /// done. Never throws.
    void forget();

    /// Never throws; what was not confirmed is not sent.
    @Override
    void close();
}
