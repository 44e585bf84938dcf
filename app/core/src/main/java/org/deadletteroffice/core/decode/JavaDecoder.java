package org.deadletteroffice.core.decode;

import java.util.List;
import java.util.Optional;
import org.deadletteroffice.spi.decode.Decoded;
import org.deadletteroffice.spi.decode.PayloadDecoder;
import org.deadletteroffice.spi.decode.PayloadDecoder.Match.Certainty;
import org.deadletteroffice.spi.message.Headers;

/// Java serialization: described by reading the stream, never deserialized. Shown, not edited: what
/// a class reads back is known to that class alone.
public final class JavaDecoder implements PayloadDecoder {
    private static final Match MAGIC =
            new Match(Certainty.CONTENT, "it begins with the magic number of Java serialization");
    private static final Match NO = new Match(Certainty.NO, "no Java serialization");

    @Override
    public String name() {
        return "java";
    }

    @Override
    public Match match(byte[] payload, Headers headers) {
        return JavaStream.begins(payload) ? MAGIC : NO;
    }

    @Override
    public Decoded decode(byte[] payload, Headers headers, Limits limits) {
        if (payload.length > limits.bytes()) {
            return new Decoded.Opaque(name(), BinaryDecoder.TOO_LARGE, List.of());
        }
        try {
            if (!JavaStream.begins(payload)) {
                throw new UnreadableException("it does not begin with its magic number", 0);
            }
            return new Decoded.Structured(
                    name(),
                    null,
                    new JavaStream(payload, limits).read(),
                    new IssueList()
                            .info("", "Described from the stream; no object was made of it.")
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
        throw TreeEdit.cannot("A serialized Java object is edited as hex only.");
    }
}
