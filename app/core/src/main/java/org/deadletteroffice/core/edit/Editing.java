package org.deadletteroffice.core.edit;

import java.util.List;
import java.util.Optional;
import org.deadletteroffice.core.browse.MessageView;
import org.deadletteroffice.core.decode.SchemaJudgement;
import org.deadletteroffice.core.schema.SchemaChoice;
import org.deadletteroffice.spi.decode.PayloadDecoder;
import org.deadletteroffice.spi.decode.PayloadDecoder.EditException;
import org.deadletteroffice.spi.decode.PayloadDecoder.Limits;

/// Texts of payloads, there and back. Stateless.
public final class Editing {
    /// What the operator edits; empty where this payload cannot be edited as text (then as hex:
    /// [#hexText]).
    public static Optional<String> editText(MessageView message) {
        var payload = message.letter().payload();
        return payload == null
                ? Optional.empty()
                : decoder(message)
                        .flatMap(
                                decoder ->
                                        decoder.editText(
                                                payload,
                                                message.letter().headers(),
                                                Limits.STANDARD));
    }

    /// The payload's bytes with the content `edited`, in the format, style and wrappers in which it
    /// came. An unchanged text gives the original bytes.
    public static byte[] encode(MessageView message, String edited) throws EditException {
        var payload = message.letter().payload();
        if (payload == null) {
            throw new EditException(
                    "A tombstone has no payload to edit; give it bytes as hex.", 0, 0);
        }
        if (editText(message).filter(edited::equals).isPresent()) {
            return payload;
        }
        return decoder(message)
                .orElseThrow(
                        () ->
                                new EditException(
                                        "There is no decoder called '" + message.decoder() + "'.",
                                        0,
                                        0))
                .encode(edited, payload, message.letter().headers());
    }

    /// Whether an edited text fits a schema of choice. May block for the registry.
    public static SchemaJudgement judge(MessageView message, String edited, SchemaChoice choice) {
        var payload = message.letter().payload();
        return message.decoders()
                .judge(
                        edited,
                        payload == null ? new byte[0] : payload,
                        message.letter().headers(),
                        message.decoder(),
                        choice);
    }

    /// The same for bytes that will be sent, in the format in which the message came; empty where
    /// they are no text of it.
    public static Optional<SchemaJudgement> judge(
            MessageView message, byte[] sent, SchemaChoice choice) {
        return decoder(message)
                .flatMap(it -> it.editText(sent, message.letter().headers(), Limits.STANDARD))
                .map(text -> judge(message, text, choice));
    }

    private static Optional<PayloadDecoder> decoder(MessageView message) {
        return message.decoders().named(message.decoder());
    }

    /// Hex in lines of 16 bytes, two digits a byte.
    public static String hexText(byte[] bytes) {
        return Hex.text(bytes);
    }

    /// Reads hex digits; white space between bytes is free.
    public static byte[] parseHex(String text) throws EditException {
        return Hex.parse(text);
    }

    /// The lines of a unified view of what differs.
    public static List<DiffLine> diff(String before, String after) {
        return LineDiff.unified(before, after);
    }

    private Editing() {}
}
