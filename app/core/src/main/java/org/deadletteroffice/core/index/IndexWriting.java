package org.deadletteroffice.core.index;

import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.BitSet;
import java.util.zip.CRC32C;
import java.util.zip.CheckedOutputStream;
import org.jspecify.annotations.Nullable;

/// Writes what an [IndexReading] reads: big-endian numbers, texts with their length, and a checksum
/// over all of it at the end.
final class IndexWriting implements AutoCloseable {
    /// Numbers are put together in pieces of this size.
    private static final int PIECE = 64 << 10;

    private final CRC32C sum = new CRC32C();
    private final DataOutputStream out;

    IndexWriting(OutputStream file) {
        out =
                new DataOutputStream(
                        new CheckedOutputStream(new BufferedOutputStream(file, PIECE), sum));
    }

    void number(long value) throws IOException {
        out.writeLong(value);
    }

    void text(@Nullable String text) throws IOException {
        if (text == null) {
            out.writeInt(-1);
            return;
        }
        var bytes = text.getBytes(StandardCharsets.UTF_8);
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    void bytes(byte[] bytes, int length) throws IOException {
        out.writeInt(length);
        out.write(bytes, 0, length);
    }

    void ints(int[] values, int size) throws IOException {
        var piece = new byte[PIECE];
        for (int at = 0; at < size; ) {
            int some = Math.min(size - at, PIECE / Integer.BYTES);
            ByteBuffer.wrap(piece).asIntBuffer().put(values, at, some);
            out.write(piece, 0, some * Integer.BYTES);
            at += some;
        }
    }

    void longs(long[] values, int size) throws IOException {
        var piece = new byte[PIECE];
        for (int at = 0; at < size; ) {
            int some = Math.min(size - at, PIECE / Long.BYTES);
            ByteBuffer.wrap(piece).asLongBuffer().put(values, at, some);
            out.write(piece, 0, some * Long.BYTES);
            at += some;
        }
    }

    void bits(BitSet bits) throws IOException {
        var words = bits.toLongArray();
        out.writeInt(words.length);
        longs(words, words.length);
    }

    /// Writes the checksum and closes the file.
    @Override
    public void close() throws IOException {
        out.writeLong(sum.getValue());
        out.close();
    }
}
