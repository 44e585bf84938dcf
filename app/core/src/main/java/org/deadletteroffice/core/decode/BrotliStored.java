package org.deadletteroffice.core.decode;

import java.io.ByteArrayOutputStream;

/// A Brotli stream of uncompressed blocks (RFC 7932, section 9.2): every reader takes it, and it
/// needs no native encoder. An edited payload is a few kilobytes; that it does not shrink does not
/// matter.
final class BrotliStored {
    private static final int BLOCK = 1 << 16;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private int bits;
    private int used;

    private BrotliStored() {}

    static byte[] of(byte[] bytes) {
        var stream = new BrotliStored();
        // The window: one zero bit stands for 2^16 bytes.
        stream.write(0, 1);
        for (int from = 0; from < bytes.length; from += BLOCK) {
            int length = Math.min(BLOCK, bytes.length - from);
            // Not the last; four nibbles of length less one; not compressed.
            stream.write(0, 1);
            stream.write(0, 2);
            stream.write(length - 1, 16);
            stream.write(1, 1);
            stream.align();
            stream.out.write(bytes, from, length);
        }
        // The last, and empty.
        stream.write(3, 2);
        stream.align();
        return stream.out.toByteArray();
    }

    private void write(int value, int count) {
        for (int i = 0; i < count; i++) {
            bits |= (value >> i & 1) << used;
            if (++used == 8) {
                align();
            }
        }
    }

    private void align() {
        if (used > 0) {
            out.write(bits);
            bits = 0;
            used = 0;
        }
    }
}
