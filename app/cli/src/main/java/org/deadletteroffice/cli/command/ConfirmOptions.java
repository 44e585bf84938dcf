package org.deadletteroffice.cli.command;

import java.time.Duration;
import org.deadletteroffice.cli.Prompt;
import org.deadletteroffice.cli.Session;
import org.deadletteroffice.core.OperatorException;
import org.deadletteroffice.core.profile.Environment;
import org.deadletteroffice.core.profile.Profile;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// How an act that changes a queue is confirmed.
final class ConfirmOptions {
    /// Long enough to rehearse, ask and start; a job that runs needs no lock open.
    private static final Duration UNLOCKED = Duration.ofMinutes(15);

    @Option(
            names = "--reason",
            paramLabel = "TEXT",
            defaultValue = "",
            description = "For the audit trail; needed on a production profile.")
    String reason = "";

    @Option(
            names = {"-y", "--yes"},
            description = "Do not ask.")
    boolean yes;

    @Option(
            names = "--confirm",
            paramLabel = "QUEUE",
            description = "The queue's name once more; needed on a production profile.")
    @Nullable String confirm;

    /// @throws OperatorException REFUSED where nobody can be asked and nobody said yes
    void checkAnswerable(Session session) throws OperatorException {
        if (!yes && !session.host().isInteractive()) {
            throw refused(
                    "This needs a confirmation, and nobody is at the terminal to give it.",
                    "Look with --dry-run where there is one, then give --yes.");
        }
    }

    /// @throws OperatorException REFUSED when the person does not say yes
    void ask(Session session, String question) throws OperatorException {
        if (!yes && !Prompt.confirm(session.host(), question)) {
            throw refused("Nothing was done, as you did not say yes.", "Start it again.");
        }
    }

    /// Opens a production profile for this act.
    ///
    /// @return whether it is one
    boolean unlock(Session session, Profile profile, String queue) throws OperatorException {
        if (profile.environment() != Environment.PRODUCTION) {
            return false;
        }
        Production.check(profile.name(), queue, confirm, reason);
        session.engine().brokers().unlock(profile.name(), UNLOCKED, reason);
        return true;
    }

    private static OperatorException refused(String sentence, String remedy) {
        return new OperatorException(OperatorException.Kind.REFUSED, sentence, remedy);
    }
}
