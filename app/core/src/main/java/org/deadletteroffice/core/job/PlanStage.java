package org.deadletteroffice.core.job;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.deadletteroffice.core.OperatorException;
import org.deadletteroffice.core.archive.ArchiveWriter;
import org.deadletteroffice.core.job.Prepared.Excluded;
import org.deadletteroffice.core.job.Prepared.Ready;
import org.deadletteroffice.core.ledger.Entry;
import org.deadletteroffice.core.ledger.JobRow;
import org.deadletteroffice.core.ledger.LedgerFates.Known;
import org.deadletteroffice.spi.error.BrokerException;
import org.deadletteroffice.spi.message.Cursor;
import org.deadletteroffice.spi.message.DeadLetter;
import org.deadletteroffice.spi.message.Failure;
import org.deadletteroffice.spi.message.Headers;
import org.deadletteroffice.spi.message.MessageId;
import org.deadletteroffice.spi.transfer.Outgoing;
import org.deadletteroffice.spi.transfer.TransferEvent;
import org.jspecify.annotations.Nullable;

/// The first stage of a run: reads the scope, decides, archives, writes PLANNED, and hands on. What
/// an earlier run had planned and not sent comes first, from the archive.
final class PlanStage {
    private static final int LEDGER_PAGE = 500;
    private static final long BATCH_BYTES = 8 << 20;

    /// Of messages that are not archived.
    private static final String NO_BLOCK = "";

    private final Workshop workshop;
    private final JobRow job;
    private final Plan plan;
    private final Progress progress;
    private final JobControl control;
    private final Handover<List<Parcel>> out;
    private final int batch;
    private final Rehearser rehearser;
    private final Idle idle;
    private long nextNumber;
    private long nextSequence;

    /// Asks the destination what it would refuse.
    interface Rehearser {
        List<TransferEvent> rehearse(List<Outgoing> batch)
                throws BrokerException, OperatorException, InterruptedException;
    }

    /// Waits until all that was handed on is dealt with.
    interface Idle {
        /// @return false when nothing more is taken
        boolean await() throws InterruptedException;
    }

    /// @param batch how many messages a batch may have
    PlanStage(
            Workshop workshop,
            JobRow job,
            Plan plan,
            Progress progress,
            JobControl control,
            Handover<List<Parcel>> out,
            int batch,
            Rehearser rehearser,
            Idle idle) {
        this.workshop = workshop;
        this.job = job;
        this.plan = plan;
        this.progress = progress;
        this.control = control;
        this.out = out;
        this.batch = batch;
        this.rehearser = rehearser;
        this.idle = idle;
        var counts = progress.counts();
        nextNumber = counts.planned() + counts.excluded();
        nextSequence = counts.planned();
    }

    void run() throws OperatorException, BrokerException, InterruptedException {
        if (nextNumber > 0) {
            handOnPlanned();
        }
        if (!job.planComplete()) {
            planRest();
        }
        out.end();
    }

    private void handOnPlanned() throws InterruptedException {
        var from = 0L;
        var parcels = new ArrayList<Parcel>();
        var block = "";
        Map<MessageId, DeadLetter> originals = Map.of();
        while (control.go()) {
            var page =
                    workshop.ledger()
                            .entries(job.lease().number(), Entry.State.PLANNED, from, LEDGER_PAGE);
            for (var entry : page) {
                var place = String.valueOf(entry.block());
                if (!place.equals(block)) {
                    block = place;
                    originals = originals(place);
                }
                var letter =
                        plan.archives()
                                ? originals.get(entry.message())
                                : nameOnly(entry.message());
                var sequence = entry.sequence();
                var destination = entry.destination();
                if (letter == null || sequence == null || destination == null) {
                    throw new IllegalStateException(
                            "the archive of job " + job.id() + " lacks " + entry.message());
                }
                switch (plan.ready(letter, destination)) {
                    case Ready ready ->
                            parcels.add(
                                    new Parcel(
                                            entry.number(),
                                            ready.outgoing(job.id(), entry.number(), sequence)));
                    case Excluded(_, var reason) ->
                            progress.failed(Map.of(entry.number(), progress.reason(reason)));
                }
            }
            if (page.size() < LEDGER_PAGE) {
                break;
            }
            from = page.getLast().number() + 1;
            handOn(parcels);
            parcels = new ArrayList<>();
        }
        handOn(parcels);
    }

    private Map<MessageId, DeadLetter> originals(String block) {
        return block.equals(NO_BLOCK)
                ? Map.of()
                : workshop.archive().byId(job.id(), job.source(), block);
    }

    /// All that is needed of a message that is taken away without a copy.
    private DeadLetter nameOnly(MessageId id) {
        return new DeadLetter(
                job.source(), id, null, null, Headers.NONE, null, null, Failure.NONE, null);
    }

    private void planRest() throws OperatorException, BrokerException, InterruptedException {
        plan.look(control);
        try (var source = open();
                var archive = workshop.archive().writer(job.id(), job.lease().epoch())) {
            // Whether anything was handed on whose removal may let more come.
            var handedOn = true;
            while (control.go()) {
                var piece = source.next();
                if (piece.isPresent()) {
                    handedOn |= plan(piece.get(), archive);
                } else if (handedOn && source.goOn()) {
                    if (!idle.await()) {
                        return;
                    }
                    handedOn = false;
                } else {
                    progress.planned(List.of(), source.position(), true);
                    return;
                }
            }
        }
    }

