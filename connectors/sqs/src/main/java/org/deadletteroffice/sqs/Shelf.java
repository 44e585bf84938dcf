package org.deadletteroffice.sqs;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.deadletteroffice.spi.message.DeadLetter;
import org.deadletteroffice.spi.message.Failure;
import org.deadletteroffice.spi.message.Header;
import org.deadletteroffice.spi.message.Headers;
import org.deadletteroffice.spi.message.MessageId;
import org.deadletteroffice.spi.message.QueueRef;
import org.jspecify.annotations.Nullable;

/// The contents of held messages: SQS does not give a hidden message a second time, and memory
/// stays flat, so past a few megabytes they lie in a temporary file that is deleted on close, and
/// by the operating system should the process die. Guarded by its [Hold].
final class Shelf implements AutoCloseable {
    /// Kept in memory before a file is begun.
    private static final long IN_MEMORY = 4L << 20;

    private final QueueRef queue;
    private final List<@Nullable DeadLetter> near = new ArrayList<>();
    private long nearBytes;
    private long[] places = new long[0];
    private int far;
    private @Nullable FileChannel file;
    private long end;

    Shelf(QueueRef queue) {
        this.queue = queue;
    }

    /// @return the number that [#get] takes
    int put(DeadLetter letter) {
        if (far == 0 && nearBytes + letter.size() <= IN_MEMORY) {
            nearBytes += letter.size() + 200;
            near.add(letter);
            return near.size() - 1;
        }
        try {
            var bytes = write(letter);
            if (far == places.length) {
                places = Arrays.copyOf(places, Math.max(1_024, 2 * far));
            }
            places[far] = end;
            var buffer = ByteBuffer.wrap(bytes);
            while (buffer.hasRemaining()) {
                end += file().write(buffer, end);
            }
            return near.size() + far++;
        } catch (IOException full) {
            throw new UncheckedIOException("Held messages cannot be kept in a file.", full);
        }
    }

    DeadLetter get(int number) {
        if (number < near.size()) {
            var letter = near.get(number);
            if (letter == null) {
                throw new IllegalStateException("the message was let go");
            }
            return letter;
        }
        try {
            var index = number - near.size();
            var from = places[index];
            var to = index + 1 < far ? places[index + 1] : end;
            var buffer = ByteBuffer.allocate(Math.toIntExact(to - from));
            while (buffer.hasRemaining()) {
                if (file().read(buffer, from + buffer.position()) < 0) {
                    throw new IOException("the file of held messages is cut short");
                }
            }
            return read(buffer.array());
        } catch (IOException broken) {
            throw new UncheckedIOException("A held message cannot be read back.", broken);
        }
    }

    private FileChannel file() throws IOException {
        if (file == null) {
            var path = Files.createTempFile("dlo-sqs-", ".held");
            file =
                    FileChannel.open(
                            path,
                            StandardOpenOption.READ,
                            StandardOpenOption.WRITE,
                            StandardOpenOption.DELETE_ON_CLOSE);
        }
        return file;
    }

    private static byte[] write(DeadLetter letter) throws IOException {
        var bytes = new ByteArrayOutputStream(512);
        var out = new DataOutputStream(bytes);
        out.writeUTF(letter.id().text());
        bytes(out, letter.key());
        bytes(out, letter.payload());
        out.writeInt(letter.headers().size());
        for (var header : letter.headers()) {
            out.writeUTF(header.name());
            bytes(out, header.value());
        }
        var time = letter.timestamp();
        out.writeLong(time == null ? Long.MIN_VALUE : time.toEpochMilli());
        var deliveries = letter.deliveries();
        out.writeInt(deliveries == null ? -1 : deliveries);
        var origin = letter.failure().origin().queue();
        out.writeUTF(origin == null ? "" : origin);
        var subscription = letter.failure().consumer();
        out.writeUTF(subscription == null ? "" : subscription);
        return bytes.toByteArray();
    }

    private static void bytes(DataOutputStream out, byte @Nullable [] value) throws IOException {
        out.writeInt(value == null ? -1 : value.length);
        if (value != null) {
            out.write(value);
        }
    }

    private DeadLetter read(byte[] stored) throws IOException {
        var in = new DataInputStream(new ByteArrayInputStream(stored));
        var id = new MessageId(in.readUTF());
        var key = bytes(in);
        var payload = bytes(in);
        var headers = new ArrayList<Header>();
        for (var left = in.readInt(); left > 0; left--) {
            var name = in.readUTF();
            headers.add(new Header(name, bytes(in)));
        }
        var time = in.readLong();
        var deliveries = in.readInt();
        var failure = failure(in.readUTF(), in.readUTF());
        return new DeadLetter(
                queue,
                id,
                key,
                payload,
                new Headers(headers),
                time == Long.MIN_VALUE ? null : Instant.ofEpochMilli(time),
                deliveries < 0 ? null : deliveries,
                failure,
                null);
    }

    private static Failure failure(String origin, String subscription) {
        if (!subscription.isEmpty()) {
            return Undelivered.failure(origin.isEmpty() ? null : origin, subscription);
        }
        return origin.isEmpty() ? Failure.NONE : Letters.died(origin);
    }

    private static byte @Nullable [] bytes(DataInputStream in) throws IOException {
        var length = in.readInt();
        return length < 0 ? null : in.readNBytes(length);
    }

    /// Never throws.
    @Override
    public void close() {
        near.clear();
        if (file != null) {
            try {
                file.close();
            } catch (IOException stays) {
                org.slf4j.LoggerFactory.getLogger(Shelf.class)
                        .debug("A file of held messages stays.", stays);
            }
            file = null;
        }
    }
}
