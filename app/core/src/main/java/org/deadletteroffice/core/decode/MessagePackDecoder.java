package org.deadletteroffice.core.decode;

/// MessagePack: by content type, or since all of it reads as one map or array. It has no magic
/// number.
public final class MessagePackDecoder extends BinaryDecoder {
    public MessagePackDecoder() {
        super("msgpack", new MessagePackFormat());
    }

    @Override
    boolean isDeclared(ContentType type) {
        return type.type().endsWith("msgpack") || type.type().endsWith("messagepack");
    }

    @Override
    boolean hasMagic(byte[] payload) {
        return false;
    }

    @Override
    boolean mayBegin(int first) {
        return (first >= 0x80 && first <= 0x9F) || (first >= 0xDC && first <= 0xDF);
    }
}
