package org.deadletteroffice.cli.command;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import org.deadletteroffice.cli.ExitCode;
import org.deadletteroffice.cli.Session;
import org.deadletteroffice.core.job.ExportRequest;
import org.deadletteroffice.core.job.Scope;
import org.deadletteroffice.spi.message.Numerals;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `dlo export`
@Command(
        name = "export",
        description = {
            "Write messages to a file, a line of JSON each, with their bytes in base64.",
            "",
            "dlo import brings them back byte for byte. The file holds payloads as they are and is"
                    + " readable by you alone."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  dlo export orders.DLT -p prod --file orders.jsonl",
            "  dlo export orders.DLT -p prod --group 3fa9c1 --file timeouts.jsonl"
        })
public final class ExportCommand extends QueueCommand {
    @ArgGroup(exclusive = true, heading = "%nWhich messages, one of (all when none is given):%n")
    private @Nullable ScopeOptions which;

    @Option(names = "--file", paramLabel = "FILE", required = true, description = "Where to.")
    private Path file = Path.of("");

    @Option(names = "--replace", description = "Replace the file if it is there.")
    private boolean replace;

    @Option(names = "--include-resolved", description = "Also those that were redriven already.")
    private boolean includeResolved;

    @Option(
            names = "--reason",
            paramLabel = "TEXT",
            defaultValue = "",
            description = "For the audit trail.")
    private String reason = "";

    public ExportCommand(Session session) {
        super(session);
    }

    @Override
    public Integer call() throws Exception {
        var queue = queue();
        var request =
                new ExportRequest(
                        queue,
                        which == null ? new Scope.All() : which.scope(engine().filters()),
                        includeResolved,
                        file,
                        replace,
                        reason);
        looking.tell(queue);
        try (var progress = session.progress()) {
            progress.update("Writing " + file);
            var exported = session.engine().jobs().export(request);
            var json = new LinkedHashMap<String, Object>();
            json.put("exported", exported.messages());
            json.put("leftOut", exported.leftOut());
            json.put("file", exported.file());
            json.put("bytes", exported.bytes());
            json.put("sha256", exported.sha256());
            session.output()
                    .object(
                            json,
                            () ->
                                    "Wrote "
                                            + Numerals.of(
                                                    exported.messages(), "message", "messages")
                                            + " to "
                                            + exported.file()
                                            + ".");
            return (exported.leftOut() == 0 ? ExitCode.DONE : ExitCode.IN_PART).number();
        }
    }
}
