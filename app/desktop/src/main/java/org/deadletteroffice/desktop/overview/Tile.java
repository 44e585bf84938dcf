package org.deadletteroffice.desktop.overview;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.deadletteroffice.core.Durations;
import org.deadletteroffice.core.job.JobInfo;
import org.deadletteroffice.desktop.control.Tone;
import org.deadletteroffice.desktop.text.Amounts;
import org.deadletteroffice.desktop.text.JobWords;

/// A number that matters.
///
/// @param note what explains it
record Tile(String value, String note, Tone tone) {
    static final Tile UNKNOWN = new Tile(Amounts.UNKNOWN, "", Tone.NEUTRAL);

    static Tile deadLetters(List<OverviewRow.DeadLetters> queues) {
        var sum = queues.stream().mapToLong(OverviewRow.DeadLetters::depth).sum();
        var changes = queues.stream().map(OverviewRow.DeadLetters::change).toList();
        var known = changes.stream().filter(Objects::nonNull).mapToLong(Long::longValue).sum();
        var note =
                changes.stream().allMatch(Objects::isNull)
                        ? Amounts.of(queues.size(), "queue", "queues")
                        : Amounts.signed(known) + " in an hour";
        return new Tile(Amounts.of(sum), note, sum == 0 ? Tone.SUCCESS : Tone.DANGER);
    }

    static Tile oldest(List<OverviewRow.DeadLetters> queues) {
        return queues.stream()
                .filter(row -> row.oldest() != null)
                .max(Comparator.comparing(row -> Objects.requireNonNull(row.oldest())))
                .map(
                        row ->
                                new Tile(
                                        Durations.words(Objects.requireNonNull(row.oldest())),
                                        row.ref().name() + " · " + row.ref().profile(),
                                        Tone.NEUTRAL))
                .orElse(new Tile(Amounts.UNKNOWN, "no dead letters", Tone.NEUTRAL));
    }

    /// @param consumers those with the largest lag first
    static Tile lag(List<OverviewRow.Consumer> consumers) {
        return consumers.stream()
                .filter(row -> row.lag() != null)
                .findFirst()
                .map(
                        row ->
                                new Tile(
                                        Amounts.of(row.lag()),
                                        row.group()
                                                + (row.clear().startsWith("in ")
                                                        ? " · clear "
                                                        : " · ")
                                                + row.clear(),
                                        row.tone() == Tone.DANGER ? Tone.DANGER : Tone.NEUTRAL))
                .orElse(new Tile(Amounts.UNKNOWN, "no consumers", Tone.NEUTRAL));
    }

    static Tile replayed(List<JobInfo> jobs, Instant now) {
        var today = LocalDate.ofInstant(now, ZoneId.systemDefault());
        var sent = 0L;
        var returned = 0L;
        for (var job : jobs) {
            if (LocalDate.ofInstant(job.started(), ZoneId.systemDefault()).equals(today)) {
                sent += job.sent();
                returned += job.returned();
            }
        }
        if (sent == 0) {
            return new Tile("0", "nothing today yet", Tone.NEUTRAL);
        }
        var stayed = (double) (sent - Math.min(sent, returned)) / sent;
        return new Tile(
                Amounts.of(sent),
                returned == 0
                        ? "none came back so far"
                        : Amounts.percent(stayed) + " stayed out so far",
                Tone.SUCCESS);
    }

    static Tile running(List<JobInfo> jobs) {
        var open = jobs.stream().filter(job -> !job.state().isEnd()).toList();
        var interrupted =
                open.stream().filter(job -> JobWords.tone(job.state()) == Tone.DANGER).count();
        var note =
                interrupted > 0
                        ? Amounts.of(interrupted, "needs you", "need you")
                        : open.isEmpty() ? "none under way" : JobWords.title(open.getFirst());
        return new Tile(
                Amounts.of(open.size()), note, interrupted > 0 ? Tone.DANGER : Tone.NEUTRAL);
    }
}
