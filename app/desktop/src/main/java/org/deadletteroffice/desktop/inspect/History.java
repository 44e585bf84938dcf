package org.deadletteroffice.desktop.inspect;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.deadletteroffice.core.browse.MessageView;
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
            events.add(died(earlier, earlier.lastDeath(), "died"));
        }
        if (failure.isKnown()) {
            if (failure.history().isEmpty()) {
                consumed(failure).ifPresent(events::add);
            }
            if (failure.firstDeath() != null && !failure.firstDeath().equals(failure.lastDeath())) {
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
                            failure,
                            failure.lastDeath() == null
                                    ? message.letter().timestamp()
                                    : failure.lastDeath(),
                            again ? "came back" : "dead-lettered"));
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

    private static Optional<HistoryEvent> consumed(Failure failure) {
        var origin = failure.origin();
        if (origin.queue() == null) {
            return Optional.empty();
        }
        var who = failure.consumer() == null ? "consumed" : "consumed by " + failure.consumer();
        return Optional.of(
                new HistoryEvent(null, Tone.NEUTRAL, who + " from " + place(origin), null));
    }

    private static HistoryEvent died(Failure failure, @Nullable Instant time, String verb) {
        var words = new StringBuilder(verb);
        if (failure.tries() != null && failure.tries() > 0) {
            words.append(" after ").append(Amounts.of(failure.tries(), "try", "tries"));
        }
        if (failure.type() != null) {
            words.append(": ").append(simple(failure.type()));
        }
        return new HistoryEvent(time, Tone.DANGER, words.toString(), null);
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

    static String simple(String type) {
        int dot = type.lastIndexOf('.');
        return dot > 0 && dot + 1 < type.length() && type.indexOf(' ') < 0
                ? type.substring(dot + 1).replace('$', '.')
                : type;
    }
}
