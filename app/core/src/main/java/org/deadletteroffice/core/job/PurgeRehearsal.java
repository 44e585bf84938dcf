package org.deadletteroffice.core.job;

import java.time.Duration;
import java.util.Map;
import org.deadletteroffice.core.OperatorException;
import org.deadletteroffice.core.job.Prepared.Excluded;
import org.deadletteroffice.core.job.Prepared.Ready;
import org.deadletteroffice.core.ledger.LedgerFates.Known;
import org.deadletteroffice.spi.connector.Capabilities;
import org.deadletteroffice.spi.error.BrokerException;
import org.deadletteroffice.spi.error.Remedy;
import org.deadletteroffice.spi.message.Cursor;
import org.deadletteroffice.spi.message.Numerals;

/// Runs a purge over its whole scope and takes nothing.
final class PurgeRehearsal {
    private final Workshop workshop;
    private final PurgeRequest request;
    private final PurgePlan plan;
    private final Exclusions excluded = new Exclusions();
    private long planned;
    private long bytes;

    PurgeRehearsal(Workshop workshop, PurgeRequest request) throws OperatorException {
        this.workshop = workshop;
        this.request = request;
        this.plan = PurgePlan.of(request, workshop.messages());
    }

    PurgePreview run() throws OperatorException, BrokerException {
        var start = System.nanoTime();
        var source = request.source();
        var connection = workshop.brokers().connection(source.profile());
        var identity = connection.queue(source).identity();
        var effect = effect(request, connection.capabilities(source));
        var asked = request.until();
        var until = asked == null ? connection.snapshot(source) : asked;
        var queue = workshop.fates().queueKey(source, identity).orElse(-1);
        var control = new JobControl();
        try (var reader =
                new ScopeReader(
                        workshop.brokers(), source, request.scope(), until, null, control)) {
            for (var piece = reader.next(); piece.isPresent(); piece = reader.next()) {
                count(piece.get(), queue);
            }
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw new BrokerException.Cancelled("The rehearsal was interrupted.", stop);
        }
        return preview(until, effect, Duration.ofNanos(System.nanoTime() - start).toMillis());
    }

    private void count(MessageSource.Piece piece, int queue) {
        var known = workshop.fates().known(queue, -1, piece.letters());
        for (var letter : piece.letters()) {
            var before = known.getOrDefault(letter.id(), Known.NOTHING);
            if (!plan.isInScope(letter, before)) {
                continue;
            }
            switch (plan.prepare(letter, before)) {
                case Excluded(_, var reason) -> excluded.add(letter.id(), reason);
                case Ready _ -> {
                    planned++;
                    bytes += letter.size();
                }
            }
        }
        for (var gone : piece.gone()) {
            excluded.add(gone, ScopeReader.GONE);
        }
    }

    /// @throws BrokerException.Unsupported where the queue can neither lose a message nor hide it
    static PurgePreview.Effect effect(PurgeRequest request, Capabilities can)
            throws BrokerException {
        if (can.keepsMessages()) {
            return can.purge() && request.trimmed()
                    ? PurgePreview.Effect.TRIMMED
                    : PurgePreview.Effect.HIDDEN;
        }
        if (!can.removeOne()) {
            throw new BrokerException.Unsupported(
                    "Messages cannot be removed from "
                            + request.source().name()
                            + " with these rights or on this broker.",
                    new Remedy.Advice("Look at the checks of the profile for what is missing."),
                    null);
        }
        return PurgePreview.Effect.REMOVED;
    }

    private PurgePreview preview(Cursor until, PurgePreview.Effect effect, long millis) {
        var retention = workshop.retention().get();
        var archived = request.archived();
        var what =
                switch (effect) {
                    case REMOVED -> "removed from the queue";
                    case TRIMMED ->
                            "hidden as resolved, and the log is trimmed up to its first unresolved message";
                    case HIDDEN -> "hidden as resolved; the log itself keeps them";
                };
        return new PurgePreview(
                until,
                planned + excluded.count(),
                planned,
                excluded.list(),
                bytes,
                archived ? retention.age() : null,
                archived ? retention.bytes() : null,
                effect,
                "%s would be %s. %s"
                        .formatted(
                                Numerals.of(planned, "message", "messages"),
                                what,
                                archived
                                        ? "Their copies are kept " + retention.words() + "."
                                        : "No copies are kept: this cannot be undone."),
                millis);
    }

    static Map<String, String> details(PurgePreview preview) {
        return Map.of(
                "act", JobKind.PURGE.word(),
                "inScope", Long.toString(preview.inScope()),
                "planned", Long.toString(preview.planned()),
                "excluded", Long.toString(preview.inScope() - preview.planned()),
                "until", preview.until().text());
    }
}
