package org.deadletteroffice.kafka;

import java.nio.charset.StandardCharsets;
import org.deadletteroffice.spi.transfer.Outgoing;

/// The size of a record as a broker counts it against `max.message.bytes`: a batch (format 2) that
/// holds nothing else, uncompressed.
final class RecordSize {
    private static final int BATCH_OVERHEAD = 61;

    private RecordSize() {}

    static long of(Outgoing message) {
        // Attributes, and the deltas of timestamp and offset, which are 0 for a lone record.
        var body = 3L + bytes(message.key()) + bytes(message.payload());
        body += varint(message.headers().size());
        for (var header : message.headers()) {
            var name = bytesOf(header.name());
            body += varint(name) + name;
            body += bytes(header.value());
        }
        return BATCH_OVERHEAD + varint(body) + body;
    }

    /// Of its UTF-8 form. Nothing is copied for a plain name, as it is asked of every header.
    private static long bytesOf(String name) {
        for (var i = 0; i < name.length(); i++) {
            if (name.charAt(i) >= 0x80) {
                return name.getBytes(StandardCharsets.UTF_8).length;
            }
        }
        return name.length();
    }

    private static long bytes(byte @org.jspecify.annotations.Nullable [] value) {
        return value == null ? varint(-1) : varint(value.length) + value.length;
    }

    /// Bytes of a number in zigzag encoding, seven bits a byte.
    private static int varint(long value) {
        var zigzag = (value << 1) ^ (value >> 63);
        return Math.max(1, (70 - Long.numberOfLeadingZeros(zigzag)) / 7);
    }
}
