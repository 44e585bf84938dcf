package org.deadletteroffice.core.decode;

import java.util.List;
import java.util.Optional;
import org.deadletteroffice.spi.decode.Decoded;
import org.deadletteroffice.spi.decode.PayloadDecoder;
import org.deadletteroffice.spi.decode.PayloadDecoder.Match.Certainty;
import org.deadletteroffice.spi.message.Headers;

/// Protobuf of which neither framing nor schema is known: its fields by number. A guess, taken only
/// where nothing surer reads the bytes. Shown, not edited: which numbers are signed, and what is
/// text, only the schema knows.
public final class ProtobufDecoder implements PayloadDecoder {
    private static final Match LIKELY =
            new Match(Certainty.FALLBACK, "all of it reads as Protobuf fields");
    private static final Match NO = new Match(Certainty.NO, "it does not read as Protobuf fields");

    private static final int TRIED = 1 << 20;

    @Override
    public String name() {
        return "protobuf";
    }

    @Override
    public Match match(byte[] payload, Headers headers) {
        return payload.length <= TRIED
                        && mayBegin(payload)
                        && ProtobufDump.isLikely(payload, Limits.STANDARD)
                ? LIKELY
                : NO;
    }

    /// A tag of a small field number and a wire type that there is: cheap, and text seldom has it.
    private static boolean mayBegin(byte[] payload) {
        if (payload.length < 6) {
            return false;
        }
        int wire = payload[0] & 7;
        return payload[0] >= 8 && (wire <= 2 || wire == 5) && payload[0] < 'A';
    }

    @Override
    public Decoded decode(byte[] payload, Headers headers, Limits limits) {
        if (payload.length > limits.bytes()) {
            return new Decoded.Opaque(name(), BinaryDecoder.TOO_LARGE, List.of());
        }
        try {
            return new Decoded.Structured(
                    "protobuf?",
                    null,
                    ProtobufDump.read(payload, limits),
                    new IssueList()
                            .info("", "Read without a schema: fields are shown by number.")
                            .all());
        } catch (UnreadableException broken) {
            return BinaryDecoder.broken(name(), broken);
        }
    }

    @Override
    public Optional<String> editText(byte[] payload, Headers headers, Limits limits) {
        return Optional.empty();
    }

    @Override
    public byte[] encode(String edited, byte[] original, Headers headers) throws EditException {
        throw TreeEdit.cannot("Without its schema this message is edited as hex only.");
    }
}
