package org.deadletteroffice.core.job;

import java.util.Map;
import org.deadletteroffice.core.OperatorException;
import org.deadletteroffice.core.OperatorException.Kind;
import org.deadletteroffice.core.ledger.JobRow;
import org.deadletteroffice.core.ledger.NewJob;
import org.deadletteroffice.spi.error.BrokerException;
import org.deadletteroffice.spi.message.Cursor;
import org.deadletteroffice.spi.transfer.Guarantee;
import org.deadletteroffice.spi.transfer.Transfer;
import org.jspecify.annotations.Nullable;

/// Gets jobs going: a new one, or one that its process left behind.
final class Launch {
    private final Workshop workshop;
    private final JobIds ids;
    private final Runs runs;
    private final StartRules rules;

    Launch(Workshop workshop, JobIds ids, Runs runs) {
        this.workshop = workshop;
        this.ids = ids;
        this.runs = runs;
        this.rules = new StartRules(workshop.brokers());
    }

    /// @return the new job's id
    String start(JobRequest request, @Nullable String confirmation)
            throws OperatorException, BrokerException {
        if (request instanceof MoveRequest move) {
            return start(move, confirmation);
        }
        var plan = Plan.of(request, workshop);
        rules.check(request, plan, confirmation);
        var id = ids.next();
        var transfer = plan.sends() ? Transfers.open(workshop.brokers(), plan, id) : null;
        try {
            if (transfer != null && transfer.provenPosition().orElse(0) > 0) {
                // The broker knows a job of this name from another data folder: one in 10^11.
                transfer.close();
                return start(request, confirmation);
            }
            var row = create(id, request, guarantee(transfer));
            runs.start(row, Map.of(), plan, transfer);
            return id;
        } catch (BrokerException | RuntimeException failed) {
            close(transfer);
            throw failed;
        }
    }

    private String start(MoveRequest move, @Nullable String confirmation)
            throws OperatorException, BrokerException {
        rules.check(move, confirmation);
        // Asked before a job is written down, so that there is none where it cannot be.
        var _ = MoveRun.mover(workshop, move.source());
        var row = create(ids.next(), move, Guarantee.AT_LEAST_ONCE);
        runs.start(row, move);
        return row.id();
    }

    private JobRow create(String id, JobRequest request, Guarantee guarantee)
            throws OperatorException, BrokerException {
        var source = request.source();
        var connection = workshop.brokers().connection(source.profile());
        var identity = connection.queue(source).identity();
        var can = connection.capabilities(source);
        if (request instanceof PurgeRequest purge) {
            var _ = PurgeRehearsal.effect(purge, can);
        }
        var end = connection.snapshot(source);
        var reviewed = reviewed(request);
        var kind = kind(request);
        var row =
                workshop.table()
                        .create(
                                new NewJob(
                                        id,
                                        kind,
                                        RequestJson.write(request),
                                        source,
                                        identity,
                                        can.keepsMessages(),
                                        (reviewed == null ? end : reviewed).text(),
                                        end.text(),
                                        guarantee,
                                        JobInfos.destination(request),
                                        JobInfos.scope(request),
                                        workshop.operator().name(),
                                        request.reason()));
        workshop.audit()
                .append(
                        kind.word(),
                        source.profile(),
                        source.name(),
                        id,
                        request.reason(),
                        Map.of(
                                "scope", row.scope(),
                                "until", row.until(),
                                "destination", row.destination(),
                                "guarantee", row.guarantee().name()));
        return row;
    }

    /// To take a message away a second time changes nothing.
    private static Guarantee guarantee(@Nullable Transfer transfer) {
        return transfer == null ? Guarantee.EXACTLY_ONCE : transfer.guarantee();
    }

    private static @Nullable Cursor reviewed(JobRequest request) {
        return switch (request) {
            case RedriveRequest redrive -> redrive.until();
            case PurgeRequest purge -> purge.until();
            case RestoreRequest _, ImportRequest _, MoveRequest _ -> null;
        };
    }

    private static JobKind kind(JobRequest request) {
        return switch (request) {
            case RedriveRequest redrive ->
                    redrive.scope() instanceof Scope.Ids(var chosen) && chosen.size() == 1
                            ? JobKind.REPLAY
                            : JobKind.REDRIVE;
            case PurgeRequest _ -> JobKind.PURGE;
            case RestoreRequest _ -> JobKind.RESTORE;
            case ImportRequest _ -> JobKind.IMPORT;
            case MoveRequest _ -> JobKind.MOVE;
        };
    }

    /// Goes on here with a job that nobody runs. Of two processes that try only one does.
    void takeOver(JobRow row) throws OperatorException, BrokerException {
        var request = RequestJson.read(row.request());
        if (request instanceof MoveRequest move) {
            workshop.brokers().checkWritable(row.source().profile());
            runs.start(taken(row), move);
            return;
        }
        var plan = Plan.of(request, workshop);
        rules.checkWritable(plan);
        checkSameQueue(row);
        var mine = taken(row);
        Transfer transfer = null;
        try {
            transfer = plan.sends() ? Transfers.open(workshop.brokers(), plan, row.id()) : null;
            var number = mine.lease().number();
            var reasons = workshop.table().reasons(number);
            runs.start(mine, reasons, plan, transfer);
        } catch (OperatorException | BrokerException | RuntimeException failed) {
            close(transfer);
            interrupted(mine, failed);
            throw failed;
        }
    }

    /// Calls off what the broker moves for a job that nobody runs, and follows it to its end. As
    /// every stop it needs no profile unlocked.
    void callOff(JobRow row) throws OperatorException {
        if (!(RequestJson.read(row.request()) instanceof MoveRequest move)) {
            throw new IllegalArgumentException("the broker does nothing for " + row.id());
        }
        runs.callOff(taken(row), move);
    }

    /// Not left as running in a process that does not run it: nobody could resume it.
    private void interrupted(JobRow mine, Exception failed) {
        try {
            workshop.table()
                    .state(mine.lease(), JobState.INTERRUPTED, String.valueOf(failed.getMessage()));
        } catch (RuntimeException noStore) {
            failed.addSuppressed(noStore);
        }
    }

    private JobRow taken(JobRow row) throws OperatorException {
        var mine = workshop.table().take(row).orElseThrow(() -> tooLate(row));
        workshop.audit()
                .append(
                        "resume",
                        mine.source().profile(),
                        mine.source().name(),
                        mine.id(),
                        "",
                        Map.of());
        return mine;
    }

    private void checkSameQueue(JobRow row) throws OperatorException, BrokerException {
        var source = row.source();
        var identity = workshop.brokers().connection(source.profile()).queue(source).identity();
        if (workshop.fates().queueKey(source, identity).orElse(-1) != row.queue()) {
            throw new OperatorException(
                    Kind.REFUSED,
                    "The queue "
                            + source.name()
                            + " was deleted and made anew since the job began.",
                    "Abandon the job; its originals are in the archive.");
        }
    }

    static OperatorException tooLate(JobRow row) {
        return new OperatorException(
                Kind.WRONG_USE,
                "The job " + row.id() + " was just resumed by another process.",
                "Look at it with: dlo jobs show " + row.id());
    }

    private static void close(@Nullable Transfer transfer) {
        if (transfer != null) {
            transfer.close();
        }
    }
}
