package org.deadletteroffice.demo;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.deadletteroffice.demo.live.Shift;
import org.deadletteroffice.demo.sample.Samples;
import org.deadletteroffice.demo.seed.Cluster;
import org.deadletteroffice.demo.seed.Flow;
import org.deadletteroffice.demo.seed.Flows;
import org.deadletteroffice.demo.seed.Seeder;
import org.deadletteroffice.fixtures.kafka.KafkaBroker;
import org.jspecify.annotations.Nullable;

/// A Kafka broker in a process of its own, with days of dead letters, and with applications that
/// write and read. [#close] leaves no process and no file.
public final class Demo implements AutoCloseable {
    private static final long PAST_SEED = 1;

    private final Clock clock;
    private final KafkaBroker broker;
    private final Producer<byte[], byte[]> producer;
    private final List<Flow> flows;
    private volatile @Nullable Shift shift;

    private Demo(
            Clock clock, KafkaBroker broker, Producer<byte[], byte[]> producer, List<Flow> flows) {
        this.clock = clock;
        this.broker = broker;
        this.producer = producer;
        this.flows = flows;
    }

    /// [#open] and [#fill].
    public static Demo start(Clock clock) throws InterruptedException {
        var demo = open(clock);
        try {
            demo.fill();
            return demo;
        } catch (InterruptedException | RuntimeException failed) {
            demo.close();
            throw failed;
        }
    }

    /// Returns when the broker has its topics, all empty; about two seconds.
    ///
    /// @throws IllegalStateException when the broker does not come up
    public static Demo open(Clock clock) throws InterruptedException {
        var broker = KafkaBroker.start();
        Producer<byte[], byte[]> producer = null;
        try {
            producer = producer(broker.bootstrap());
            var flows = Flows.all(clock, PAST_SEED);
            try (var cluster = new Cluster(broker.bootstrap())) {
                cluster.createTopics(flows);
            }
            Samples.writeSchemas(schemas(broker));
            return new Demo(clock, broker, producer, flows);
        } catch (InterruptedException | RuntimeException failed) {
            if (producer != null) {
                producer.close(Duration.ZERO);
            }
            broker.close();
            throw failed;
        }
    }

    /// Writes the past and starts the applications. Returns when all dead letters can be read and
    /// the consumers are on their way; some seconds. Once only.
    ///
    /// @throws IllegalStateException when the broker refuses a message
    public void fill() throws InterruptedException {
        writePast();
        try (var cluster = new Cluster(bootstrap())) {
            cluster.commitOffsets(flows);
        }
        var present = Flows.all(clock, clock.millis());
        shift = Shift.start(bootstrap(), producer, present, clock);
    }

    private static Producer<byte[], byte[]> producer(String bootstrap) {
        return new KafkaProducer<>(
                Map.of(
                        "bootstrap.servers",
                        bootstrap,
                        "client.id",
                        "demo",
                        "max.request.size",
                        Cluster.MAX_MESSAGE_BYTES,
                        "buffer.memory",
                        64L * 1024 * 1024,
                        "batch.size",
                        128 * 1024,
                        "enable.metrics.push",
                        false),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    private void writePast() throws InterruptedException {
        var seeder = new Seeder(producer, clock.instant());
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var seeding = new ArrayList<Future<?>>();
            for (var flow : flows) {
                seeding.add(
                        threads.submit(
                                () -> {
                                    seeder.seed(flow);
                                    return null;
                                }));
            }
            seeding.add(
                    threads.submit(
                            () -> {
                                seeder.seedQuietTopic();
                                return null;
                            }));
            seeding.add(
                    threads.submit(
                            () -> {
                                Samples.send(producer, clock.instant());
                                return null;
                            }));
            for (var one : seeding) {
                one.get();
            }
        } catch (ExecutionException failed) {
            throw failed.getCause() instanceof RuntimeException cause
                    ? cause
                    : new IllegalStateException(
                            "The demo's topics could not be filled.", failed.getCause());
        }
    }

    /// What a client's `bootstrap.servers` is.
    public String bootstrap() {
        return broker.bootstrap();
    }

    /// Where the schemas lie that some of its messages name; goes with the broker.
    public Path schemaFolder() {
        return schemas(broker);
    }

    private static Path schemas(KafkaBroker broker) {
        return broker.folder().resolve("schemas");
    }

    /// Names of the topics that dead letters came from.
    public List<String> originTopics() {
        return flows.stream().map(Flow::origin).toList();
    }

    /// Names of the dead-letter topics of the shop's flows, without
    /// [Samples#DEAD_LETTERS].
    public List<String> deadLetterTopics() {
        return flows.stream().map(Flow::deadLetters).toList();
    }

    /// How many dead letters the flows had at the start; they become more.
    public int deadLetterCount() {
        return flows.stream().mapToInt(Flow::deadLetterCount).sum();
    }

    @Override
    public void close() {
        var working = shift;
        if (working != null) {
            working.close();
        }
        producer.close(Duration.ZERO);
        broker.close();
    }
}
