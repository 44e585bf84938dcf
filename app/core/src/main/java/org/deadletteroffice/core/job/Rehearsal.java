package org.deadletteroffice.core.job;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Map;
import org.deadletteroffice.core.OperatorException;
import org.deadletteroffice.core.job.Prepared.Excluded;
import org.deadletteroffice.core.job.Prepared.Ready;
import org.deadletteroffice.core.ledger.LedgerFates.Known;
import org.deadletteroffice.core.schema.SchemaRule;
import org.deadletteroffice.spi.error.BrokerException;
import org.deadletteroffice.spi.message.DeadLetter;
import org.deadletteroffice.spi.message.MessageId;
import org.deadletteroffice.spi.transfer.Outgoing;
import org.deadletteroffice.spi.transfer.TransferEvent;
import org.jspecify.annotations.Nullable;

/// Runs a whole plan over its whole scope and sends nothing.
final class Rehearsal {
    private final Workshop workshop;
    private final RedrivePlan plan;
    private final RedriveRequest request;
    private final PreviewTally tally;
    private final @Nullable SchemaTally schema;
    private final ClaimTally claims;
    private long number;

    /// @param rule the schema that each message is held against; null for none
    Rehearsal(Workshop workshop, RedrivePlan plan, @Nullable SchemaRule rule) {
        this.workshop = workshop;
        this.plan = plan;
        this.request = plan.request();
        this.tally = new PreviewTally(plan);
        this.claims = new ClaimTally(plan, workshop.claims());
        this.schema = rule == null ? null : new SchemaTally(plan, rule);
    }

    Preview run(String name) throws OperatorException, BrokerException {
        var start = System.nanoTime();
        var source = request.source();
        var connection = workshop.brokers().connection(source.profile());
        var identity = connection.queue(source).identity();
        var asked = request.until();
        var until = asked == null ? connection.snapshot(source) : asked;
        var queue = workshop.fates().queueKey(source, identity).orElse(-1);
        var control = new JobControl();
        try (var asking = new Asking(workshop, plan, name, control);
                var reader =
                        new ScopeReader(
                                workshop.brokers(),
                                source,
                                request.scope(),
                                until,
                                null,
                                control)) {
            var guarantee = asking.guarantee();
            plan.look(control);
            for (var piece = reader.next(); piece.isPresent(); piece = reader.next()) {
                rehearse(piece.get(), queue, asking);
            }
            return tally.preview(
                    until,
                    plan.notes(),
                    Readers.of(
                            workshop.brokers(),
                            plan.destinationProfile(),
                            tally.destinations().keySet()),
                    guarantee,
                    schema == null ? null : schema.verdicts(),
                    claims.verdicts(),
                    estimate(),
                    Duration.ofNanos(System.nanoTime() - start).toMillis());
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw new BrokerException.Cancelled("The rehearsal was interrupted.", stop);
        }
    }

    private void rehearse(MessageSource.Piece piece, int queue, Asking asking)
            throws OperatorException, BrokerException, InterruptedException {
        var known = workshop.fates().known(queue, -1, piece.letters());
        var ready = new ArrayList<Ready>();
        var outgoing = new ArrayList<Outgoing>();
        for (DeadLetter letter : piece.letters()) {
            var before = known.getOrDefault(letter.id(), Known.NOTHING);
            if (!plan.isInScope(letter, before)) {
                continue;
            }
            switch (plan.prepare(letter, before)) {
                case Excluded(_, var reason) -> tally.excluded(letter.id(), reason);
                case Ready message -> {
                    outgoing.add(message.outgoing("rehearsal", number++, ready.size()));
                    ready.add(message);
                }
            }
        }
        for (MessageId gone : piece.gone()) {
            tally.excluded(gone, ScopeReader.GONE);
        }
        if (ready.isEmpty()) {
            return;
        }
        var refused = new java.util.HashSet<Integer>();
        for (var event : asking.rehearse(outgoing)) {
            var index = Math.toIntExact(event.sequence());
            var id = ready.get(index).original().id();
            switch (event) {
                case TransferEvent.Refused(_, var reason) -> {
                    refused.add(index);
                    tally.excluded(id, reason.sentence());
                }
                case TransferEvent.Warned(_, var sentence) -> tally.warned(id, sentence);
                case TransferEvent.Sent _,
                        TransferEvent.Moved _,
                        TransferEvent.Untouched _,
                        TransferEvent.Unknown _ ->
                        throw new IllegalStateException("a rehearsal sends nothing");
            }
        }
        for (var i = 0; i < ready.size(); i++) {
            if (!refused.contains(i)) {
                tally.planned(ready.get(i), outgoing.get(i));
                claims.add(ready.get(i));
                if (schema != null) {
                    schema.add(ready.get(i));
                }
            }
        }
    }

    private @Nullable Duration estimate() {
        var pace = request.pace();
        var canary = pace.canary() == null ? Duration.ZERO : pace.canary().watch();
        var speed = pace.perSecond() == null ? earlierSpeed() : pace.perSecond();
        return speed == null ? null : canary.plusMillis((long) (tally.planned() * 1_000 / speed));
    }

    /// What the last job from this profile did a second.
    private @Nullable Double earlierSpeed() {
        for (var job : workshop.table().list(50)) {
            var ended = job.ended();
            if (ended != null
                    && job.source().profile().equals(request.source().profile())
                    && job.counts().sent() >= 1_000) {
                var millis = Math.max(1, Duration.between(job.started(), ended).toMillis());
                return job.counts().sent() * 1_000.0 / millis;
            }
        }
        return null;
    }

    static Map<String, String> details(Preview preview) {
        return Map.of(
                "inScope", Long.toString(preview.inScope()),
                "planned", Long.toString(preview.planned()),
                "excluded", Long.toString(preview.inScope() - preview.planned()),
                "until", preview.until().text());
    }
}
