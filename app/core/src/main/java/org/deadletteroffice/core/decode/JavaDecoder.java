package org.deadletteroffice.core.decode;

import org.deadletteroffice.spi.decode.Decoded;
import org.deadletteroffice.spi.decode.PayloadDecoder.Match.Certainty;
import org.deadletteroffice.spi.message.Headers;

/// Java serialization: described by reading the stream, never deserialized. Shown, not edited: what
/// a class reads back is known to that class alone.
public final class JavaDecoder extends ShownDecoder {
    private static final Match MAGIC =
            new Match(Certainty.CONTENT, "it begins with the magic number of Java serialization");
    private static final Match NO = new Match(Certainty.NO, "no Java serialization");

    public JavaDecoder() {
        super("java", "A serialized Java object is edited as hex only.");
    }

    @Override
    public Match match(byte[] payload, Headers headers) {
        return JavaStream.begins(payload) ? MAGIC : NO;
    }

    @Override
    Decoded read(byte[] payload, Limits limits) throws UnreadableException {
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
    }
}
