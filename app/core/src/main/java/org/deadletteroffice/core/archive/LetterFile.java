package org.deadletteroffice.core.archive;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import org.deadletteroffice.spi.message.DeadLetter;
import org.deadletteroffice.spi.message.MessageId;
import org.deadletteroffice.spi.message.QueueRef;
import org.jspecify.annotations.Nullable;

/// A file of messages, a line each; see [LetterJson].
public final class LetterFile {
    /// A longer line is taken for something else than a message, before it fills the memory.
    private static final int LONGEST_LINE = 256 << 20;

    /// @param position what [Reader#position] gave; null for the beginning
    public static Reader open(Path file, @Nullable String position) throws IOException {
        var in = new FileInputStream(file.toFile());
        try {
            var line = 0L;
            var offset = 0L;
            if (position != null) {
                var colon = position.indexOf(':');
                line = Long.parseLong(position.substring(0, colon));
                offset = Long.parseLong(position.substring(colon + 1));
                in.skipNBytes(offset);
            }
            return new Reader(new BufferedInputStream(in, 64 * 1024), line, offset);
        } catch (IOException | RuntimeException failed) {
            in.close();
            throw failed;
        }
    }

    /// Of the whole file, in hex.
    public static String sha256(Path file) throws IOException {
        try (var in =
                new DigestInputStream(
                        Files.newInputStream(file), MessageDigest.getInstance("SHA-256"))) {
            in.transferTo(java.io.OutputStream.nullOutputStream());
            return HexFormat.of().formatHex(in.getMessageDigest().digest());
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /// One thread at a time.
    public static final class Reader implements AutoCloseable {
        private final InputStream in;
        private long line;
        private long offset;

        private Reader(InputStream in, long line, long offset) {
            this.in = in;
            this.line = line;
            this.offset = offset;
        }

        /// The next message, named for its line; empty at the end. Empty lines are skipped.
        ///
        /// @throws BadLine when the line is no message
        public Optional<DeadLetter> next(QueueRef queue) throws IOException {
            while (true) {
                var bytes = line();
                if (bytes == null) {
                    return Optional.empty();
                }
                if (!bytes.isBlank()) {
                    try {
                        return Optional.of(
                                LetterJson.read(bytes, queue, new MessageId("line-" + line)));
                    } catch (IOException | IllegalArgumentException wrong) {
                        throw new BadLine(line, wrong);
                    }
                }
            }
        }

        private @Nullable String line() throws IOException {
            var bytes = new ByteArrayOutputStream(1_024);
            while (true) {
                var next = in.read();
                if (next < 0 && bytes.size() == 0) {
                    return null;
                }
                offset += next < 0 ? 0 : 1;
                if (next < 0 || next == '\n') {
                    line++;
                    return bytes.toString(StandardCharsets.UTF_8);
                }
                if (bytes.size() >= LONGEST_LINE) {
                    throw new BadLine(line + 1, new IOException("it is longer than 256 MiB"));
                }
                bytes.write(next);
            }
        }

        /// Goes on after what was read so far.
        public String position() {
            return line + ":" + offset;
        }

        @Override
        public void close() {
            try {
                in.close();
            } catch (IOException read) {
                // It was only read from.
                return;
            }
        }
    }

    /// A line that is no message.
    public static final class BadLine extends IOException {
        private final long line;

        BadLine(long line, Exception cause) {
            super(cause.getMessage() == null ? "it cannot be read" : cause.getMessage(), cause);
            this.line = line;
        }

        /// From 1.
        public long line() {
            return line;
        }
    }

    private LetterFile() {}
}
