package org.deadletteroffice.core.archive;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;
import org.deadletteroffice.core.ByteWriter;
import org.deadletteroffice.spi.message.DeadLetter;
import org.deadletteroffice.spi.message.QueueRef;

/// A block as it lies in its file: magic, number of messages, size raw and deflated, CRC-32 of the
/// deflated bytes, then these. All numbers big endian.
final class ArchiveBlock {
    private static final int MAGIC = 0x444C4F31; // "DLO1"

    /// The bytes before the deflated ones.
    private static final int HEAD = 20;

    /// As many bytes are deflated at once: a block is never held raw, only deflated.
    private static final int CHUNK = 64 * 1024;

    static ByteWriter of(List<DeadLetter> letters) {
        var block = new ByteWriter(CHUNK);
        block.writeInt(MAGIC);
        block.writeInt(letters.size());
        block.writeInt(0);
        block.writeInt(0);
        block.writeInt(0);
        var raw = 0;
        try (var deflater = new Deflater(Deflater.BEST_SPEED)) {
            var chunk = new ByteWriter(CHUNK + CHUNK / 4);
            var buffer = new byte[CHUNK];
            for (var letter : letters) {
                LetterCodec.write(chunk, letter);
                if (chunk.size() >= CHUNK) {
                    raw = Math.addExact(raw, chunk.size());
                    deflate(deflater, chunk, buffer, block);
                    chunk.clear();
                }
            }
            raw = Math.addExact(raw, chunk.size());
            deflater.finish();
            deflate(deflater, chunk, buffer, block);
        }
        var crc = new CRC32();
        crc.update(block.array(), HEAD, block.size() - HEAD);
        block.setInt(8, raw);
        block.setInt(12, block.size() - HEAD);
        block.setInt(16, (int) crc.getValue());
        return block;
    }

    private static void deflate(
            Deflater deflater, ByteWriter chunk, byte[] buffer, ByteWriter block) {
        deflater.setInput(chunk.array(), 0, chunk.size());
        int deflated;
        do {
            deflated = deflater.deflate(buffer);
            block.write(buffer, 0, deflated);
        } while (deflated > 0);
    }

    static List<DeadLetter> read(Path path, long offset, QueueRef source) throws IOException {
        try (var file = new RandomAccessFile(path.toFile(), "r")) {
            file.seek(offset);
            if (file.readInt() != MAGIC) {
                throw new IOException("no block begins at " + offset);
            }
            var count = file.readInt();
            var size = file.readInt();
            var length = file.readInt();
            var crc = file.readInt();
            if (count < 0
                    || size < 0
                    || length < 0
                    || length > file.length() - file.getFilePointer()) {
                throw new IOException("the block at " + offset + " is cut off");
            }
            var deflated = new byte[length];
            file.readFully(deflated);
            if (crc(deflated) != crc) {
                throw new IOException("the block at " + offset + " is damaged");
            }
            var letters = new ArrayList<DeadLetter>(count);
            var in = new DataInputStream(new ByteArrayInputStream(inflate(deflated, size)));
            for (var i = 0; i < count; i++) {
                letters.add(LetterCodec.read(in, source));
            }
            return letters;
        }
    }

    private static int crc(byte[] bytes) {
        var crc = new CRC32();
        crc.update(bytes);
        return (int) crc.getValue();
    }

    private static byte[] inflate(byte[] deflated, int size) throws IOException {
        try (var inflater = new Inflater()) {
            inflater.setInput(deflated);
            var raw = new byte[size];
            var read = 0;
            while (read < size) {
                var step = inflater.inflate(raw, read, size - read);
                if (step == 0) {
                    throw new IOException("the block ends early");
                }
                read += step;
            }
            return raw;
        } catch (DataFormatException damaged) {
            throw new IOException("the block cannot be inflated", damaged);
        }
    }

    private ArchiveBlock() {}
}
