package org.deadletteroffice.benchmarks;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executors;
import org.deadletteroffice.spi.connector.BrokerConnection;
import org.deadletteroffice.spi.connector.Scan;
import org.deadletteroffice.spi.message.Cursor;
import org.deadletteroffice.spi.message.DeadLetter;
import org.deadletteroffice.spi.message.QueueRef;
import org.deadletteroffice.spi.transfer.Outgoing;
import org.deadletteroffice.spi.transfer.Transfer;
import org.deadletteroffice.spi.transfer.TransferEvent;
import org.deadletteroffice.spi.transfer.TransferPlan;

/// A whole queue sent to another of the same broker and taken away: what a job does on the broker,
/// without its ledger. As a job does, it reads, sends and removes at once.
final class BareTransfer {
    private static final int BATCH = 500;
    private static final int WAITING = 16;
    private static final int TOGETHER = 8;

    private BareTransfer() {}

    /// @return how many
    static long run(BrokerConnection connection, QueueRef from, String to) throws Exception {
        var moved = 0L;
        var read = new ArrayBlockingQueue<List<DeadLetter>>(WAITING);
        var sent = new ArrayBlockingQueue<List<DeadLetter>>(WAITING);
        try (var scan = connection.scan(from, Cursor.oldest(), Cursor.newest());
                var transfer = connection.transfer(new TransferPlan("bench", from, "bench"));
                var stages = Executors.newVirtualThreadPerTaskExecutor()) {
            var atOnce = transfer.batchesAtOnce();
            var onTheirWay = new ArrayDeque<Begun>();
            var reading = stages.submit(() -> read(scan, BATCH / atOnce, read));
            var removing = stages.submit(() -> remove(connection, from, sent));
            try {
                for (var part = read.take(); !part.isEmpty(); part = read.take()) {
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
                    onTheirWay.add(new Begun(part, transfer.begin(outgoing)));
                    if (onTheirWay.size() == atOnce) {
                        end(onTheirWay.remove(), sent);
                    }
                }
                for (var begun : onTheirWay) {
                    end(begun, sent);
                }
                sent.put(List.of());
                reading.get();
                return removing.get();
            } catch (Exception failed) {
                stages.shutdownNow();
                throw failed;
            }
        }
    }

    private record Begun(List<DeadLetter> letters, Transfer.Sending sending) {}

    private static void end(Begun begun, BlockingQueue<List<DeadLetter>> sent) throws Exception {
        for (var event : begun.sending().events()) {
            if (!(event instanceof TransferEvent.Sent)) {
                throw new IllegalStateException("not sent: " + event);
            }
        }
        sent.put(begun.letters());
    }

    /// @param read an empty batch ends it
    private static String read(Scan scan, int batch, BlockingQueue<List<DeadLetter>> read)
            throws Exception {
        try {
            for (var some = scan.next(); some.isPresent(); some = scan.next()) {
                var letters = some.get().messages();
                for (var start = 0; start < letters.size(); start += batch) {
                    read.put(letters.subList(start, Math.min(letters.size(), start + batch)));
                }
            }
        } finally {
            read.put(List.of());
        }
        return "read";
    }

    /// @return how many
    private static long remove(
            BrokerConnection connection, QueueRef from, BlockingQueue<List<DeadLetter>> sent)
            throws Exception {
        var count = 0L;
        while (true) {
            var parts = new ArrayList<List<DeadLetter>>();
            parts.add(sent.take());
            sent.drainTo(parts, TOGETHER - 1);
            var ids = parts.stream().flatMap(List::stream).map(DeadLetter::id).toList();
            if (!ids.isEmpty()) {
                count += connection.remove(from, ids).size();
            }
            if (parts.getLast().isEmpty()) {
                return count;
            }
        }
    }
}
