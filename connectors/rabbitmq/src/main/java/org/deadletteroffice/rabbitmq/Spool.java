package org.deadletteroffice.rabbitmq;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Objects;
import org.deadletteroffice.spi.message.DeadLetter;
import org.deadletteroffice.spi.message.Failure;
import org.deadletteroffice.spi.message.Header;
import org.deadletteroffice.spi.message.Headers;
import org.deadletteroffice.spi.message.MessageId;
import org.deadletteroffice.spi.message.QueueRef;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/// Copies of the messages that are held unacknowledged, in a file that only this user can read and
/// that is gone with the process: a second reading must not cost a second delivery, and memory
/// stays flat. One thread at a time.
///
/// Not a channel: one of those closes when its thread is interrupted.
final class Spool implements AutoCloseable {
    private final Path path;
    private final RandomAccessFile file;
    private long end;

    Spool() throws IOException {
        path = Files.createTempFile("dlo-held-", ".tmp");
        file = new RandomAccessFile(path.toFile(), "rw");
        // Where the system lets an open file go, nobody else ever finds it, crash or not.
        if (!System.getProperty("os.name", "").startsWith("Windows")) {
            Files.deleteIfExists(path);
        }
    }

    /// Where a copy lies.
    record Place(long offset, int length) {}

    Place add(DeadLetter letter) throws IOException {
        var bytes = new ByteArrayOutputStream(256);
        var out = new DataOutputStream(bytes);
        write(out, letter.payload());
        out.writeInt(letter.headers().size());
        for (var header : letter.headers()) {
            write(out, header.name().getBytes(StandardCharsets.UTF_8));
            write(out, header.value());
        }
        var time = letter.timestamp();
        out.writeLong(time == null ? Long.MIN_VALUE : time.getEpochSecond());
        var deliveries = letter.deliveries();
        out.writeInt(deliveries == null ? -1 : deliveries);
        var place = new Place(end, bytes.size());
        file.seek(end);
        file.write(bytes.toByteArray());
        end += bytes.size();
        return place;
    }

    private static void write(DataOutputStream out, byte @Nullable [] bytes) throws IOException {
        out.writeInt(bytes == null ? -1 : bytes.length);
        if (bytes != null) {
            out.write(bytes);
        }
    }

    DeadLetter read(Place place, QueueRef queue, MessageId id) throws IOException {
        var bytes = new byte[place.length()];
        file.seek(place.offset());
        file.readFully(bytes);
        var in = new DataInputStream(new ByteArrayInputStream(bytes));
        var payload = read(in);
        var headers = new ArrayList<Header>();
        for (var left = in.readInt(); left > 0; left--) {
            var name = Objects.requireNonNull(read(in));
            headers.add(new Header(new String(name, StandardCharsets.UTF_8), read(in)));
        }
        var time = in.readLong();
        var deliveries = in.readInt();
        return new DeadLetter(
                queue,
                id,
                null,
                payload,
                new Headers(headers),
                time == Long.MIN_VALUE ? null : Instant.ofEpochSecond(time),
                deliveries < 0 ? null : deliveries,
                Failure.NONE,
                null);
    }

    private static byte @Nullable [] read(DataInputStream in) throws IOException {
        var length = in.readInt();
        return length < 0 ? null : in.readNBytes(length);
    }

    @Override
    public void close() {
        try {
            file.close();
            Files.deleteIfExists(path);
        } catch (IOException left) {
            LoggerFactory.getLogger(Spool.class)
                    .debug("The file of held messages could not be closed", left);
        }
    }
}
