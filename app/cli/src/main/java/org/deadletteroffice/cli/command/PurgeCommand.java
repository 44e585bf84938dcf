package org.deadletteroffice.cli.command;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.StringJoiner;
import org.deadletteroffice.cli.ExitCode;
import org.deadletteroffice.cli.Json;
import org.deadletteroffice.cli.Session;
import org.deadletteroffice.cli.Table;
import org.deadletteroffice.core.OperatorException;
import org.deadletteroffice.core.job.PreviewJson;
import org.deadletteroffice.core.job.PurgePreview;
import org.deadletteroffice.core.job.PurgeRequest;
import org.deadletteroffice.spi.message.Numerals;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `dlo purge`
@Command(
        name = "purge",
        description = {
            "Take messages away for good. A copy of each is archived first: dlo restore JOB puts them"
                    + " back.",
            "",
            "A log (Kafka) loses no single message: there they are hidden as resolved, and the log is"
                    + " trimmed up to its first unresolved message."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  dlo purge orders.DLT -p dev --group 3fa9c1 --dry-run",
            "  dlo purge orders.DLT -p dev --all --yes",
            "  dlo purge orders.DLT -p prod --where 'cause.tries > 5' --confirm orders.DLT --reason"
                    + " \"INC-4711: test orders\" --yes"
        })
public final class PurgeCommand extends QueueCommand {
    @ArgGroup(exclusive = true, multiplicity = "1", heading = "%nWhich messages, one of:%n")
    private @Nullable ScopeOptions which;

    @Mixin private ConfirmOptions confirm = new ConfirmOptions();

    @Option(
            names = "--no-archive",
            description = "Keep no copies: this cannot be undone. Needs --confirm QUEUE.")
    private boolean noArchive;

    @Option(
            names = "--no-trim",
            description = "On a log: only hide them; the log deletes them by its own rules.")
    private boolean noTrim;

    @Option(
            names = {"--dry-run"},
            description = "Say what would be taken, and take nothing.")
    private boolean dryRun;

    public PurgeCommand(Session session) {
        super(session);
    }

    @Override
    public Integer call() throws Exception {
        if (which == null) {
            throw new IllegalStateException("picocli requires the group");
        }
        var profile = profile();
        var queue = queue();
        var request =
                new PurgeRequest(
                        queue,
                        which.scope(engine().filters()),
                        null,
                        !noArchive,
                        !noTrim,
                        confirm.reason);
        if (dryRun) {
            var preview = rehearse(request);
            session.output().object(json(preview), () -> text(preview) + "\nNothing was taken.");
            return ExitCode.DONE.number();
        }
        confirm.checkAnswerable(session);
        if (noArchive && !queue.name().equals(confirm.confirm)) {
            throw new OperatorException(
                    OperatorException.Kind.REFUSED,
                    "A purge without copies cannot be undone, and the queue is not confirmed.",
                    "Give --confirm " + queue.name() + ", or leave --no-archive out.");
        }
        var production = confirm.unlock(session, profile, queue.name());
        var reviewed = request;
        if (production || !confirm.yes) {
            var preview = rehearse(request);
            session.say(text(preview));
            if (preview.planned() == 0) {
                session.output().object(json(preview), () -> "Nothing was taken.");
                return (preview.inScope() == 0 ? ExitCode.DONE : ExitCode.IN_PART).number();
            }
            confirm.ask(
                    session,
                    "Take away " + Numerals.of(preview.planned(), "message", "messages") + "?");
            reviewed = request.upTo(preview.until());
        }
        looking.tell(queue);
        var job = session.engine().jobs().start(reviewed, confirm.confirm);
        return new JobWatch(session, job).untilItEnds().number();
    }

    private PurgePreview rehearse(PurgeRequest request) throws Exception {
        looking.tell(request.source());
        try (var progress = session.progress()) {
            progress.update("Rehearsing");
            return session.engine().jobs().rehearse(request);
        }
    }

    private static String text(PurgePreview preview) {
        var text = new StringJoiner("\n");
        text.add(preview.sentence());
        text.add("  size: " + Text.bytes(preview.bytes()));
        for (var exclusion : preview.excluded()) {
            text.add("  stays: " + Numerals.of(exclusion.count()) + ", " + exclusion.reason());
        }
        return Table.plainLines(text.toString());
    }

    private static Map<String, Object> json(PurgePreview preview) {
        var json = new LinkedHashMap<String, @Nullable Object>();
        json.put("dryRun", true);
        json.put("inScope", preview.inScope());
        json.put("planned", preview.planned());
        json.put("excluded", preview.inScope() - preview.planned());
        json.put("exclusions", preview.excluded().stream().map(PreviewJson::of).toList());
        json.put("bytes", preview.bytes());
        json.put("effect", Json.camel(preview.effect()));
        json.put("archived", preview.keptFor() != null);
        var keptFor = preview.keptFor();
        json.put("keptDays", keptFor == null ? null : keptFor.toDays());
        json.put("keptUpToBytes", preview.keptUpTo());
        json.put("sentence", preview.sentence());
        json.put("elapsedMs", preview.millis());
        return json;
    }
}
