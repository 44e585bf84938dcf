package org.deadletteroffice.core.index;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.BitSet;
import java.util.zip.CRC32C;
import java.util.zip.CheckedInputStream;
import org.jspecify.annotations.Nullable;

/// Reads what an [IndexWriting] wrote. Whatever the file holds, no more is allocated than it is
/// long.
final class IndexReading implements AutoCloseable {
    private static final int PIECE = 64 << 10;

    private final CRC32C sum = new CRC32C();
    private final DataInputStream in;

    /// Of the file, in bytes: no length in it can be more.
    private final long length;

    IndexReading(InputStream file, long length) {
        this.length = length;
        in = new DataInputStream(new CheckedInputStream(new BufferedInputStream(file, PIECE), sum));
    }

    long number() throws IOException {
        return in.readLong();
    }

    /// @param width bytes of one
    int count(int width) throws IOException {
        return checked(in.readLong(), width);
    }

    private int checked(long count, int width) throws IOException {
        if (count < 0 || count * width > length) {
            throw new EOFException("more is announced than the file holds");
        }
        return (int) count;
    }

    @Nullable String text() throws IOException {
        int size = in.readInt();
        if (size == -1) {
            return null;
        }
        return new String(in.readNBytes(checked(size, 1)), StandardCharsets.UTF_8);
    }

    byte[] bytes() throws IOException {
        int size = checked(in.readInt(), 1);
        var bytes = in.readNBytes(size);
        if (bytes.length < size) {
            throw new EOFException("the file is cut off");
        }
        return bytes;
    }

    int[] ints(int size) throws IOException {
        var values = new int[size];
        var piece = new byte[PIECE];
        for (int at = 0; at < size; ) {
            int some = Math.min(size - at, PIECE / Integer.BYTES);
            in.readFully(piece, 0, some * Integer.BYTES);
            ByteBuffer.wrap(piece).asIntBuffer().get(values, at, some);
            at += some;
        }
        return values;
    }

    long[] longs(int size) throws IOException {
        var values = new long[size];
        var piece = new byte[PIECE];
        for (int at = 0; at < size; ) {
            int some = Math.min(size - at, PIECE / Long.BYTES);
            in.readFully(piece, 0, some * Long.BYTES);
            ByteBuffer.wrap(piece).asLongBuffer().get(values, at, some);
            at += some;
        }
        return values;
    }

    BitSet bits() throws IOException {
        return BitSet.valueOf(longs(checked(in.readInt(), Long.BYTES)));
    }

    /// Reads the checksum.
    ///
    /// @throws IOException where it is not that of what was read
    void end() throws IOException {
        long read = sum.getValue();
        if (in.readLong() != read) {
            throw new IOException("the checksum is wrong");
        }
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