    private MessageSource open() throws OperatorException {
        return switch (plan.request()) {
            case RedriveRequest redrive -> scope(redrive.scope());
            case PurgeRequest purge -> scope(purge.scope());
            case RestoreRequest restore -> new ArchiveSource(workshop, restore, job.planPosition());
            case ImportRequest file -> new FileSource(file, job.planPosition());
            case MoveRequest _ ->
                    throw new IllegalArgumentException("the broker reads what it moves itself");
        };
    }

    private MessageSource scope(Scope scope) {
        return new ScopeReader(
                workshop.brokers(),
                job.source(),
                scope,
                Cursor.parse(job.until()),
                job.planPosition(),
                control);
    }

    /// @return whether any of it goes on
    private boolean plan(MessageSource.Piece piece, ArchiveWriter archive)
            throws OperatorException, BrokerException, InterruptedException {
        Map<MessageId, Known> known =
                plan.readsQueue()
                        ? workshop.fates().known(job.queue(), job.lease().number(), piece.letters())
                        : Map.of();
        var meant = new ArrayList<Prepared>();
        for (var letter : piece.letters()) {
            var before = known.getOrDefault(letter.id(), Known.NOTHING);
            if (!before.mine() && plan.isInScope(letter, before)) {
                meant.add(plan.prepare(letter, before));
            }
        }
        var settled = settled(meant);
        var originals = settled.stream().filter(Settled::isSent).map(Settled::original).toList();
        var block =
                originals.isEmpty() || !plan.archives()
                        ? NO_BLOCK
                        : control.durably(() -> archive.append(originals));
        var entries = new ArrayList<Entry>(settled.size());
        var parcels = new ArrayList<Parcel>(originals.size());
        for (var each : settled) {
            var number = nextNumber++;
            var id = each.original().id();
            var outgoing = each.outgoing();
            if (outgoing == null) {
                entries.add(
                        Entry.excluded(number, id, progress.reason(String.valueOf(each.reason()))));
                continue;
            }
            entries.add(
                    Entry.planned(
                            number,
                            id,
                            outgoing.sequence(),
                            outgoing.destination(),
                            block,
                            ContentNumber.of(outgoing.key(), outgoing.payload())));
            parcels.add(new Parcel(number, outgoing));
        }
        nextSequence += parcels.size();
        for (var gone : piece.gone()) {
            var reason =
                    progress.reason(plan.readsQueue() ? ScopeReader.GONE : "it was not archived");
            entries.add(Entry.excluded(nextNumber++, gone, reason));
        }
        progress.planned(entries, piece.position(), false);
        EditTrace.audit(workshop.audit(), job, parcels);
        handOn(parcels);
        return !parcels.isEmpty();
    }

    /// What becomes of a message: either it is on its way out, or it is left out for a reason.
    private record Settled(
            DeadLetter original, @Nullable Outgoing outgoing, @Nullable String reason) {
        boolean isSent() {
            return outgoing != null;
        }
    }

    /// Leaves out what the destination would refuse, so that a job does what its rehearsal said.
    private List<Settled> settled(List<Prepared> meant)
            throws OperatorException, BrokerException, InterruptedException {
        var refused = new HashMap<Integer, String>();
        var settled = numbered(meant, refused);
        var ready = settled.stream().map(Settled::outgoing).filter(Objects::nonNull).toList();
        if (!plan.sends() || ready.isEmpty()) {
            return settled;
        }
        var reasons = new HashMap<Long, String>();
        for (var event : rehearser.rehearse(ready)) {
            if (event instanceof TransferEvent.Refused(var sequence, var reason)) {
                reasons.put(sequence, reason.sentence());
            }
        }
        if (reasons.isEmpty()) {
            return settled;
        }
        for (var i = 0; i < settled.size(); i++) {
            var outgoing = settled.get(i).outgoing();
            var reason = outgoing == null ? null : reasons.get(outgoing.sequence());
            if (reason != null) {
                refused.put(i, reason);
            }
        }
        // Once more, since sequences have no gaps.
        return numbered(meant, refused);
    }

    /// @param refused by their place in `meant`
    private List<Settled> numbered(List<Prepared> meant, Map<Integer, String> refused) {
        var settled = new ArrayList<Settled>(meant.size());
        var sequence = nextSequence;
        for (var each : meant) {
            var i = settled.size();
            settled.add(
                    switch (each) {
                        case Excluded(var original, var reason) ->
                                new Settled(original, null, reason);
                        case Ready ready when refused.containsKey(i) ->
                                new Settled(ready.original(), null, refused.get(i));
                        case Ready ready ->
                                new Settled(
                                        ready.original(),
                                        ready.outgoing(job.id(), nextNumber + i, sequence++),
                                        null);
                    });
        }
        return settled;
    }

    private void handOn(List<Parcel> parcels) throws InterruptedException {
        var canary = plan.pace().canary();
        var next = new ArrayList<Parcel>();
        var bytes = 0L;
        for (var parcel : parcels) {
            next.add(parcel);
            bytes += parcel.outgoing().original().size();
            // The canaries go alone: a batch ends with the last of them.
            var lastCanary = canary != null && parcel.outgoing().sequence() == canary.first() - 1L;
            if (next.size() >= batch || bytes >= BATCH_BYTES || lastCanary) {
                if (!out.put(List.copyOf(next))) {
                    return;
                }
                next.clear();
                bytes = 0;
            }
        }
        if (!next.isEmpty()) {
            out.put(List.copyOf(next));
        }
    }
}
