package org.deadletteroffice.core.browse;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.deadletteroffice.core.browse.MessageView.Fate;
import org.deadletteroffice.core.query.Filter;
import org.deadletteroffice.memory.MemoryBroker;
import org.deadletteroffice.memory.MemoryConnector;
import org.deadletteroffice.memory.MemoryMessage;
import org.deadletteroffice.spi.connector.BrokerConnection;
import org.deadletteroffice.spi.message.DeadLetter;
import org.deadletteroffice.spi.message.MessageId;
import org.deadletteroffice.spi.message.QueueRef;
import org.junit.jupiter.api.AfterEach;

/// A broker in memory, read without a program around it.
abstract class QueueReading {
    static final Instant START = Instant.parse("2026-03-01T00:00:00Z");

    final MemoryBroker broker = MemoryBroker.named("messages-" + UUID.randomUUID());
    final BrokerConnection connection = new MemoryConnector().open("test", broker.settings());
    final KnownFates fates = new KnownFates();
    final Messages messages = new Messages(_ -> connection, fates);

    @AfterEach
    void stop() {
        connection.close();
        broker.close();
    }

    /// A ledger of what a test says.
    static class KnownFates implements Fates {
        final Map<MessageId, Fate> known = new HashMap<>();
        final AtomicInteger pages = new AtomicInteger();

        @Override
        public Map<MessageId, Fate> of(QueueRef queue, String identity, List<DeadLetter> letters) {
            pages.incrementAndGet();
            var found = new HashMap<MessageId, Fate>();
            for (var letter : letters) {
                var fate = known.get(letter.id());
                if (fate != null) {
                    found.put(letter.id(), fate);
                }
            }
            return found;
        }
    }

    Groups groups(String queue) throws Exception {
        Consumer<Groups> unheard = _ -> {};
        return messages.groups(ref(queue), Filter.all(), false, unheard);
    }

    void resolve(String queue, int first) {
        broker.messages(queue).stream()
                .limit(first)
                .forEach(letter -> fates.known.put(letter.id(), new Fate(true, "job-1", 0)));
    }

    QueueRef ref(String queue) {
        return broker.ref("test", queue);
    }

    static List<MemoryMessage> numbered(int count) {
        return IntStream.range(0, count)
                .mapToObj(
                        n ->
                                MemoryMessage.of("{\"n\": %d}".formatted(n))
                                        .at(START.plus(Duration.ofSeconds(n))))
                .toList();
    }
}
