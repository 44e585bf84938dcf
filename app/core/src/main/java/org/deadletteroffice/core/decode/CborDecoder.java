package org.deadletteroffice.core.decode;

/// CBOR (RFC 8949): by content type, by its own tag, or since all of it reads as one map or array.
public final class CborDecoder extends BinaryDecoder {
    public CborDecoder() {
        super("cbor", new CborFormat());
    }

    @Override
    boolean isDeclared(ContentType type) {
        return type.type().endsWith("/cbor") || type.type().endsWith("+cbor");
    }

    /// Tag 55799, made to be this (RFC 8949, section 3.4.6).
    @Override
    boolean hasMagic(byte[] payload) {
        return payload.length > 3
                && payload[0] == (byte) 0xD9
                && payload[1] == (byte) 0xD9
                && payload[2] == (byte) 0xF7;
    }

    @Override
    boolean mayBegin(int first) {
        return first >= 0x80 && first <= 0xBF;
    }
}
