package org.deadletteroffice.core.cause;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.deadletteroffice.core.browse.Fates;
import org.deadletteroffice.core.browse.MessageView;
import org.deadletteroffice.core.browse.Messages;
import org.deadletteroffice.spi.message.DeadLetter;
import org.deadletteroffice.spi.message.Failure;
import org.deadletteroffice.spi.message.Header;
import org.deadletteroffice.spi.message.Headers;
import org.deadletteroffice.spi.message.MessageId;
import org.deadletteroffice.spi.message.QueueKind;
import org.deadletteroffice.spi.message.QueueRef;

/// Messages for tests, made by hand.
public final class Letters {
    public static final Instant DIED = Instant.parse("2026-03-01T10:15:30.123Z");
    public static final QueueRef QUEUE = new QueueRef("test", "orders-dlt", QueueKind.TOPIC);

    public static DeadLetter letter(
            byte @org.jspecify.annotations.Nullable [] payload, Header... headers) {
        return new DeadLetter(
                QUEUE,
                new MessageId("3-42"),
                "key-1".getBytes(StandardCharsets.UTF_8),
                payload,
                new Headers(List.of(headers)),
                DIED,
                null,
                Failure.NONE,
                null);
    }

    public static DeadLetter letter(String payload, Header... headers) {
        return letter(payload.getBytes(StandardCharsets.UTF_8), headers);
    }

    /// As the window sees it, without a broker.
    public static MessageView view(DeadLetter letter) {
        return new Messages(
                        profile -> {
                            throw new AssertionError("no broker is asked for " + profile);
                        },
                        Fates.NONE)
                .view(letter, null);
    }

    public static MessageView view(String payload, Header... headers) {
        return view(letter(payload, headers));
    }

    /// What all readers together make of the headers.
    static Failure read(Header... headers) {
        return Causes.standard().read(letter("payload", headers));
    }

    static Failure read(List<Header> headers) {
        return read(headers.toArray(Header[]::new));
    }

    public static Header text(String name, String value) {
        return Header.of(name, value);
    }

    public static Header int32(String name, int value) {
        return new Header(name, ByteBuffer.allocate(4).putInt(value).array());
    }

    public static Header int64(String name, long value) {
        return new Header(name, ByteBuffer.allocate(8).putLong(value).array());
    }

    private Letters() {}
}
