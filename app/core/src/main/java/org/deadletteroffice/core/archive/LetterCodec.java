package org.deadletteroffice.core.archive;

import java.io.DataInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import org.deadletteroffice.core.ByteWriter;
import org.deadletteroffice.spi.message.DeadLetter;
import org.deadletteroffice.spi.message.Failure;
import org.deadletteroffice.spi.message.Header;
import org.deadletteroffice.spi.message.Headers;
import org.deadletteroffice.spi.message.MessageId;
import org.deadletteroffice.spi.message.Origin;
import org.deadletteroffice.spi.message.QueueRef;
import org.jspecify.annotations.Nullable;

/// A message as bytes: id, key, payload, headers, timestamp, deliveries, and of the broker's own
/// word of the death the origin, which a redrive needs. Null and empty stay apart.
final class LetterCodec {
    static void write(ByteWriter out, DeadLetter letter) {
        out.writeSized(letter.id().text());
        out.writeSized(letter.key());
        out.writeSized(letter.payload());
        out.writeInt(letter.headers().size());
        for (var header : letter.headers()) {
            out.writeSized(header.name());
            out.writeSized(header.value());
        }
        number(out, letter.timestamp() == null ? null : letter.timestamp().toEpochMilli());
        number(out, letter.deliveries() == null ? null : letter.deliveries().longValue());
        var origin = letter.failure().origin();
        out.writeSized(origin.queue());
        number(out, origin.partition() == null ? null : origin.partition().longValue());
        number(out, origin.position());
    }

    static DeadLetter read(DataInputStream in, QueueRef source) throws IOException {
        var id = text(in);
        if (id == null) {
            throw new IOException("a message without an id");
        }
        var key = bytes(in);
        var payload = bytes(in);
        var count = in.readInt();
        var headers = new ArrayList<Header>();
        for (var i = 0; i < count; i++) {
            var name = text(in);
            if (name == null) {
                throw new IOException("a header without a name");
            }
            headers.add(new Header(name, bytes(in)));
        }
        var timestamp = number(in);
        var deliveries = number(in);
        var queue = text(in);
        var partition = number(in);
        var origin = new Origin(queue, partition == null ? null : partition.intValue(), number(in));
        return new DeadLetter(
                source,
                new MessageId(id),
                key,
                payload,
                new Headers(headers),
                timestamp == null ? null : Instant.ofEpochMilli(timestamp),
                deliveries == null ? null : deliveries.intValue(),
                origin.equals(Origin.UNKNOWN)
                        ? Failure.NONE
                        : Failure.builder().origin(origin).build(),
                null);
    }

    private static @Nullable String text(DataInputStream in) throws IOException {
        var bytes = bytes(in);
        return bytes == null ? null : new String(bytes, StandardCharsets.UTF_8);
    }

    private static byte @Nullable [] bytes(DataInputStream in) throws IOException {
        var length = in.readInt();
        return length < 0 ? null : in.readNBytes(length);
    }

    private static void number(ByteWriter out, @Nullable Long number) {
        out.writeBoolean(number != null);
        if (number != null) {
            out.writeLong(number);
        }
    }

    private static @Nullable Long number(DataInputStream in) throws IOException {
        return in.readBoolean() ? in.readLong() : null;
    }

    private LetterCodec() {}
}
