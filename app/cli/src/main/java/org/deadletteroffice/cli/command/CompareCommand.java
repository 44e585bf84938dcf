package org.deadletteroffice.cli.command;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.StringJoiner;
import org.deadletteroffice.cli.ExitCode;
import org.deadletteroffice.cli.Session;
import org.deadletteroffice.cli.Table;
import org.deadletteroffice.core.OperatorException;
import org.deadletteroffice.core.browse.MessageView;
import org.deadletteroffice.core.browse.Siblings;
import org.deadletteroffice.core.edit.DiffLine;
import org.deadletteroffice.core.edit.Editing;
import org.deadletteroffice.core.edit.HeaderDiff;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `dlo compare`
@Command(
        name = "compare",
        description = {
            "Show what differs between a dead letter and another message.",
            "",
            "Without --with it is the nearest message of its key, in the log it came from, on which"
                    + " its reader did not fail: the one before it, else the one after it."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  dlo compare orders.DLT 0-17 -p prod",
            "  dlo compare orders.DLT 0-17 -p prod --after",
            "  dlo compare orders.DLT 0-17 -p prod --with 0-18"
        })
public final class CompareCommand extends MessageCommand {
    @Option(
            names = "--with",
            paramLabel = "ID",
            description = "Another message of the same queue, rather than one that succeeded.")
    private @Nullable String other;

    @Option(names = "--after", description = "The one that succeeded after it.")
    private boolean after;

    public CompareCommand(Session session) {
        super(session);
    }

    @Override
    public Integer call() throws Exception {
        var dead = find(queue());
        if (other != null) {
            tell(dead, find(queue(), other), "");
            return ExitCode.DONE.number();
        }
        var found = session.engine().siblings().of(dead);
        tell(dead, chosen(found), found.note());
        return ExitCode.DONE.number();
    }

    private MessageView chosen(Siblings.Found found) throws OperatorException {
        var chosen = after ? found.after() : found.nearest().orElse(null);
        if (chosen != null) {
            return chosen;
        }
        throw new OperatorException(
                OperatorException.Kind.NOT_FOUND,
                found.note().isEmpty() ? "No message of its key succeeded after it." : found.note(),
                "Compare it with a message of your choice: --with ID.");
    }

    private void tell(MessageView dead, MessageView with, String note) {
        var payload = Editing.diff(text(dead), text(with));
        var headers = HeaderDiff.between(dead.letter().headers(), with.letter().headers());
        var json = new LinkedHashMap<String, @Nullable Object>();
        json.put("id", dead.letter().id());
        json.put("with", Messages.json(with, null));
        json.put("payload", lines(payload));
        json.put("headers", lines(headers));
        json.put("note", note);
        session.output().object(json, () -> words(dead, with, payload, headers, note));
    }

    private static String text(MessageView view) {
        var payload = view.letter().payload();
        return payload == null
                ? ""
                : Editing.editText(view).orElseGet(() -> Editing.hexText(payload));
    }

    private static List<Map<String, String>> lines(List<DiffLine> lines) {
        return lines.stream().map(CompareCommand::line).toList();
    }

    private static Map<String, String> line(DiffLine line) {
        var json = new LinkedHashMap<String, String>();
        json.put("kind", line.kind().name().toLowerCase(Locale.ROOT));
        json.put("text", line.text());
        return json;
    }

    private static String words(
            MessageView dead,
            MessageView with,
            List<DiffLine> payload,
            List<DiffLine> headers,
            String note) {
        var text = new StringJoiner("\n");
        text.add("- " + dead.letter().queue().name() + " " + dead.letter().id());
        text.add("+ " + with.letter().queue().name() + " " + with.letter().id());
        text.add("");
        text.add(payload.isEmpty() ? "The payloads say the same." : "Payload");
        payload.forEach(line -> text.add("  " + Previews.line(line)));
        text.add(headers.isEmpty() ? "The headers are the same." : "Headers");
        headers.forEach(line -> text.add("  " + Previews.line(line)));
        if (!note.isEmpty()) {
            text.add(note);
        }
        return Table.plainLines(text.toString());
    }
}
