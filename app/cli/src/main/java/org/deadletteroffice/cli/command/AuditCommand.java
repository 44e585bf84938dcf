package org.deadletteroffice.cli.command;

import java.nio.file.Path;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.deadletteroffice.cli.ExitCode;
import org.deadletteroffice.cli.Session;
import org.deadletteroffice.cli.Table;
import org.deadletteroffice.core.OperatorException;
import org.deadletteroffice.core.audit.AuditRow;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `dlo audit`
@Command(
        name = "audit",
        description = "Read, verify and export the trail of every act.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  dlo audit list --since 7d",
            "  dlo audit verify",
            "  dlo audit export trail.jsonl"
        })
public final class AuditCommand implements Callable<Integer> {
    private static final int LATEST = 50;

    private final Session session;

    public AuditCommand(Session session) {
        this.session = session;
    }

    /// Without a word after it, it lists.
    @Override
    public Integer call() throws Exception {
        return list(null, "", LATEST, null);
    }

    @Command(name = "list", description = "List acts, newest first.")
    int list(
            @Option(
                            names = "--since",
                            paramLabel = "TIME",
                            description = "2026-01-31T08:00:00Z, 2026-01-31, or how long ago: 2h.")
                    @Nullable String since,
            @Option(
                            names = "--text",
                            paramLabel = "WORDS",
                            defaultValue = "",
                            description = "Only rows that hold this, in any field.")
                    String text,
            @Option(
                            names = {"-n", "--limit"},
                            paramLabel = "N",
                            defaultValue = "50",
                            description = "At most so many (default: ${DEFAULT-VALUE}).")
                    int limit,
            @Option(
                            names = "--before",
                            paramLabel = "NUMBER",
                            description = "Only rows before this one: the next page.")
                    @Nullable Long before)
            throws OperatorException {
        var from = since == null ? null : Times.parse(since, Clock.systemUTC());
        var table =
                new Table<AuditRow>()
                        .right("#", AuditRow::number)
                        .left("TIME", row -> Text.instant(row.time()))
                        .left("ACT", AuditRow::act)
                        .left("BY", AuditRow::operator)
                        .left("PROFILE", AuditRow::profile)
                        .left("QUEUE", AuditRow::queue)
                        .left("JOB", AuditRow::job)
                        .left("REASON", AuditRow::reason);
        session.output()
                .list(
                        session.engine().audit().list(from, text, before, limit),
                        AuditCommand::json,
                        table,
                        "No acts.");
        return ExitCode.DONE.number();
    }

    @Command(
            name = "verify",
            description = "Find any altered, removed, inserted or reordered row. Exit 1 if one is.")
    int verify() throws OperatorException {
        var verdict = session.engine().audit().verify();
        var json = new LinkedHashMap<String, @Nullable Object>();
        json.put("intact", verdict.intact());
        json.put("rows", verdict.rows());
        json.put("firstBroken", verdict.firstBroken());
        json.put("sentence", verdict.sentence());
        session.output().object(json, verdict::sentence);
        if (!verdict.intact()) {
            session.say(verdict.sentence());
        }
        return (verdict.intact() ? ExitCode.DONE : ExitCode.IN_PART).number();
    }

    @Command(
            name = "export",
            description = "Write the trail to a file: JSON lines, or CSV by name.")
    int export(@Parameters(paramLabel = "FILE") Path file) throws OperatorException {
        long rows = session.engine().audit().export(file);
        session.output()
                .object(
                        Map.of("exported", rows, "file", file),
                        () -> "Wrote " + rows + " rows to " + file + ".");
        return ExitCode.DONE.number();
    }

    private static Map<String, Object> json(AuditRow row) {
        var json = new LinkedHashMap<String, @Nullable Object>();
        json.put("number", row.number());
        json.put("time", row.time());
        json.put("act", row.act());
        json.put("operator", row.operator());
        json.put("host", row.host());
        json.put("profile", row.profile());
        json.put("queue", row.queue());
        json.put("job", row.job());
        json.put("reason", row.reason());
        json.put("details", row.details());
        json.put("previous", row.previous());
        json.put("hash", row.hash());
        return json;
    }
}
