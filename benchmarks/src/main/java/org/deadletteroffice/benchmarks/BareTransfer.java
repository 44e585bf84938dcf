package org.deadletteroffice.benchmarks;

import java.util.ArrayList;
import org.deadletteroffice.spi.connector.BrokerConnection;
import org.deadletteroffice.spi.message.Cursor;
import org.deadletteroffice.spi.message.DeadLetter;
import org.deadletteroffice.spi.message.QueueRef;
import org.deadletteroffice.spi.transfer.Outgoing;
import org.deadletteroffice.spi.transfer.TransferPlan;

/// A whole queue sent to another of the same broker and taken away: what a job does on the broker,
/// without its ledger, one thing after the other.
final class BareTransfer {
    private static final int BATCH = 500;

    private BareTransfer() {}

    /// @return how many
    static long run(BrokerConnection connection, QueueRef from, String to) throws Exception {
        var moved = 0L;
        try (var scan = connection.scan(from, Cursor.oldest(), Cursor.newest());
                var transfer = connection.transfer(new TransferPlan("bench", from, "bench"))) {
            for (var batch = scan.next(); batch.isPresent(); batch = scan.next()) {
                var letters = batch.get().messages();
                for (var start = 0; start < letters.size(); start += BATCH) {
                    var part = letters.subList(start, Math.min(letters.size(), start + BATCH));
                    var outgoing = new ArrayList<Outgoing>();
                    for (var letter : part) {
                        outgoing.add(
                                new Outgoing(
                                        moved++,
                                        letter,
                                        to,
                                        null,
                                        letter.key(),
                                        letter.payload(),
                                        letter.headers(),
                                        letter.timestamp()));
                    }
                    transfer.send(outgoing);
                    connection.remove(from, part.stream().map(DeadLetter::id).toList());
                }
            }
        }
        return moved;
    }
}
