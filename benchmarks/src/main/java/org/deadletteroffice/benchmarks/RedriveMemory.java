package org.deadletteroffice.benchmarks;

import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.deadletteroffice.core.Engine;
import org.deadletteroffice.core.EngineOptions;
import org.deadletteroffice.core.profile.Environment;
import org.deadletteroffice.core.profile.Profile;
import org.deadletteroffice.fixtures.kafka.KafkaBroker;
import org.deadletteroffice.spi.message.QueueKind;
import org.deadletteroffice.spi.message.QueueRef;

/// How much memory a redrive of 10 thousand, 100 thousand and a million messages of 1 KiB takes:
/// the most that was left after a full collection. Run it with a small heap; it then shows that the
/// larger redrive fits too.
public final class RedriveMemory {
    private static final List<Integer> SIZES = List.of(10_000, 100_000, 1_000_000);

    /// @param args how many messages, once for each redrive; none: the three sizes
    public static void main(String[] args) throws Exception {
        var sizes =
                args.length == 0 ? SIZES : List.of(args).stream().map(Integer::valueOf).toList();
        var heap = Runtime.getRuntime().maxMemory() >> 20;
        System.out.printf(
                "%nHeap left after full collections while redriving, of %,d MiB%n%n", heap);
        var home = Files.createTempDirectory("dlo-memory-");
        try (var broker = KafkaBroker.start()) {
            for (var size : sizes) {
                var topic = "dead-" + size;
                var plain = new PlainKafka(broker.bootstrap());
                plain.createTopics(topic, "orders-" + size);
                plain.seed(topic, "orders-" + size, size);
                // An engine for each, as nothing is to be left of the one before.
                try (var engine = Engine.open(EngineOptions.at(home.resolve(topic)))) {
                    engine.profiles()
                            .save(
                                    Profile.of(
                                            "bench",
                                            "kafka",
                                            Environment.DEVELOPMENT,
                                            Map.of("bootstrap", broker.bootstrap())),
                                    Map.of());
                    measure(engine, new QueueRef("bench", topic, QueueKind.TOPIC));
                }
            }
        } finally {
            KafkaBenchmark.delete(home);
        }
    }

    private static void measure(Engine engine, QueueRef queue) throws Exception {
        try (var watch = new HeapWatch()) {
            var start = System.nanoTime();
            var sent = WholeRedrive.run(engine, queue, null);
            var seconds = (System.nanoTime() - start) / 1e9;
            System.out.printf(
                    "%,12d messages %,9.0f/s %,8d MiB at most%n",
                    sent, sent / seconds, watch.most() >> 20);
        }
    }

    /// The most that was in use right after a full collection, one a second: what a collector
    /// leaves by itself tells of its habits as much as of the program.
    private static final class HeapWatch implements AutoCloseable {
        private static final long EVERY_MILLIS = 1_000;

        private final AtomicLong most = new AtomicLong();
        private final CountDownLatch over = new CountDownLatch(1);
        private final Thread thread = Thread.ofPlatform().start(this::watch);

        private void watch() {
            try {
                do {
                    look();
                } while (!over.await(EVERY_MILLIS, TimeUnit.MILLISECONDS));
            } catch (InterruptedException stop) {
                Thread.currentThread().interrupt();
            }
        }

        private void look() {
            System.gc();
            var used = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
            most.accumulateAndGet(used, Math::max);
        }

        long most() {
            return most.get();
        }

        @Override
        public void close() {
            over.countDown();
            try {
                thread.join();
            } catch (InterruptedException stop) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private RedriveMemory() {}
}
