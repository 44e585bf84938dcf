package org.deadletteroffice.core.job;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.deadletteroffice.core.OperatorException;
import org.deadletteroffice.core.OperatorException.Kind;
import org.deadletteroffice.core.ledger.JobRow;
import org.deadletteroffice.spi.connector.ServerSideMover;
import org.deadletteroffice.spi.connector.ServerSideMover.KnownMove;
import org.deadletteroffice.spi.error.BrokerException;
import org.jspecify.annotations.Nullable;

/// Has the broker start a move once, also through a crash: that it will be asked is written down
/// before, together with the moves of the queue that there were then; its handle after. Whoever
/// finds the first without the second looks for a move that was not there before.
final class MoveStart {
    /// What stands before the moves that there were.
    private static final String ASKED = "asked";

    /// In place of those moves, where the broker told of none and forgets those that ended.
    private static final String UNKNOWN = "?";

    private final Workshop workshop;
    private final JobRow job;
    private final MoveRequest request;
    private final Progress progress;

    MoveStart(Workshop workshop, JobRow job, MoveRequest request, Progress progress) {
        this.workshop = workshop;
        this.job = job;
        this.request = request;
        this.progress = progress;
    }

    /// The handle of this job's move, which is started unless it was before.
    ///
    /// @throws OperatorException REFUSED where nobody can tell whether it was
    String handle(ServerSideMover mover)
            throws OperatorException, BrokerException, InterruptedException {
        var known = known(mover);
        if (known != null) {
            return known;
        }
        var handle = start(mover);
        progress.handedOver(handle);
        return handle;
    }

    /// The handle of the move that this job had started before; null when it had none started.
    ///
    /// @throws OperatorException REFUSED where nobody can tell whether it had
    @Nullable String known(ServerSideMover mover)
            throws OperatorException, BrokerException, InterruptedException {
        var noted = job.planPosition();
        if (noted == null || noted.isEmpty() || job.planComplete()) {
            return job.planComplete() ? noted : null;
        }
        var started = find(mover, noted);
        if (started != null) {
            progress.handedOver(started);
        }
        return started;
    }

    /// What an earlier run had started; null: nothing.
    private @Nullable String find(ServerSideMover mover, String note)
            throws OperatorException, BrokerException {
        var before = List.of(note.split("\n", -1));
        var now = mover.moves(job.source());
        var started =
                now.orElse(List.of()).stream()
                        .filter(move -> !before.contains(move.key()))
                        .filter(this::goesThere)
                        .map(KnownMove::handle)
                        .findFirst();
        if (started.isEmpty() && (now.isEmpty() || before.contains(UNKNOWN))) {
            throw new OperatorException(
                    Kind.REFUSED,
                    "The program ended while it asked the broker to move "
                            + job.source().name()
                            + ", and the broker does not tell whether it did.",
                    "Look at the queue: if it does not shrink, abandon the job and start a new one.");
        }
        return started.orElse(null);
    }

    private boolean goesThere(KnownMove move) {
        return move.to() == null
                || request.destination() == null
                || move.to().equals(request.destination());
    }

    private String start(ServerSideMover mover)
            throws OperatorException, BrokerException, InterruptedException {
        var source = job.source();
        var name = request.destination();
        var to = name == null ? null : workshop.brokers().queue(source.profile(), name).ref();
        progress.handingOver(note(mover.moves(source)));
        try {
            return mover.start(source, to, request.perSecond());
        } catch (BrokerException.Unreachable | BrokerException.Cancelled unsure) {
            // It may have started all the same.
            throw unsure;
        } catch (BrokerException refused) {
            progress.handingOver("");
            throw refused;
        }
    }

    private static String note(Optional<List<KnownMove>> moves) {
        var lines = new ArrayList<String>();
        lines.add(ASKED);
        moves.ifPresentOrElse(
                known -> known.forEach(move -> lines.add(move.key())), () -> lines.add(UNKNOWN));
        return String.join("\n", lines);
    }
}
