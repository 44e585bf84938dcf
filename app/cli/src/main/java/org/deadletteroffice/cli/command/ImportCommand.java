package org.deadletteroffice.cli.command;

import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import org.deadletteroffice.cli.ExitCode;
import org.deadletteroffice.cli.Session;
import org.deadletteroffice.spi.message.Numerals;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `dlo import`
@Command(
        name = "import",
        description = {
            "Send the messages of a file that dlo export wrote into a queue, byte for byte.",
            "",
            "The whole file is checked before anything is sent."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  dlo import orders.jsonl --to orders.DLT -p dev --dry-run",
            "  dlo import orders.jsonl --to orders.DLT -p dev --yes"
        })
public final class ImportCommand implements Callable<Integer> {
    private final Session session;

    @Parameters(index = "0", paramLabel = "FILE", description = "JSON lines.")
    private Path file = Path.of("");

    @Option(names = "--to", paramLabel = "QUEUE", required = true, description = "Where to.")
    private String to = "";

    @Option(
            names = {"-p", "--profile"},
            paramLabel = "PROFILE",
            description = "The broker; needed where there are several profiles.")
    private @Nullable String profile;

    @Option(
            names = {"--dry-run"},
            description = "Check the file and send nothing.")
    private boolean dryRun;

    @Mixin private ConfirmOptions confirm = new ConfirmOptions();

    public ImportCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws Exception {
        var chosen = Names.profile(session, profile);
        var queue = session.engine().brokers().queue(chosen.name(), to).ref();
        var jobs = session.engine().jobs();
        if (dryRun) {
            long messages = jobs.checkFile(queue, file);
            session.output()
                    .object(
                            Map.of("dryRun", true, "planned", messages, "file", file),
                            () ->
                                    file
                                            + " holds "
                                            + Numerals.of(messages, "message", "messages")
                                            + ". Nothing was sent.");
            return ExitCode.DONE.number();
        }
        confirm.checkAnswerable(session);
        confirm.unlock(session, chosen, queue.name());
        if (!confirm.yes) {
            confirm.ask(
                    session,
                    "Send "
                            + Numerals.of(jobs.checkFile(queue, file), "message", "messages")
                            + " to "
                            + queue
                            + "?");
        }
        var job = jobs.importFile(queue, file, confirm.reason, confirm.confirm);
        return new JobWatch(session, job).untilItEnds().number();
    }
}
