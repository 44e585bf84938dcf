package org.deadletteroffice.spi.connector;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
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

/// Messages of one queue as bytes, and back, within one process.
final class StoredLetters {
    private final QueueRef queue;

    /// What the broker says of deaths are a few different things, told of many messages.
    private final Map<Failure, Integer> failureNumbers = new HashMap<>();

    private final List<Failure> failures = new ArrayList<>();

    StoredLetters(QueueRef queue) {
        this.queue = queue;
    }

    byte[] bytes(DeadLetter letter) throws IOException {
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
        return bytes.toByteArray();
    }

    DeadLetter letter(byte[] stored) throws IOException {
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
}
