package org.deadletteroffice.core;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Bytes that grow, numbers big endian as [java.io.DataOutputStream] writes them: read them back
/// with [java.io.DataInputStream]. The JDK's own streams lock for each byte, which every message
/// pays for many times. One thread at a time.
public final class ByteWriter {
    /// What a JVM makes of an array at most.
    private static final int LARGEST = Integer.MAX_VALUE - 64;

    private byte[] bytes;
    private int size;

    /// @param room how many bytes are expected
    public ByteWriter(int room) {
        bytes = new byte[Math.max(16, room)];
    }

    public int size() {
        return size;
    }

    /// Holds what was written in its first [#size] bytes; only until the next write.
    public byte[] array() {
        return bytes;
    }

    public byte[] toBytes() {
        return Arrays.copyOf(bytes, size);
    }

    /// Forgets what was written and keeps its room.
    public void clear() {
        size = 0;
    }

    private int claim(int more) {
        if (bytes.length - size < more) {
            var wanted = Math.addExact(size, more);
            bytes = Arrays.copyOf(bytes, Math.clamp(bytes.length * 2L, wanted, LARGEST));
        }
        var at = size;
        size += more;
        return at;
    }

    /// The lowest eight bits.
    public void write(int value) {
        // First the room, then the array: it may be another one by then.
        var at = claim(1);
        bytes[at] = (byte) value;
    }

    public void writeBoolean(boolean value) {
        write(value ? 1 : 0);
    }

    public void writeInt(int value) {
        setInt(claim(Integer.BYTES), value);
    }

    /// Writes over what stands there already.
    public void setInt(int at, int value) {
        for (var i = 0; i < Integer.BYTES; i++) {
            bytes[at + i] = (byte) (value >>> (24 - 8 * i));
        }
    }

    public void writeLong(long value) {
        writeInt((int) (value >>> 32));
        writeInt((int) value);
    }

    public void write(byte[] value) {
        write(value, 0, value.length);
    }

    public void write(byte[] value, int from, int length) {
        var at = claim(length);
        System.arraycopy(value, from, bytes, at, length);
    }

    /// Length, or -1 for null, then the bytes.
    public void writeSized(byte @Nullable [] value) {
        writeInt(value == null ? -1 : value.length);
        if (value != null) {
            write(value);
        }
    }

    /// As [#writeSized(byte\[\])], of the text's UTF-8 form.
    public void writeSized(@Nullable String text) {
        if (text == null) {
            writeInt(-1);
            return;
        }
        // Names and ids are ASCII: written without a copy of their own.
        var length = text.length();
        var at = claim(Integer.BYTES + length);
        setInt(at, length);
        for (var i = 0; i < length; i++) {
            var letter = text.charAt(i);
            if (letter >= 0x80) {
                size = at;
                writeSized(text.getBytes(StandardCharsets.UTF_8));
                return;
            }
            bytes[at + Integer.BYTES + i] = (byte) letter;
        }
    }
}
