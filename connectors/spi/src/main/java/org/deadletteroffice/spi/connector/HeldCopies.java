package org.deadletteroffice.spi.connector;

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
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.deadletteroffice.spi.message.DeadLetter;
import org.deadletteroffice.spi.message.Failure;
import org.deadletteroffice.spi.message.Header;
import org.deadletteroffice.spi.message.Headers;
import org.deadletteroffice.spi.message.MessageId;
import org.deadletteroffice.spi.message.QueueRef;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/// Copies of the messages that a connector holds, for brokers that do not hand out a held message a
/// second time. The newest few megabytes lie in memory; what is older goes into a file that only
/// this user can read and that is gone with the process (on Windows, where that ends orderly). A
/// message that is dropped soon, as a job drops them, is never written. One thread at a time.
public final class HeldCopies implements AutoCloseable {
    /// Bytes kept in memory; a message that is larger goes to the file at once.
    private static final long IN_MEMORY = 5L << 20;

    /// Bytes that the objects of a message take besides its content, about.
    private static final int OBJECTS = 500;

    private static final int DROPPED = -1;

    private final QueueRef queue;
    private final LinkedHashMap<Integer, DeadLetter> near = new LinkedHashMap<>();
    private long nearBytes;
    private int count;

    /// Where a copy lies in the file, by its number; its length is 0 while it lies in memory.
    private long[] offsets = new long[0];
    private int[] lengths = new int[0];

    /// Not a channel: one of those closes when its thread is interrupted.
    private @Nullable RandomAccessFile file;
    private @Nullable Path path;
    private long end;

    /// What the broker says of deaths are a few different things, told of many messages.
    private final Map<Failure, Integer> failureNumbers = new HashMap<>();
    private final List<Failure> failures = new ArrayList<>();

    /// @param queue that of all messages
    public HeldCopies(QueueRef queue) {
        this.queue = queue;
    }

    /// @return the message's number: 0, 1, 2 …
    public int add(DeadLetter letter) throws IOException {
        if (count == offsets.length) {
            var room = Math.max(64, count + (count >> 1));
            offsets = Arrays.copyOf(offsets, room);
            lengths = Arrays.copyOf(lengths, room);
        }
        var cost = cost(letter);
        var eldest = near.entrySet().iterator();
        while (nearBytes + cost > IN_MEMORY && eldest.hasNext()) {
            var next = eldest.next();
            write(next.getKey(), next.getValue());
            nearBytes -= cost(next.getValue());
            eldest.remove();
        }
        if (cost > IN_MEMORY) {
            write(count, letter);
        } else {
            near.put(count, letter);
            nearBytes += cost;
        }
        return count++;
    }

    /// @throws IllegalStateException for one that was dropped
    public DeadLetter get(int number) throws IOException {
        Objects.checkIndex(number, count);
        var here = near.get(number);
        if (here != null) {
            return here;
        }
        if (lengths[number] <= 0) {
            throw new IllegalStateException("the copy " + number + " was dropped");
        }
        var bytes = new byte[lengths[number]];
        var open = open();
        open.seek(offsets[number]);
        open.readFully(bytes);
        return read(bytes);
    }

    /// This one is not asked for any more. Dropping it twice does nothing.
    public void drop(int number) {
        Objects.checkIndex(number, count);
        var here = near.remove(number);
        if (here != null) {
            nearBytes -= cost(here);
        }
        lengths[number] = DROPPED;
    }

    private static long cost(DeadLetter letter) {
        return letter.size() + OBJECTS;
    }

    private void write(int number, DeadLetter letter) throws IOException {
        var bytes = new ByteArrayOutputStream(512);
        var out = new DataOutputStream(bytes);
        write(out, letter.id().text().getBytes(StandardCharsets.UTF_8));
        write(out, letter.key());
        write(out, letter.payload());
        out.writeInt(letter.headers().size());
        for (var header : letter.headers()) {
            write(out, header.name().getBytes(StandardCharsets.UTF_8));
            write(out, header.value());
        }
        var time = letter.timestamp();
        out.writeBoolean(time != null);
        if (time != null) {
            out.writeLong(time.getEpochSecond());
            out.writeInt(time.getNano());
        }
        var deliveries = letter.deliveries();
        out.writeInt(deliveries == null ? -1 : deliveries);
        out.writeInt(failureNumber(letter.failure()));
        var corrupt = letter.corrupt();
        write(out, corrupt == null ? null : corrupt.getBytes(StandardCharsets.UTF_8));
        var open = open();
        open.seek(end);
        open.write(bytes.toByteArray());
        offsets[number] = end;
        lengths[number] = bytes.size();
        end += bytes.size();
    }

    private DeadLetter read(byte[] stored) throws IOException {
        var in = new DataInputStream(new ByteArrayInputStream(stored));
        var id = new MessageId(text(in));
        var key = bytes(in);
        var payload = bytes(in);
        var headers = new ArrayList<Header>();
        for (var left = in.readInt(); left > 0; left--) {
            headers.add(new Header(text(in), bytes(in)));
        }
        var time = in.readBoolean() ? Instant.ofEpochSecond(in.readLong(), in.readInt()) : null;
        var deliveries = in.readInt();
        var failure = failures.get(in.readInt());
        var corrupt = bytes(in);
        return new DeadLetter(
                queue,
                id,
                key,
                payload,
                new Headers(headers),
                time,
                deliveries < 0 ? null : deliveries,
                failure,
                corrupt == null ? null : new String(corrupt, StandardCharsets.UTF_8));
    }

    private int failureNumber(Failure failure) {
        return failureNumbers.computeIfAbsent(
                failure,
                _ -> {
                    failures.add(failure);
                    return failures.size() - 1;
                });
    }

    private static void write(DataOutputStream out, byte @Nullable [] bytes) throws IOException {
        out.writeInt(bytes == null ? -1 : bytes.length);
        if (bytes != null) {
            out.write(bytes);
        }
    }

    private static byte @Nullable [] bytes(DataInputStream in) throws IOException {
        var length = in.readInt();
        return length < 0 ? null : in.readNBytes(length);
    }

    private static String text(DataInputStream in) throws IOException {
        return new String(Objects.requireNonNull(bytes(in)), StandardCharsets.UTF_8);
    }

    private RandomAccessFile open() throws IOException {
        var current = file;
        if (current == null) {
            var made = Files.createTempFile("dlo-held-", ".tmp");
            current = new RandomAccessFile(made.toFile(), "rw");
            file = current;
            path = made;
            // Where the system lets an open file go, nobody else ever finds it, crash or not.
            if (!System.getProperty("os.name", "").startsWith("Windows")) {
                Files.deleteIfExists(made);
            }
        }
        return current;
    }

    /// Lets all go. Never throws.
    @Override
    public void close() {
        near.clear();
        nearBytes = 0;
        try {
            if (file != null) {
                file.close();
            }
            if (path != null) {
                Files.deleteIfExists(path);
            }
        } catch (IOException left) {
            LoggerFactory.getLogger(HeldCopies.class)
                    .debug("The file of held messages could not be closed", left);
        }
    }
}
