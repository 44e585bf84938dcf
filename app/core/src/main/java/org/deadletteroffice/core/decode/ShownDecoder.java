package org.deadletteroffice.core.decode;

import java.util.List;
import java.util.Optional;
import org.deadletteroffice.spi.decode.Decoded;
import org.deadletteroffice.spi.decode.PayloadDecoder;
import org.deadletteroffice.spi.message.Headers;

/// A binary format that is shown and edited as hex only: no text would say all of it.
abstract class ShownDecoder implements PayloadDecoder {
    private final String name;
    private final String hexOnly;

    /// @param hexOnly that it is edited as hex only, as a sentence
    ShownDecoder(String name, String hexOnly) {
        this.name = name;
        this.hexOnly = hexOnly;
    }

    @Override
    public final String name() {
        return name;
    }

    /// @param payload no larger than the limits allow
    abstract Decoded read(byte[] payload, Limits limits) throws UnreadableException;

    @Override
    public final Decoded decode(byte[] payload, Headers headers, Limits limits) {
        if (payload.length > limits.bytes()) {
            return new Decoded.Opaque(name, BinaryDecoder.TOO_LARGE, List.of());
        }
        try {
            return read(payload, limits);
        } catch (UnreadableException broken) {
            return BinaryDecoder.broken(name, broken);
        }
    }

    @Override
    public final Optional<String> editText(byte[] payload, Headers headers, Limits limits) {
        return Optional.empty();
    }

    @Override
    public final byte[] encode(String edited, byte[] original, Headers headers)
            throws EditException {
        throw TreeEdit.cannot(hexOnly);
    }
}
