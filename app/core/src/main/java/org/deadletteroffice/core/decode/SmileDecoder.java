package org.deadletteroffice.core.decode;

import java.util.List;
import java.util.Optional;
import org.deadletteroffice.spi.decode.Decoded;
import org.deadletteroffice.spi.decode.PayloadDecoder;
import org.deadletteroffice.spi.decode.PayloadDecoder.Match.Certainty;
import org.deadletteroffice.spi.message.Headers;

/// Smile, Jackson's binary JSON, known by its header `:)`.
public final class SmileDecoder implements PayloadDecoder {
    private static final Match MAGIC = new Match(Certainty.CONTENT, "it begins with Smile's ':)'");
    private static final Match NO = new Match(Certainty.NO, "no Smile");

    @Override
    public String name() {
        return "smile";
    }

    @Override
    public Match match(byte[] payload, Headers headers) {
        return begins(payload) ? MAGIC : NO;
    }

    @Override
    public Decoded decode(byte[] payload, Headers headers, Limits limits) {
        if (payload.length > limits.bytes()) {
            return new Decoded.Opaque(name(), BinaryDecoder.TOO_LARGE, List.of());
        }
        try {
            return new Decoded.Structured(
                    name(), null, SmileValues.read(payload, limits), List.of());
        } catch (UnreadableException broken) {
            return BinaryDecoder.broken(name(), broken);
        }
    }

    @Override
    public Optional<String> editText(byte[] payload, Headers headers, Limits limits) {
        try {
            return payload.length > limits.bytes()
                    ? Optional.empty()
                    : Optional.of(TreeEdit.text(SmileValues.read(payload, limits)));
        } catch (UnreadableException broken) {
            return Optional.empty();
        }
    }

    @Override
    public byte[] encode(String edited, byte[] original, Headers headers) throws EditException {
        return editText(original, headers, Limits.STANDARD).filter(edited::equals).isPresent()
                ? original
                : SmileValues.write(TreeEdit.parse(edited), original);
    }

    /// Here and not beside the codec: a scan of other formats shall not load it.
    static boolean begins(byte[] payload) {
        return payload.length > 4 && payload[0] == ':' && payload[1] == ')' && payload[2] == '\n';
    }
}
