package org.deadletteroffice.core.index;

import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.deadletteroffice.spi.connector.BrokerConnection;
import org.deadletteroffice.spi.connector.Scan;
import org.deadletteroffice.spi.message.Count;
import org.deadletteroffice.spi.message.Cursor;
import org.deadletteroffice.spi.message.DeadLetter;
import org.deadletteroffice.spi.message.Failure;
import org.deadletteroffice.spi.message.Header;
import org.deadletteroffice.spi.message.Headers;
import org.deadletteroffice.spi.message.MessageId;
import org.deadletteroffice.spi.message.QueueInfo;
import org.deadletteroffice.spi.message.QueueKind;
import org.deadletteroffice.spi.message.QueueRef;
import org.deadletteroffice.spi.message.QueueRole;

/// A topic as long as one likes that keeps nothing: each message is made when it is read.
final class GeneratedTopic {
    static final QueueRef QUEUE = new QueueRef("test", "orders.DLT", QueueKind.TOPIC);
    private static final Instant START = Instant.parse("2026-03-01T00:00:00Z");
    private static final int BATCH = 1_000;

    private final String identity;
    private int size;

    /// How many messages were read in all.
    private long read;

    /// How many different failures there are.
    private final int kinds;

    /// What the message of each failure goes on with, the same for all of a kind.
    private final String more;

    GeneratedTopic(String identity, int size) {
        this(identity, size, 7, "");
    }

    GeneratedTopic(String identity, int size, int kinds, String more) {
        this.identity = identity;
        this.size = size;
        this.kinds = kinds;
        this.more = more;
    }

    void grow(int by) {
        size += by;
    }

    long read() {
        return read;
    }

    BrokerConnection connection() {
        return (BrokerConnection)
                Proxy.newProxyInstance(
                        GeneratedTopic.class.getClassLoader(),
                        new Class<?>[] {BrokerConnection.class},
                        (_, method, arguments) ->
                                switch (method.getName()) {
                                    case "queue" -> info();
                                    case "snapshot" -> new Cursor.Token(Integer.toString(size));
                                    case "scan" ->
                                            scan(
                                                    place((Cursor) arguments[1]),
                                                    place((Cursor) arguments[2]));
                                    case "fetch" -> fetch((List<?>) arguments[1]);
                                    default ->
                                            throw new UnsupportedOperationException(
                                                    method.getName());
                                });
    }

    private static int place(Cursor cursor) {
        return cursor instanceof Cursor.Token(var token) ? Integer.parseInt(token) : 0;
    }

    private List<DeadLetter> fetch(List<?> ids) {
        return ids.stream()
                .map(id -> Integer.parseInt(((MessageId) id).text().substring(2)))
                .map(this::letter)
                .toList();
    }

    private QueueInfo info() {
        return QueueInfo.of(QUEUE, identity, QueueRole.DEAD_LETTER, Count.exact(size));
    }

    private Scan scan(int from, int until) {
        return new Scan() {
            private int at = from;

            @Override
            public Optional<Batch> next() {
                if (at >= until) {
                    return Optional.empty();
                }
                var messages = new ArrayList<DeadLetter>(BATCH);
                while (at < until && messages.size() < BATCH) {
                    messages.add(letter(at++));
                    read++;
                }
                return Optional.of(new Batch(messages, new Cursor.Token(Integer.toString(at))));
            }

            @Override
            public boolean mayGoOn() {
                return false;
            }

            @Override
            public Count total() {
                return Count.exact(until - from);
            }

            @Override
            public void close() {
                // Holds nothing.
            }
        };
    }

    private DeadLetter letter(int n) {
        return new DeadLetter(
                QUEUE,
                new MessageId("3-" + n),
                null,
                "{}".getBytes(StandardCharsets.UTF_8),
                new Headers(
                        List.of(
                                Header.of("x-error-type", "com.shop.Failure" + n % kinds),
                                Header.of("x-error-message", "order " + n + " was refused" + more),
                                Header.of("x-original-topic", "orders-" + n % 3))),
                START.plusSeconds(n),
                null,
                Failure.NONE,
                null);
    }
}
