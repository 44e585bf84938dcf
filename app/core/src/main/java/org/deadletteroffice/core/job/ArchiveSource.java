package org.deadletteroffice.core.job;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.deadletteroffice.core.OperatorException;
import org.deadletteroffice.core.ledger.Entry;
import org.deadletteroffice.core.ledger.JobRow;
import org.deadletteroffice.spi.message.DeadLetter;
import org.deadletteroffice.spi.message.MessageId;
import org.jspecify.annotations.Nullable;

/// Reads what an earlier job took away, from the archive, in the order in which it was taken.
final class ArchiveSource implements MessageSource {
    private static final int PIECE = 500;
    private static final long PIECE_BYTES = 4 << 20;

    private final Workshop workshop;
    private final JobRow earlier;
    private final Set<MessageId> chosen;
    private long from;
    private String block = "";
    private Map<MessageId, DeadLetter> originals = Map.of();

    /// @param position where an earlier reader stopped; null for the beginning
    /// @throws OperatorException NOT_FOUND when the job or its copies are gone
    ArchiveSource(Workshop workshop, RestoreRequest request, @Nullable String position)
            throws OperatorException {
        this.workshop = workshop;
        this.earlier = Restoring.restorable(workshop, request.job());
        this.chosen = new HashSet<>(request.ids());
        this.from = position == null ? 0 : Long.parseLong(position);
    }

    @Override
    public Optional<Piece> next() {
        while (true) {
            var page =
                    workshop.ledger()
                            .entries(earlier.lease().number(), Entry.State.DONE, from, PIECE);
            if (page.isEmpty()) {
                return Optional.empty();
            }
            var letters = new ArrayList<DeadLetter>();
            var gone = new ArrayList<MessageId>();
            var bytes = 0L;
            for (var entry : page) {
                from = entry.number() + 1;
                if (!chosen.isEmpty() && !chosen.contains(entry.message())) {
                    continue;
                }
                var letter = original(entry);
                if (letter == null) {
                    gone.add(entry.message());
                    continue;
                }
                letters.add(letter);
                bytes += letter.size();
                if (bytes >= PIECE_BYTES) {
                    break;
                }
            }
            if (!letters.isEmpty() || !gone.isEmpty()) {
                return Optional.of(new Piece(List.copyOf(letters), List.copyOf(gone), position()));
            }
        }
    }

    /// Null for a message that was not archived.
    private @Nullable DeadLetter original(Entry entry) {
        var place = entry.block();
        if (place == null || place.isEmpty()) {
            return null;
        }
        if (!place.equals(block)) {
            originals = workshop.archive().byId(earlier.id(), earlier.source(), place);
            block = place;
        }
        return originals.get(entry.message());
    }

    @Override
    public boolean goOn() {
        return false;
    }

    @Override
    public String position() {
        return Long.toString(from);
    }

    @Override
    public void close() {
        // Each block is opened and closed by itself.
    }
}
