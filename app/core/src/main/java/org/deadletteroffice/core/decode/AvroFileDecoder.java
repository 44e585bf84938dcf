package org.deadletteroffice.core.decode;

import java.util.List;
import java.util.Optional;
import org.deadletteroffice.spi.decode.Decoded;
import org.deadletteroffice.spi.decode.PayloadDecoder;
import org.deadletteroffice.spi.decode.PayloadDecoder.Match.Certainty;
import org.deadletteroffice.spi.decode.Tree;
import org.deadletteroffice.spi.message.Headers;

/// Avro object container files, which carry their schema: a list of values.
public final class AvroFileDecoder implements PayloadDecoder {
    private static final Match MAGIC =
            new Match(Certainty.CONTENT, "it begins with the magic number of an Avro file");
    private static final Match NO = new Match(Certainty.NO, "no Avro file");

    @Override
    public String name() {
        return "avro-file";
    }

    @Override
    public Match match(byte[] payload, Headers headers) {
        return begins(payload) ? MAGIC : NO;
    }

    /// Here and not beside the reader: a scan of other formats shall not load it.
    static boolean begins(byte[] payload) {
        return payload.length > 20
                && payload[0] == 'O'
                && payload[1] == 'b'
                && payload[2] == 'j'
                && payload[3] == 1;
    }

    @Override
    public Decoded decode(byte[] payload, Headers headers, Limits limits) {
        if (payload.length > limits.bytes()) {
            return new Decoded.Opaque(name(), BinaryDecoder.TOO_LARGE, List.of());
        }
        try {
            var file = AvroFile.open(payload, limits);
            var values = file.read();
            return new Decoded.Structured(
                    name(), "its own, " + file.schemaName(), new Tree.Arr(values), List.of());
        } catch (UnreadableException broken) {
            return BinaryDecoder.broken(name(), broken);
        }
    }

    @Override
    public Optional<String> editText(byte[] payload, Headers headers, Limits limits) {
        try {
            return payload.length > limits.bytes()
                    ? Optional.empty()
                    : Optional.of(
                            TreeEdit.text(new Tree.Arr(AvroFile.open(payload, limits).read())));
        } catch (UnreadableException broken) {
            return Optional.empty();
        }
    }

    @Override
    public byte[] encode(String edited, byte[] original, Headers headers) throws EditException {
        var before = editText(original, headers, Limits.STANDARD);
        if (before.filter(edited::equals).isPresent()) {
            return original;
        }
        try {
            return AvroFile.open(original, Limits.STANDARD).write(TreeEdit.parse(edited));
        } catch (UnreadableException broken) {
            throw TreeEdit.cannot("It is not readable as an Avro file: " + broken.sentence() + ".");
        }
    }
}
