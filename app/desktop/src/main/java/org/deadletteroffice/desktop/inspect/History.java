package org.deadletteroffice.desktop.inspect;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.deadletteroffice.core.browse.MessageView;
import org.deadletteroffice.core.cause.DeathWords;
import org.deadletteroffice.core.job.JobInfo;
import org.deadletteroffice.desktop.control.Tone;
import org.deadletteroffice.desktop.text.Amounts;
import org.deadletteroffice.spi.message.Failure;
import org.deadletteroffice.spi.message.Origin;
import org.jspecify.annotations.Nullable;

/// What happened to one message, from its headers and the ledger, in order.
final class History {
    private History() {}

    /// May ask the ledger, and so block.
    ///
    /// @param jobs finds a job by its id
    static List<HistoryEvent> of(MessageView message, Function<String, Optional<JobInfo>> jobs) {
        var events = new ArrayList<HistoryEvent>();
        var failure = message.failure();
        for (var earlier : failure.history()) {
            events.add(died(DeathWords.time(earlier), DeathWords.earlier(earlier)));
        }
        if (failure.isKnown()) {
            if (failure.history().isEmpty()) {
                consumed(failure).ifPresent(events::add);
            }
            if (failure.firstDeath() != null && !isTold(failure.firstDeath(), failure)) {
                events.add(
                        new HistoryEvent(
                                failure.firstDeath(),
                                Tone.DANGER,
                                "failed for the first time",
                                null));
            }
            boolean again = !failure.history().isEmpty();
            events.add(
                    died(
                            lastDeath(message),
                            DeathWords.of(failure, again ? "came back" : "dead-lettered")));
        } else {
            events.add(
                    new HistoryEvent(
                            message.letter().timestamp(),
                            Tone.DANGER,
                            "arrived in " + message.letter().queue().name(),
                            null));
        }
        var fate = message.fate();
        if (fate.job() != null) {
            jobs.apply(fate.job()).ifPresent(job -> replayed(job, events));
        }
        if (fate.resolved()) {
            events.add(
                    new HistoryEvent(
                            null, Tone.SUCCESS, "resolved: it lies here only as a copy", null));
        } else if (fate.returns() > 0 && failure.history().isEmpty()) {
            events.add(
                    new HistoryEvent(
                            null,
                            Tone.WARNING,
                            "came back "
                                    + Amounts.of(fate.returns(), "time", "times")
                                    + " after a redrive",
                            null));
        }
        return events;
    }

    /// Whether something else is told that happened then.
    private static boolean isTold(Instant time, Failure failure) {
        return time.equals(failure.lastDeath())
                || failure.history().stream().map(DeathWords::time).anyMatch(time::equals);
    }

    private static Optional<HistoryEvent> consumed(Failure failure) {
        var origin = failure.origin();
        if (origin.queue() == null) {
            return Optional.empty();
        }
        var who = failure.consumer() == null ? "consumed" : "consumed by " + failure.consumer();
        return Optional.of(
                new HistoryEvent(null, Tone.NEUTRAL, who + " from " + place(origin), null));
    }

    private static HistoryEvent died(@Nullable Instant time, String words) {
        return new HistoryEvent(time, Tone.DANGER, words, null);
    }

    /// What the failure does not say may be when the message came here, but for a time that it
    /// already had when it first died.
    private static @Nullable Instant lastDeath(MessageView message) {
        var failure = message.failure();
        var came = message.letter().timestamp();
        if (failure.lastDeath() != null || came == null) {
            return failure.lastDeath();
        }
        var known = failure.latestDeath();
        return known == null || came.isAfter(known) ? came : null;
    }

    private static void replayed(JobInfo job, List<HistoryEvent> events) {
        var event =
                new HistoryEvent(
                        job.started(),
                        Tone.ACCENT,
                        "redriven by " + job.operator() + " (job " + job.id() + ")",
                        job.id());
        int at = events.size();
        while (at > 0) {
            var time = events.get(at - 1).time();
            if (time == null || !time.isAfter(job.started())) {
                break;
            }
            at--;
        }
        events.add(at, event);
    }

    /// `orders.payment 3-771020`.
    static String place(Origin origin) {
        var words = new StringBuilder(origin.queue() == null ? "unknown" : origin.queue());
        if (origin.partition() != null) {
            words.append(' ').append(origin.partition());
        }
        if (origin.position() != null) {
            words.append(origin.partition() == null ? ' ' : '-').append(origin.position());
        }
        return words.toString();
    }
}
