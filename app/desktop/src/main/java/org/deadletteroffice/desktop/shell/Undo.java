package org.deadletteroffice.desktop.shell;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.deadletteroffice.core.job.JobInfo;
import org.deadletteroffice.core.job.JobKind;
import org.deadletteroffice.core.profile.Environment;
import org.deadletteroffice.desktop.text.Amounts;
import org.deadletteroffice.spi.message.MessageId;

/// Puts back what a purge took away, after asking. On production the queue's name is typed and a
/// reason given, and a locked profile is unlocked with it.
public final class Undo {
    private static final Duration UNLOCK = Duration.ofMinutes(15);

    /// Where a purge that keeps copies says that the messages go.
    private static final String ARCHIVE = "archive";

    /// Whether this job took something away that can be put back.
    public static boolean isOffered(JobInfo job) {
        return job.kind() == JobKind.PURGE
                && job.state().isEnd()
                && job.removed() > 0
                && job.destination().equals(ARCHIVE);
    }

    /// @param chosen which of its messages; empty for all
    public static void ask(Desk desk, JobInfo job, List<MessageId> chosen) {
        long count = chosen.isEmpty() ? job.removed() : chosen.size();
        var queue = job.source().name();
        boolean production = isProduction(desk, job);
        var before = restoredBy(desk, job);
        var question =
                new Dialogs.Question(
                        "Put "
                                + Amounts.of(count, "message", "messages")
                                + " back into "
                                + queue
                                + "?",
                        before.map(
                                                id ->
                                                        "The job "
                                                                + id
                                                                + " put messages of this purge back"
                                                                + " already: they would lie there"
                                                                + " twice. ")
                                        .orElse("")
                                + "They come back byte for byte in key, payload and headers, each"
                                + " with a new id. The copies stay in the archive."
                                + (production && isLocked(desk, job)
                                        ? " This profile is read-only: it is unlocked for 15"
                                                + " minutes."
                                        : ""),
                        "Put back",
                        false,
                        production ? queue : "",
                        production);
        desk.dialogs().ask(question, answer -> start(desk, job, chosen, answer));
    }

    private static void start(
            Desk desk, JobInfo job, List<MessageId> chosen, Dialogs.Answer answer) {
        var profile = job.source().profile();
        desk.background()
                .run(
                        () -> {
                            if (isProduction(desk, job) && isLocked(desk, job)) {
                                desk.engine().brokers().unlock(profile, UNLOCK, answer.reason());
                            }
                            return desk.engine()
                                    .jobs()
                                    .restore(job.id(), chosen, answer.reason(), answer.typed());
                        },
                        id ->
                                desk.dialogs()
                                        .say(
                                                "Putting messages back into "
                                                        + job.source().name()
                                                        + ".",
                                                "Show job",
                                                () -> desk.navigation().open(new Place.Jobs(id))),
                        desk.dialogs()::tell);
    }

    /// The job that put messages of this one back before.
    private static Optional<String> restoredBy(Desk desk, JobInfo job) {
        return desk.engine().jobs().changes().now().stream()
                .filter(each -> each.kind() == JobKind.RESTORE)
                .filter(each -> List.of(each.scope().split(" ")).contains(job.id()))
                .map(JobInfo::id)
                .findFirst();
    }

    private static boolean isProduction(Desk desk, JobInfo job) {
        return desk.engine()
                .profiles()
                .find(job.source().profile())
                .map(profile -> profile.environment() == Environment.PRODUCTION)
                .orElse(true);
    }

    private static boolean isLocked(Desk desk, JobInfo job) {
        return desk.engine().brokers().unlockedUntil(job.source().profile()).isEmpty();
    }

    private Undo() {}
}
