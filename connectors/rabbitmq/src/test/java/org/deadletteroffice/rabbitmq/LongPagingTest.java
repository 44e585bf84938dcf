package org.deadletteroffice.rabbitmq;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.stream.IntStream;
import org.deadletteroffice.fixtures.ForeignMessage;
import org.deadletteroffice.spi.connector.Browse.Direction;
import org.deadletteroffice.spi.message.Cursor;
import org.deadletteroffice.spi.message.QueueRef;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What paging through a hundred thousand messages of a kibibyte takes of both ends' memory, all of
/// them held at last.
@Tag("soak")
final class LongPagingTest extends OneNode {
    private static final int COUNT = 100_000;
    private static final long MIB = 1L << 20;

    /// Names and places of what lies in the temporary file.
    private static final long OURS = 64 * MIB;

    /// RabbitMQ keeps what is not acknowledged at hand.
    private static final long BROKERS = 400 * MIB;

    private QueueRef many(String type) {
        var queue = queue("many-" + type, Map.of("x-queue-type", type));
        for (var from = 0; from < COUNT; from += 10_000) {
            rabbit.seed(
                    queue.name(),
                    IntStream.range(from, from + 10_000)
                            .mapToObj(n -> ForeignMessage.of("%-1024d".formatted(n)))
                            .toList());
        }
        return queue;
    }

    private long brokers() throws Exception {
        var nodes = new ObjectMapper().readTree(rabbit.manage("GET", "/nodes", ""));
        return nodes.get(0).path("mem_used").asLong();
    }

    private static long ours() {
        var memory = ManagementFactory.getMemoryMXBean();
        memory.gc();
        return memory.getHeapMemoryUsage().getUsed();
    }

    @ParameterizedTest
    @ValueSource(strings = {"classic", "quorum"})
    void hundred_thousand_messages_are_paged_within_both_ends_budget(String type) throws Exception {
        var queue = many(type);
        var oursBefore = ours();
        var brokersBefore = brokers();
        var ours = 0L;
        var brokers = 0L;
        var pages = 0;
        try (var over = open(rabbit.settings());
                var browse = over.browse(queue)) {
            var page = browse.page(Cursor.oldest(), Direction.NEWER, 1_000);
            var read = page.messages().size();
            while (!page.atEnd()) {
                page = browse.page(page.newer(), Direction.NEWER, 1_000);
                read += page.messages().size();
                if (++pages % 10 == 0) {
                    ours = Math.max(ours, ours() - oursBefore);
                    brokers = Math.max(brokers, brokers() - brokersBefore);
                }
            }
            assertThat(read).isEqualTo(COUNT);
        }
        // For whoever wants the figure.
        Files.writeString(
                Path.of("target", "paging.txt"),
                "%s: %,d messages paged, at most %d MiB of heap here, %d MiB more at the broker%n"
                        .formatted(type, COUNT, ours / MIB, brokers / MIB),
                StandardOpenOption.CREATE,
                StandardOpenOption.APPEND);
        assertThat(ours).as("heap").isLessThan(OURS);
        assertThat(brokers).as("the broker's memory").isLessThan(BROKERS);
    }
}
