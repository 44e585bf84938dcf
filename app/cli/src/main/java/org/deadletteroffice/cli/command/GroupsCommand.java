package org.deadletteroffice.cli.command;

import java.util.LinkedHashMap;
import java.util.Map;
import org.deadletteroffice.cli.ExitCode;
import org.deadletteroffice.cli.Session;
import org.deadletteroffice.cli.Table;
import org.deadletteroffice.core.browse.Completeness;
import org.deadletteroffice.core.browse.FailureGroup;
import org.deadletteroffice.spi.message.Numerals;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `dlo groups`
@Command(
        name = "groups",
        description = "Group a queue's dead letters by cause, largest group first.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  dlo groups orders.DLT -p prod",
            "  dlo groups orders.DLT -p prod --where 'message.timestamp >"
                    + " timestamp(\"2026-01-31T00:00:00Z\")'"
        })
public final class GroupsCommand extends QueueCommand {
    @Option(
            names = {"-w", "--where"},
            paramLabel = "CEL",
            defaultValue = "",
            description = "Only messages that match: a CEL expression or plain words.")
    private String where = "";

    @Option(names = "--include-resolved", description = "Also those that were redriven already.")
    private boolean includeResolved;

    public GroupsCommand(Session session) {
        super(session);
    }

    @Override
    public Integer call() throws Exception {
        var filter = engine().filters().parse(where);
        var table =
                new Table<FailureGroup>()
                        .left("GROUP", FailureGroup::fingerprint)
                        .right("COUNT", group -> Numerals.of(group.count()))
                        .left("TYPE", group -> Messages.shortType(group.type()))
                        .left("MESSAGE", FailureGroup::message)
                        .left("FIRST", group -> Text.instant(group.first()))
                        .left("LAST", group -> Text.instant(group.last()))
                        .left("FROM", group -> String.join(", ", group.origins()))
                        .right("CAME BACK", group -> Text.share(group.returnedShare()));
        var queue = queue();
        looking.tell(queue);
        try (var progress = session.progress()) {
            var groups =
                    engine().messages()
                            .groups(
                                    queue,
                                    filter,
                                    includeResolved,
                                    soFar -> progress.update(Text.soFar(soFar.completeness())));
            progress.close();
            session.output()
                    .list(
                            groups.groups(),
                            group -> json(group, groups.completeness()),
                            table,
                            "No dead letters that match.");
            Text.limits(groups.completeness()).ifPresent(session::say);
        }
        return ExitCode.DONE.number();
    }

    private static Map<String, Object> json(FailureGroup group, Completeness completeness) {
        var json = new LinkedHashMap<String, @Nullable Object>();
        json.put("fingerprint", group.fingerprint());
        json.put("type", group.type());
        json.put("message", group.message());
        json.put("count", group.count());
        json.put("first", group.first());
        json.put("last", group.last());
        json.put("origins", group.origins());
        json.put("returnedShare", group.returnedShare());
        json.put("poison", group.poison());
        json.put("trend", group.trend());
        json.put("sample", group.sample());
        json.put("completeness", Messages.json(completeness));
        return json;
    }
}
