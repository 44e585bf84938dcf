package org.deadletteroffice.cli.command;

import java.time.Duration;
import java.util.TreeSet;
import org.deadletteroffice.cli.ExitCode;
import org.deadletteroffice.cli.Prompt;
import org.deadletteroffice.cli.Session;
import org.deadletteroffice.core.OperatorException;
import org.deadletteroffice.core.job.Preview;
import org.deadletteroffice.core.job.RedriveRequest;
import org.deadletteroffice.core.profile.Environment;
import org.deadletteroffice.core.profile.Profile;
import org.deadletteroffice.spi.error.BrokerException;

/// From a request to a job's end: rehearse, ask, send, tell.
final class Sending {
    /// Long enough to rehearse, ask and start; a job that runs needs no lock open.
    private static final Duration UNLOCKED = Duration.ofMinutes(15);

    private final Session session;
    private final SendOptions options;

    Sending(Session session, SendOptions options) {
        this.session = session;
        this.options = options;
    }

    ExitCode run(Profile profile, RedriveRequest request)
            throws OperatorException, BrokerException, InterruptedException {
        var jobs = session.engine().jobs();
        if (options.dryRun) {
            var preview = rehearse(request);
            session.output()
                    .object(
                            Previews.json(preview),
                            () -> Previews.text(request, preview) + "\nNothing was sent.");
            return ExitCode.DONE;
        }
        boolean production = isProduction(profile, request);
        if (!options.yes && !session.host().isInteractive()) {
            throw refused(
                    "Sending needs a confirmation, and nobody is at the terminal to give it.",
                    "Look with --dry-run, then give --yes.");
        }
        if (production) {
            unlock(profile, request);
        }
        var reviewed = request;
        if (production || !options.yes) {
            var preview = rehearse(request);
            session.say(Previews.text(request, preview));
            if (preview.planned() == 0) {
                session.output().object(Previews.json(preview), () -> "Nothing was sent.");
                return preview.inScope() == 0 ? ExitCode.DONE : ExitCode.IN_PART;
            }
            if (!options.yes
                    && !Prompt.confirm(
                            session.host(),
                            "Send " + Text.number(preview.planned()) + " messages?")) {
                throw refused("Nothing was sent, as you did not say yes.", "Start it again.");
            }
            reviewed = Previews.reviewed(request, preview);
        }
        var job = jobs.start(reviewed, options.confirm);
        return new JobWatch(session, job).untilItEnds();
    }

    private Preview rehearse(RedriveRequest request) throws OperatorException, BrokerException {
        try (var progress = session.progress()) {
            progress.update("Rehearsing");
            return session.engine().jobs().rehearse(request);
        }
    }

    private boolean isProduction(Profile source, RedriveRequest request) throws OperatorException {
        return source.environment() == Environment.PRODUCTION
                || destination(source, request).environment() == Environment.PRODUCTION;
    }

    private Profile destination(Profile source, RedriveRequest request) throws OperatorException {
        return request.destinationProfile() == null
                ? source
                : session.engine().profiles().get(request.destinationProfile());
    }

    private void unlock(Profile source, RedriveRequest request) throws OperatorException {
        Production.check(source.name(), request.source().name(), options.confirm, options.reason);
        var names = new TreeSet<String>();
        names.add(source.name());
        names.add(destination(source, request).name());
        for (var name : names) {
            var profile = session.engine().profiles().get(name);
            if (profile.environment() == Environment.PRODUCTION) {
                session.engine().brokers().unlock(name, UNLOCKED, options.reason);
            }
        }
    }

    private static OperatorException refused(String sentence, String remedy) {
        return new OperatorException(OperatorException.Kind.REFUSED, sentence, remedy);
    }
}
