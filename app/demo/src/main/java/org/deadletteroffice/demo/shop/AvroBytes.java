package org.deadletteroffice.demo.shop;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/// A record in Avro's binary encoding behind a schema registry's frame: a zero byte and the
/// schema's number in four bytes. Only the types that the demo writes.
final class AvroBytes {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    AvroBytes(int schemaId) {
        bytes.write(0);
        bytes.writeBytes(ByteBuffer.allocate(Integer.BYTES).putInt(schemaId).array());
    }

    AvroBytes string(String text) {
        var utf8 = text.getBytes(UTF_8);
        number(utf8.length);
        bytes.writeBytes(utf8);
        return this;
    }

    /// `int` and `long`: zigzag, then seven bits a byte, lowest first.
    AvroBytes number(long value) {
        var zigzag = (value << 1) ^ (value >> 63);
        while ((zigzag & ~0x7FL) != 0) {
            bytes.write((int) ((zigzag & 0x7F) | 0x80));
            zigzag >>>= 7;
        }
        bytes.write((int) zigzag);
        return this;
    }

    AvroBytes number(double value) {
        bytes.writeBytes(
                ByteBuffer.allocate(Double.BYTES)
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .putDouble(value)
                        .array());
        return this;
    }

    byte[] toByteArray() {
        return bytes.toByteArray();
    }
}
