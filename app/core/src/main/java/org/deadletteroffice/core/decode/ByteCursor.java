package org.deadletteroffice.core.decode;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.deadletteroffice.spi.decode.PayloadDecoder.Limits;
import org.deadletteroffice.spi.decode.Tree;
import org.deadletteroffice.spi.message.Numerals;

/// Walks over hostile bytes: every length is held against what is left, values and nesting against
/// the limits, before anything is allocated.
final class ByteCursor {
    private final byte[] bytes;
    private final ByteBuffer buffer;
    private final int end;
    private final int maxDepth;
    private int at;
    private int depth;
    private int values;

    ByteCursor(byte[] bytes, Limits limits) {
        this(bytes, 0, bytes.length, limits);
    }

    ByteCursor(byte[] bytes, int from, int end, Limits limits) {
        this.bytes = bytes;
        this.buffer = ByteBuffer.wrap(bytes);
        this.at = from;
        this.end = end;
        this.maxDepth = Math.min(limits.depth(), JsonReader.MAX_DEPTH);
    }

    int at() {
        return at;
    }

    /// Over a part of the same bytes, with what is left of the same limits.
    ByteCursor within(int from, int end) {
        var part = new ByteCursor(this, from, end);
        part.depth = depth;
        part.values = values;
        return part;
    }

    /// Counts what `part` read.
    void countedBy(ByteCursor part) {
        values = part.values;
    }

    private ByteCursor(ByteCursor whole, int from, int end) {
        this.bytes = whole.bytes;
        this.buffer = whole.buffer;
        this.at = from;
        this.end = end;
        this.maxDepth = whole.maxDepth;
    }

    int left() {
        return end - at;
    }

    /// Counts one more value.
    void value() throws UnreadableException {
        if (++values > JsonReader.MAX_VALUES) {
            throw stop("it has more than %s values".formatted(Numerals.of(JsonReader.MAX_VALUES)));
        }
    }

    void deeper() throws UnreadableException {
        if (++depth > maxDepth) {
            throw stop("it is nested deeper than " + maxDepth + " levels");
        }
    }

    void higher() {
        depth--;
    }

    UnreadableException stop(String sentence) {
        return new UnreadableException(sentence, at);
    }

    /// Passes over `length` bytes and gives the offset of the first.
    int skip(long length) throws UnreadableException {
        if (length < 0 || length > left()) {
            throw stop(
                    length < 0
                            ? "a length is negative"
                            : "it breaks off: %s announced, %s there"
                                    .formatted(
                                            Numerals.of(length, "more byte is", "more bytes are"),
                                            Numerals.of(left(), "is", "are")));
        }
        int from = at;
        at += (int) length;
        return from;
    }

    int peek() throws UnreadableException {
        if (at >= end) {
            throw stop("it breaks off");
        }
        return bytes[at] & 0xFF;
    }

    int u8() throws UnreadableException {
        return bytes[skip(1)] & 0xFF;
    }

    int u16() throws UnreadableException {
        return buffer.getShort(skip(2)) & 0xFFFF;
    }

    int i32() throws UnreadableException {
        return buffer.getInt(skip(4));
    }

    long u32() throws UnreadableException {
        return i32() & 0xFFFF_FFFFL;
    }

    long i64() throws UnreadableException {
        return buffer.getLong(skip(8));
    }

    byte[] bytes(long length) throws UnreadableException {
        int from = skip(length);
        return Arrays.copyOfRange(bytes, from, from + (int) length);
    }

    /// Seven bits a byte, the lowest first, the high bit for more.
    long varint() throws UnreadableException {
        long value = 0;
        for (int shift = 0; shift < 70; shift += 7) {
            int b = u8();
            value |= (long) (b & 0x7F) << shift;
            if ((b & 0x80) == 0) {
                return value;
            }
        }
        throw stop("a number has more than ten bytes");
    }

    long zigzag() throws UnreadableException {
        long value = varint();
        return value >>> 1 ^ -(value & 1);
    }

    /// Text where the bytes are UTF-8, else the bytes.
    Tree text(long length) throws UnreadableException {
        int from = skip(length);
        return textOrBytes(bytes, from, (int) length);
    }

    static Tree textOrBytes(byte[] bytes, int from, int length) {
        try {
            return new Tree.Text(
                    StandardCharsets.UTF_8
                            .newDecoder()
                            .decode(ByteBuffer.wrap(bytes, from, length))
                            .toString());
        } catch (CharacterCodingException notUtf8) {
            return new Tree.Bytes(Arrays.copyOfRange(bytes, from, from + length));
        }
    }
}
