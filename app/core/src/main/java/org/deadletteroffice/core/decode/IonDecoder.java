package org.deadletteroffice.core.decode;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.deadletteroffice.spi.decode.Decoded;
import org.deadletteroffice.spi.decode.PayloadDecoder.Match.Certainty;
import org.deadletteroffice.spi.message.Headers;

/// Amazon Ion 1.0, binary by its version marker, text by `$ion_1_0` or the content type. Shown as a
/// tree and edited as hex: its symbols, annotations and types have no place in a JSON text.
public final class IonDecoder extends ShownDecoder {
    private static final byte[] BINARY = {(byte) 0xE0, 1, 0, (byte) 0xEA};
    private static final byte[] TEXT = "$ion_1_0".getBytes(StandardCharsets.US_ASCII);

    private static final Match MARKER =
            new Match(Certainty.CONTENT, "it begins with the version marker of Ion");
    private static final Match DECLARED =
            new Match(Certainty.DECLARED, "the content type says Ion");
    private static final Match NO = new Match(Certainty.NO, "no Ion");

    public IonDecoder() {
        super("ion", "Ion is edited as hex only.");
    }

    @Override
    public Match match(byte[] payload, Headers headers) {
        if (begins(payload, BINARY) || begins(payload, TEXT)) {
            return MARKER;
        }
        return payload.length > 0 && ContentType.of(headers).filter(ContentType::isIon).isPresent()
                ? DECLARED
                : NO;
    }

    private static boolean begins(byte[] payload, byte[] marker) {
        return payload.length >= marker.length
                && Arrays.equals(payload, 0, marker.length, marker, 0, marker.length);
    }

    @Override
    Decoded read(byte[] payload, Limits limits) throws UnreadableException {
        return IonValues.read(payload, limits);
    }
}
