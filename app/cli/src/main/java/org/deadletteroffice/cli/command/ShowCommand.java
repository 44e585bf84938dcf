package org.deadletteroffice.cli.command;

import java.nio.file.Path;
import java.util.HexFormat;
import java.util.StringJoiner;
import org.deadletteroffice.cli.ExitCode;
import org.deadletteroffice.cli.Session;
import org.deadletteroffice.cli.Table;
import org.deadletteroffice.core.OperatorException;
import org.deadletteroffice.core.browse.MessageView;
import org.deadletteroffice.core.cause.DeathWords;
import org.deadletteroffice.core.cause.StackFrame;
import org.deadletteroffice.core.cause.StackTrace;
import org.deadletteroffice.core.edit.Editing;
import org.deadletteroffice.spi.error.BrokerException;
import org.deadletteroffice.spi.message.Failure;
import org.deadletteroffice.spi.message.Header;
import org.deadletteroffice.spi.message.QueueInfo;
import org.deadletteroffice.spi.message.QueueRef;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `dlo show`
@Command(
        name = "show",
        description = "Show one message whole: cause, payload, headers, stack trace.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  dlo show orders.DLT 0-17 -p prod",
            "  dlo show orders.DLT 0-17 -p prod --decoder msgpack --for-queue",
            "  dlo show orders-dlq 5f1c2a -p prod --fetch",
            "  dlo show orders.DLT 0-17 -p prod --output json | jq -r .payloadBase64 | base64 -d"
        })
public final class ShowCommand extends MessageCommand {
    private static final String AUTO = "auto";

    @Option(
            names = "--decoder",
            paramLabel = "NAME",
            description =
                    "Read the payload as this: json, avro-file, text, …; auto lets it be chosen.")
    private @Nullable String decoder;

    @Option(
            names = "--for-queue",
            description = "Keep that choice for every message of this queue.")
    private boolean forQueue;

    @Option(
            names = "--fetch",
            description =
                    "Also fetch the payload that the message points to (S3, an address), with the"
                            + " rights of the profile.")
    private boolean fetch;

    @Option(
            names = "--fetch-to",
            paramLabel = "FILE",
            description = "As --fetch, and write its bytes to a file.")
    private @Nullable Path fetchTo;

    public ShowCommand(Session session) {
        super(session);
    }

    @Override
    public Integer call() throws Exception {
        var queue = info();
        var view = read(queue.ref());
        var payloads = payloads(view);
        var json = Messages.json(view, queue);
        json.put("claimChecks", payloads.json());
        session.output().object(json, () -> text(view, queue, payloads));
        return (payloads.isInPart() ? ExitCode.IN_PART : ExitCode.DONE).number();
    }

    private FetchedPayloads payloads(MessageView view) throws OperatorException, BrokerException {
        if (fetchTo != null) {
            var single = FetchedPayloads.single(session, view);
            single.write(fetchTo);
            return single;
        }
        return fetch ? FetchedPayloads.of(session, view) : FetchedPayloads.none(view);
    }

    private MessageView read(QueueRef queue) throws Exception {
        var messages = session.engine().messages();
        if (decoder == null) {
            return find(queue);
        }
        var name = decoder.equals(AUTO) ? null : decoder;
        if (name != null && !messages.decoders().contains(name)) {
            throw new OperatorException(
                    OperatorException.Kind.WRONG_USE,
                    "There is no decoder called '" + name + "'.",
                    "Name one of these: " + String.join(", ", messages.decoders()) + ", or auto.");
        }
        if (forQueue) {
            session.engine().decoderChoices().choose(queue, name);
        }
        return messages.reread(find(queue), name);
    }

    private static String text(MessageView view, QueueInfo queue, FetchedPayloads payloads) {
        var letter = view.letter();
        var failure = view.failure();
        var text = new StringJoiner("\n");
        field(text, "id", letter.id());
        field(text, "queue", letter.queue());
        field(text, "time", letter.timestamp());
        field(text, "vanishes", queue.vanishes(letter));
        field(text, "key", printable(letter.key()));
        field(text, "type", failure.type());
        field(text, "message", failure.message());
        field(text, "own code", ownCode(failure));
        field(text, "from", Messages.origin(failure));
        field(text, "consumer", failure.consumer());
        field(text, "tries", failure.tries());
        field(text, "first death", failure.firstDeath());
        field(text, "last death", failure.lastDeath());
        field(text, "group", view.fingerprint());
        field(text, "told by", failure.reader());
        field(text, "format", view.decoded().format() + " (" + view.decoderReason() + ")");
        payloads.places().forEach(place -> field(text, "points to", place));
        field(text, "resolved by", view.fate().job());
        if (view.fate().returns() > 0) {
            field(
                    text,
                    "came back",
                    view.fate().returns() == 1 ? "once" : view.fate().returns() + " times");
        }
        text.add("");
        text.add("Payload, " + Text.bytes(payloadSize(view)));
        text.add(payload(view));
        payloads.text(text);
        text.add("");
        text.add("Headers, " + letter.headers().size());
        letter.headers().forEach(header -> text.add("  " + header(header)));
        if (!failure.history().isEmpty()) {
            text.add("");
            text.add("Earlier deaths, oldest first");
            failure.history().forEach(death -> text.add("  " + Table.plain(earlier(death))));
        }
        if (failure.stackTrace() != null) {
            text.add("");
            text.add("Stack trace");
            text.add(Table.plainLines(failure.stackTrace()));
        }
        return text.toString();
    }

    private static @Nullable String ownCode(Failure failure) {
        var trace = failure.stackTrace();
        return trace == null
                ? null
                : StackTrace.parse(trace)
                        .flatMap(StackTrace::ownFrame)
                        .map(StackFrame::text)
                        .orElse(null);
    }

    private static String earlier(Failure death) {
        var time = DeathWords.time(death);
        return (time == null ? "" : time + "  ") + DeathWords.earlier(death);
    }

    private static void field(StringJoiner text, String name, @Nullable Object value) {
        if (value != null) {
            text.add(String.format("%-12s %s", name, Table.plain(value.toString())));
        }
    }

    private static long payloadSize(MessageView view) {
        var payload = view.letter().payload();
        return payload == null ? 0 : payload.length;
    }

    static String payload(MessageView view) {
        var payload = view.letter().payload();
        if (payload == null) {
            return "(none: a tombstone)";
        }
        if (payload.length == 0) {
            return "(empty)";
        }
        return Table.plainLines(Editing.editText(view).orElseGet(() -> Editing.hexText(payload)));
    }

    private static String header(Header header) {
        return Table.plain(header.name() + ": " + printable(header.value()));
    }

    /// Text where it is text, else hex; null where there is nothing.
    private static @Nullable String printable(byte @Nullable [] bytes) {
        if (bytes == null) {
            return null;
        }
        var text = new String(bytes, java.nio.charset.StandardCharsets.UTF_8);
        return text.contains("\uFFFD") || text.chars().anyMatch(c -> c < ' ' && c != '\n')
                ? "0x" + HexFormat.of().formatHex(bytes)
                : text;
    }
}
