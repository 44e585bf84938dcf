package org.deadletteroffice.cli.command;

import java.util.Map;
import org.deadletteroffice.cli.ExitCode;
import org.deadletteroffice.cli.Session;
import org.deadletteroffice.cli.Table;
import org.deadletteroffice.core.OperatorException;
import org.deadletteroffice.core.browse.BrowseRequest;
import org.deadletteroffice.core.query.FieldsSeen.Field;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `dlo fields`
@Command(
        name = "fields",
        description = "List the fields of a queue's messages that a filter can ask for.",
        footerHeading = "%nExamples:%n",
        footer = {"  dlo fields orders.DLT -p prod", "  dlo fields orders.DLT -p prod --look 1000"})
public final class FieldsCommand extends QueueCommand {
    private static final int MOST = 1_000;

    @Option(
            names = "--look",
            paramLabel = "N",
            defaultValue = "200",
            description = "How many of the newest messages to look at (default: ${DEFAULT-VALUE}).")
    private int look;

    public FieldsCommand(Session session) {
        super(session);
    }

    @Override
    public Integer call() throws Exception {
        if (look < 1 || look > MOST) {
            throw new OperatorException(
                    OperatorException.Kind.WRONG_USE,
                    "--look is " + look + ".",
                    "Give 1 to 1,000.");
        }
        var queue = queue();
        var messages = engine().messages();
        messages.browse(BrowseRequest.newest(queue, look));
        var table =
                new Table<Field>()
                        .left("FIELD", Field::name)
                        .left("TYPE", Field::type)
                        .right("MESSAGES", field -> Text.number(field.messages()));
        session.output()
                .list(
                        messages.fieldsSeen(queue).all(),
                        field ->
                                Map.of(
                                        "name", field.name(),
                                        "type", field.type(),
                                        "messages", field.messages()),
                        table,
                        "No fields: the queue is empty, or its payloads have none.");
        return ExitCode.DONE.number();
    }
}
