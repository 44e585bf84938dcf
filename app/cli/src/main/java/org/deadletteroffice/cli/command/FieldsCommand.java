package org.deadletteroffice.cli.command;

import java.util.Map;
import org.deadletteroffice.cli.ExitCode;
import org.deadletteroffice.cli.Session;
import org.deadletteroffice.cli.Table;
import org.deadletteroffice.core.OperatorException;
import org.deadletteroffice.core.browse.BrowseRequest;
import org.deadletteroffice.core.query.FieldsSeen.Field;
import org.deadletteroffice.spi.message.Numerals;
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
        looking.tell(queue);
        var messages = engine().messages();
        var page = messages.browse(BrowseRequest.newest(queue, look));
        var looked = page.completeness();
        var table =
                new Table<Field>()
                        .left("FIELD", Field::name)
                        .left("TYPE", Field::type)
                        .right("MESSAGES", field -> Numerals.of(field.messages()));
        session.output()
                .list(
                        messages.fieldsSeen(queue).all(),
                        field ->
                                Map.of(
                                        "name", field.name(),
                                        "type", field.type(),
                                        "messages", field.messages(),
                                        "completeness", Messages.json(looked)),
                        table,
                        "No fields: the queue is empty, or its payloads have none.");
        if (!page.atEnd()) {
            session.say(
                    "Only the newest %s of %s messages were looked at; others may have more fields: --look N."
                            .formatted(Numerals.of(looked.read()), Text.count(looked.total())));
        }
        return ExitCode.DONE.number();
    }
}
