package org.deadletteroffice.core.job;

import java.util.Arrays;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/// A number of key and payload, by which a message that was sent is known again when it comes back
/// without the headers it was sent with. Two checksums rather than a digest: it is computed for
/// every message on its way, and nobody gains by forging it.
final class ContentNumber {
    /// Null for a message without a payload: all tombstones of a key are alike.
    static @Nullable Long of(byte @Nullable [] key, byte @Nullable [] payload) {
        if (payload == null || payload.length == 0) {
            return null;
        }
        var crc = new CRC32C();
        if (key != null) {
            crc.update(key);
        }
        crc.update(payload);
        var other = 31 * Arrays.hashCode(payload) + Arrays.hashCode(key);
        return crc.getValue() << 32 | Integer.toUnsignedLong(other);
    }

    private ContentNumber() {}
}
