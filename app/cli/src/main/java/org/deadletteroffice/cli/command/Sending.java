package org.deadletteroffice.cli.command;

import org.deadletteroffice.cli.ExitCode;
import org.deadletteroffice.cli.Session;
import org.deadletteroffice.core.OperatorException;
import org.deadletteroffice.core.job.Preview;
import org.deadletteroffice.core.job.PreviewJson;
import org.deadletteroffice.core.job.RedriveRequest;
import org.deadletteroffice.core.profile.Profile;
import org.deadletteroffice.core.schema.SchemaRule;
import org.deadletteroffice.spi.error.BrokerException;
import org.deadletteroffice.spi.message.Numerals;
import org.jspecify.annotations.Nullable;

/// From a request to a job's end: rehearse, ask, send, tell.
final class Sending {
    private final Session session;
    private final LookingCost looking;
    private final SendOptions options;
    private final ConfirmOptions confirm;
    private final @Nullable SchemaRule schema;
    private final MoveHint hint;

    /// @param schema what a rehearsal holds each message against; null for nothing
    Sending(
            Session session,
            LookingCost looking,
            SendOptions options,
            @Nullable SchemaRule schema) {
        this.session = session;
        this.looking = looking;
        this.options = options;
        this.confirm = options.confirm;
        this.schema = schema;
        hint = new MoveHint(session);
    }

    ExitCode run(Profile profile, RedriveRequest request)
            throws OperatorException, BrokerException, InterruptedException {
        var jobs = session.engine().jobs();
        if (options.dryRun) {
            var preview = rehearse(request);
            session.output()
                    .object(
                            PreviewJson.of(preview),
                            () -> Previews.text(request, preview) + "\nNothing was sent.");
            return ExitCode.DONE;
        }
        confirm.checkAnswerable(session);
        boolean production = unlock(profile, request);
        var reviewed = request;
        if (production || !confirm.yes || schema != null) {
            var preview = rehearse(request);
            session.say(Previews.text(request, preview));
            if (preview.planned() == 0) {
                session.output().object(PreviewJson.of(preview), () -> "Nothing was sent.");
                return preview.inScope() == 0 ? ExitCode.DONE : ExitCode.IN_PART;
            }
            refuseMisfits(preview);
            confirm.ask(
                    session, "Send " + Numerals.of(preview.planned(), "message", "messages") + "?");
            reviewed = request.upTo(preview.until());
        }
        looking.tell(request.source());
        hint.tell(request);
        var job = jobs.start(reviewed, confirm.confirm);
        return new JobWatch(session, job).untilItEnds();
    }

    /// Who answers beforehand has not seen the verdicts.
    private void refuseMisfits(Preview preview) throws OperatorException {
        var verdicts = preview.schema();
        if (confirm.yes && verdicts != null && !verdicts.allFit()) {
            throw new OperatorException(
                    OperatorException.Kind.REFUSED,
                    "Not found to fit the schema '%3$s': %1$s of %2$s; nothing was sent."
                            .formatted(
                                    Numerals.of(preview.planned() - verdicts.fit()),
                                    Numerals.of(preview.planned(), "message", "messages"),
                                    verdicts.rule()),
                    "See which with --dry-run, choose others, or leave out --schema.");
        }
    }

    private Preview rehearse(RedriveRequest request) throws OperatorException, BrokerException {
        looking.tell(request.source());
        hint.tell(request);
        try (var progress = session.progress()) {
            progress.update("Rehearsing");
            var preview = session.engine().jobs().rehearse(request, schema);
            if (options.report != null) {
                PreviewJson.write(options.report, request, preview);
            }
            return preview;
        }
    }

    /// Opens the profiles that are production ones.
    ///
    /// @return whether there is one
    private boolean unlock(Profile source, RedriveRequest request) throws OperatorException {
        var queue = request.source().name();
        var to = request.destinationProfile();
        var production = confirm.unlock(session, source, queue);
        if (to != null && !to.equals(source.name())) {
            production |= confirm.unlock(session, session.engine().profiles().get(to), queue);
        }
        return production;
    }
}
