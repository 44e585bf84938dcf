package org.deadletteroffice.cli.command;

import java.util.List;
import java.util.concurrent.Callable;
import org.deadletteroffice.cli.Session;
import org.deadletteroffice.spi.message.Numerals;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `dlo restore`
@Command(
        name = "restore",
        description = {
            "Put the messages that a job took away back where they lay, byte for byte, from the"
                    + " archive.",
            "",
            "Each gets a new id; dlo jobs show tells where it lies now."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  dlo restore k3f9abcd --yes",
            "  dlo restore k3f9abcd --id 0-17 --id 0-18 --yes"
        })
public final class RestoreCommand implements Callable<Integer> {
    private final Session session;

    @Parameters(index = "0", paramLabel = "JOB", description = "A purge, a redrive or a replay.")
    private String job = "";

    @Option(
            names = "--id",
            paramLabel = "ID",
            arity = "1..*",
            description = "Only these of its messages, by the ids they had; else all.")
    private @Nullable List<String> ids;

    @Mixin private ConfirmOptions confirm = new ConfirmOptions();

    public RestoreCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws Exception {
        confirm.checkAnswerable(session);
        var earlier = JobsCommand.find(session, job);
        var queue = earlier.source();
        confirm.unlock(session, session.engine().profiles().get(queue.profile()), queue.name());
        confirm.ask(
                session,
                "Put "
                        + Numerals.of(
                                ids == null ? earlier.removed() : ids.size(), "message", "messages")
                        + " back into "
                        + queue
                        + "?");
        var restore =
                session.engine()
                        .jobs()
                        .restore(
                                job,
                                ids == null ? List.of() : ScopeOptions.ids(ids),
                                confirm.reason,
                                confirm.confirm);
        return new JobWatch(session, restore).untilItEnds().number();
    }
}
