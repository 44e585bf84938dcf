package org.deadletteroffice.cli.command;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.deadletteroffice.cli.Session;
import org.deadletteroffice.core.OperatorException;
import org.deadletteroffice.core.browse.MessageView;
import org.deadletteroffice.core.decode.SchemaJudgement;
import org.deadletteroffice.core.edit.Editing;
import org.deadletteroffice.core.edit.JqProgram;
import org.deadletteroffice.core.job.Change;
import org.deadletteroffice.core.job.RedriveRequest;
import org.deadletteroffice.core.job.Scope;
import org.deadletteroffice.core.schema.SchemaChoice;
import org.deadletteroffice.spi.decode.PayloadDecoder.EditException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `dlo edit`
@Command(
        name = "edit",
        description = {
            "Edit one message and send it again, in the format it came in.",
            "",
            "With neither --payload-file nor --jq it opens $$VISUAL or $$EDITOR on a terminal."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  dlo edit orders.DLT 0-17 -p dev",
            "  dlo edit orders.DLT 0-17 -p dev --jq '.amount = 12' --dry-run",
            "  dlo edit orders.DLT 0-17 -p dev --payload-file fixed.json --yes"
        })
public final class EditCommand extends MessageCommand {
    /// So many are told at most.
    private static final int MISFITS = 5;

    @Option(
            names = "--payload-file",
            paramLabel = "FILE",
            description = "The new content, as text of the payload's format; - for standard input.")
    private @Nullable Path payloadFile;

    @Option(names = "--raw", description = "The file's bytes are the payload, whatever the format.")
    private boolean raw;

    @Option(names = "--jq", paramLabel = "PROGRAM", description = "Change the payload with jq.")
    private @Nullable String jq;

    @Option(names = "--key", paramLabel = "TEXT", description = "Send with this key.")
    private @Nullable String key;

    @Option(
            names = "--schema",
            paramLabel = "own|latest|latest:SUBJECT|FILE",
            description =
                    "Refuse what does not fit this schema: the message's own, the latest of the"
                            + " destination's subject or of SUBJECT, or one in a file.")
    private @Nullable String schema;

    @Mixin private SendOptions send = new SendOptions();

    public EditCommand(Session session) {
        super(session);
    }

    @Override
    public Integer call() throws Exception {
        if (payloadFile != null && jq != null) {
            throw new OperatorException(
                    OperatorException.Kind.WRONG_USE,
                    "--payload-file and --jq are given both.",
                    "Give one of them.");
        }
        var profile = profile();
        var view = find(queue());
        var change = change(view);
        if (schema != null) {
            checkAgainst(schema, view, change);
        }
        var request =
                RedriveRequest.of(view.letter().queue(), new Scope.Ids(List.of(view.letter().id())))
                        .to(send.destination())
                        .toProfile(send.toProfile)
                        .change(change)
                        .replaceKey(key == null ? null : key.getBytes(StandardCharsets.UTF_8))
                        .headers(send.headers(session, view.letter().queue()))
                        .maxReturns(Integer.MAX_VALUE)
                        .includeResolved(true)
                        // A new content is what is wanted now, whatever came before it.
                        .includeOvertaken(true)
                        .forced(send.force)
                        .reason(send.confirm.reason)
                        .build();
        return new Sending(session, looking, send, null).run(profile, request).number();
    }

    private Change change(MessageView view) throws OperatorException, InterruptedException {
        if (jq != null) {
            return new Change.Jq(jq);
        }
        if (payloadFile != null) {
            return new Change.Payload(encode(view, read(payloadFile)));
        }
        if (key != null || !send.headerEdits().isEmpty()) {
            return new Change.None();
        }
        if (!session.host().isInteractive()) {
            throw new OperatorException(
                    OperatorException.Kind.WRONG_USE,
                    "Nothing says what to change, and no terminal is there to edit on.",
                    "Give --payload-file, --jq, --key, --set-header or --drop-header.");
        }
        var text =
                Editing.editText(view)
                        .orElseThrow(
                                () ->
                                        new OperatorException(
                                                OperatorException.Kind.WRONG_USE,
                                                "The payload of " + id() + " is no text.",
                                                "Give its new bytes with --payload-file FILE --raw."));
        return new Change.Payload(
                encode(view, new Editor(session).edit(text).getBytes(StandardCharsets.UTF_8)));
    }

    private void checkAgainst(String named, MessageView view, Change change)
            throws OperatorException {
        var to = send.destination() == null ? view.failure().origin().queue() : send.destination();
        var topic = to == null ? view.letter().queue().name() : to;
        var judgement = Editing.judge(view, sent(view, change), SchemaChoice.parse(named, topic));
        if (judgement.filter(SchemaJudgement::fits).isEmpty()) {
            throw new OperatorException(
                    OperatorException.Kind.REFUSED,
                    judgement
                            .map(it -> it.words(MISFITS))
                            .orElse("Its bytes are no text of its format, so no schema can tell."),
                    "Correct it, or leave out --schema to send it all the same.");
        }
        session.say(judgement.get().words(MISFITS));
    }

    private static byte[] sent(MessageView view, Change change) throws OperatorException {
        try {
            return switch (change) {
                case Change.Payload it -> it.bytes();
                case Change.Jq it -> JqProgram.compile(it.program()).apply(view);
                case Change.None _, Change.Replace _ -> {
                    var payload = view.letter().payload();
                    yield payload == null ? new byte[0] : payload;
                }
            };
        } catch (EditException failed) {
            throw new OperatorException(
                    OperatorException.Kind.WRONG_USE,
                    failed.getMessage() == null ? "The program failed." : failed.getMessage(),
                    "Correct the program.",
                    failed);
        }
    }

    private byte[] encode(MessageView view, byte[] content) throws OperatorException {
        if (raw || Editing.editText(view).isEmpty()) {
            return content;
        }
        try {
            return Editing.encode(view, new String(content, StandardCharsets.UTF_8));
        } catch (EditException e) {
            throw new OperatorException(
                    OperatorException.Kind.WRONG_USE,
                    e.getMessage() + (e.line() > 0 ? place(e) : ""),
                    "Correct it, or give --raw to send the bytes as they are.",
                    e);
        }
    }

    private static String place(EditException e) {
        return " (line " + e.line() + ", column " + e.column() + ")";
    }

    private byte[] read(Path file) throws OperatorException {
        try {
            return file.toString().equals("-")
                    ? session.host().in().readAllBytes()
                    : Files.readAllBytes(file);
        } catch (IOException e) {
            throw new OperatorException(
                    OperatorException.Kind.WRONG_USE,
                    "The file " + file + " cannot be read.",
                    "Check its name and its permissions.",
                    e);
        }
    }
}
