package org.deadletteroffice.core.job;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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

/// The first stage of a run: reads the scope, decides, archives, writes PLANNED, and hands on. What
/// an earlier run had planned and not sent comes first, from the archive.
final class PlanStage {
    private static final int LEDGER_PAGE = 500;
    private static final long BATCH_BYTES = 4 << 20;

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
    private long nextNumber;
    private long nextSequence;

    /// Asks the destination what it would refuse.
    interface Rehearser {
        List<TransferEvent> rehearse(List<Outgoing> batch)
                throws BrokerException, OperatorException, InterruptedException;
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
            Rehearser rehearser) {
        this.workshop = workshop;
        this.job = job;
        this.plan = plan;
        this.progress = progress;
        this.control = control;
        this.out = out;
        this.batch = batch;
        this.rehearser = rehearser;
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
        try (var source = open();
                var archive = workshop.archive().writer(job.id(), job.lease().epoch())) {
            while (control.go()) {
                var piece = source.next();
                if (piece.isEmpty()) {
                    progress.planned(List.of(), source.position(), true);
                    return;
                }
                plan(piece.get(), archive);
            }
        }
    }

    private MessageSource open() throws OperatorException {
        return switch (plan.request()) {
            case RedriveRequest redrive -> scope(redrive.scope());
            case PurgeRequest purge -> scope(purge.scope());
            case RestoreRequest restore -> new ArchiveSource(workshop, restore, job.planPosition());
            case ImportRequest file -> new FileSource(file, job.planPosition());
        };
    }

    private MessageSource scope(Scope scope) {
        return new ScopeReader(
                workshop.brokers(),
                job.source(),
                scope,
                Cursor.parse(job.until()),
                job.planPosition(),
                control::goAfter);
    }

    private void plan(MessageSource.Piece piece, ArchiveWriter archive)
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
        var settled = rehearsed(meant);
        var originals =
                settled.stream().filter(Ready.class::isInstance).map(Prepared::original).toList();
        var block =
                originals.isEmpty() || !plan.archives()
                        ? NO_BLOCK
                        : control.durably(() -> archive.append(originals));
        var entries = new ArrayList<Entry>();
        var parcels = new ArrayList<Parcel>();
        for (var prepared : settled) {
            var number = nextNumber++;
            var id = prepared.original().id();
            switch (prepared) {
                case Excluded(_, var reason) ->
                        entries.add(Entry.excluded(number, id, progress.reason(reason)));
                case Ready ready -> {
                    var sequence = nextSequence++;
                    entries.add(
                            Entry.planned(
                                    number,
                                    id,
                                    sequence,
                                    ready.destination(),
                                    block,
                                    ContentNumber.of(ready.key(), ready.payload())));
                    parcels.add(new Parcel(number, ready.outgoing(job.id(), number, sequence)));
                }
            }
        }
        for (var gone : piece.gone()) {
            var reason =
                    progress.reason(plan.readsQueue() ? ScopeReader.GONE : "it was not archived");
            entries.add(Entry.excluded(nextNumber++, gone, reason));
        }
        progress.planned(entries, piece.position(), false);
        EditTrace.audit(workshop.audit(), job, settled);
        handOn(parcels);
    }

    /// Leaves out what the destination would refuse, so that a job does what its rehearsal said.
    private List<Prepared> rehearsed(List<Prepared> meant)
            throws OperatorException, BrokerException, InterruptedException {
        if (!plan.sends()) {
            return meant;
        }
        var ready = new ArrayList<Outgoing>();
        for (var i = 0; i < meant.size(); i++) {
            if (meant.get(i) instanceof Ready message) {
                ready.add(message.outgoing(job.id(), nextNumber + i, i));
            }
        }
        if (ready.isEmpty()) {
            return meant;
        }
        var settled = new ArrayList<>(meant);
        for (var event : rehearser.rehearse(ready)) {
            if (event instanceof TransferEvent.Refused(var sequence, var reason)) {
                var index = Math.toIntExact(sequence);
                settled.set(index, new Excluded(meant.get(index).original(), reason.sentence()));
            }
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
