package org.deadletteroffice.core.decode;

import org.deadletteroffice.spi.decode.Decoded;
import org.deadletteroffice.spi.decode.PayloadDecoder.Match.Certainty;
import org.deadletteroffice.spi.message.Headers;

/// Protobuf of which neither framing nor schema is known: its fields by number. A guess, taken only
/// where nothing surer reads the bytes. Shown, not edited: which numbers are signed, and what is
/// text, only the schema knows.
public final class ProtobufDecoder extends ShownDecoder {
    private static final Match LIKELY =
            new Match(Certainty.FALLBACK, "all of it reads as Protobuf fields");
    private static final Match NO = new Match(Certainty.NO, "it does not read as Protobuf fields");

    private static final int TRIED = 1 << 20;

    public ProtobufDecoder() {
        super("protobuf", "Without its schema this message is edited as hex only.");
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
    Decoded read(byte[] payload, Limits limits) throws UnreadableException {
        return new Decoded.Structured(
                "protobuf?",
                null,
                ProtobufDump.read(payload, limits),
                new IssueList()
                        .info("", "Read without a schema: fields are shown by number.")
                        .all());
    }
}
