package org.deadletteroffice.cli.command;

import java.util.LinkedHashMap;
import org.deadletteroffice.cli.ExitCode;
import org.deadletteroffice.cli.Session;
import org.deadletteroffice.core.OperatorException;
import org.deadletteroffice.core.job.MovePreview;
import org.deadletteroffice.core.job.MoveRequest;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `dlo move`
@Command(
        name = "move",
        description = {
            "Let the broker move a whole queue by itself, where it can: the way out for tens of"
                    + " millions of messages.",
            "",
            "They go as they are, what dies meanwhile goes too, and no copies are kept: it cannot be"
                    + " undone. Ctrl+C leaves the broker at it; dlo jobs stop calls it off."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  dlo move orders-dlq -p dev --dry-run",
            "  dlo move orders-dlq -p prod --rate 200 --confirm orders-dlq --reason \"INC-4711"
                    + " fixed\" --yes"
        })
public final class MoveCommand extends QueueCommand {
    @Option(
            names = "--to",
            paramLabel = "origin|QUEUE",
            defaultValue = "origin",
            description = "Each message's origin (default), or this queue.")
    private String to = "origin";

    @Option(names = "--rate", paramLabel = "N", description = "At most so many a second.")
    private @Nullable Integer rate;

    @Option(
            names = {"--dry-run"},
            description = "Say what would be moved, and move nothing.")
    private boolean dryRun;

    @Mixin private ConfirmOptions confirm = new ConfirmOptions();

    public MoveCommand(Session session) {
        super(session);
    }

    @Override
    public Integer call() throws Exception {
        if (rate != null && rate < 1) {
            throw new OperatorException(
                    OperatorException.Kind.WRONG_USE,
                    "--rate is not more than 0.",
                    "Give messages per second, such as 200.");
        }
        var profile = profile();
        var queue = queue();
        var request = new MoveRequest(queue, to.equals("origin") ? null : to, rate, confirm.reason);
        var preview = engine().jobs().rehearse(request);
        if (dryRun) {
            var json = new LinkedHashMap<String, Object>();
            json.put("dryRun", true);
            json.put("messages", preview.messages().value());
            json.put("to", to);
            json.put("readers", preview.readers());
            session.output().object(json, () -> sentence(preview) + " Nothing was moved.");
            return ExitCode.DONE.number();
        }
        confirm.checkAnswerable(session);
        confirm.unlock(session, profile, queue.name());
        confirm.ask(session, sentence(preview) + " Let the broker move them?");
        var job = engine().jobs().start(request.after(preview), confirm.confirm);
        return new JobWatch(session, job).untilItEnds().number();
    }

    private String sentence(MovePreview preview) {
        return "The broker would move "
                + Text.count(preview.messages(), "message", "messages")
                + " and what dies meanwhile to "
                + (to.equals("origin") ? "where they came from" : to)
                + ", as they are and without copies."
                + (preview.readers().isEmpty()
                        ? ""
                        : " Who gets them: " + String.join("; ", preview.readers()) + ".");
    }
}
