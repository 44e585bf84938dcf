package org.deadletteroffice.demo.style;

import static org.awaitility.Awaitility.await;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/// Plain reading and writing of topics.
public final class Records {
    private Records() {}

    public static void createTopics(String bootstrap, int partitions, String... topics) {
        try (var admin = Admin.create(Map.of("bootstrap.servers", bootstrap))) {
            admin.createTopics(
                            Stream.of(topics)
                                    .map(
                                            name ->
                                                    new NewTopic(name, partitions, (short) 1)
                                                            .configs(
                                                                    Map.of(
                                                                            "max.message.bytes",
                                                                            "4194304")))
                                    .toList())
                    .all()
                    .get();
            // A leader that is named does not serve yet.
            var latest = new HashMap<TopicPartition, OffsetSpec>();
            for (var topic : topics) {
                for (var partition = 0; partition < partitions; partition++) {
                    latest.put(new TopicPartition(topic, partition), OffsetSpec.latest());
                }
            }
            // Nor does the broker that is asked know of it at once, on a busy machine.
            await().atMost(Duration.ofSeconds(30))
                    .ignoreException(ExecutionException.class)
                    .until(() -> admin.listOffsets(latest).all().get().size() == latest.size());
        } catch (InterruptedException | ExecutionException failed) {
            throw new IllegalStateException("topics could not be made", failed);
        }
    }

    @SafeVarargs
    public static void send(String bootstrap, ProducerRecord<byte[], byte[]>... records) {
        try (var producer =
                new KafkaProducer<>(
                        Map.of("bootstrap.servers", bootstrap, "max.request.size", 4194304),
                        new ByteArraySerializer(),
                        new ByteArraySerializer())) {
            var sent = new ArrayList<Future<RecordMetadata>>();
            for (var record : records) {
                sent.add(producer.send(record));
            }
            producer.flush();
            for (var one : sent) {
                one.get();
            }
        } catch (InterruptedException | ExecutionException failed) {
            throw new IllegalStateException("a record was not taken", failed);
        }
    }

    /// All records of a topic, once there are at least `atLeast`; each partition's in order.
    public static List<ConsumerRecord<byte[], byte[]>> read(
            String bootstrap, String topic, int atLeast) {
        return read(bootstrap, topic, atLeast, "read_uncommitted");
    }

    /// All records of a topic that are not part of an open or aborted transaction.
    public static List<ConsumerRecord<byte[], byte[]>> readCommitted(
            String bootstrap, String topic) {
        return read(bootstrap, topic, 0, "read_committed");
    }

    private static List<ConsumerRecord<byte[], byte[]>> read(
            String bootstrap, String topic, int atLeast, String isolation) {
        try (var consumer =
                new KafkaConsumer<>(
                        new HashMap<String, Object>(
                                Map.of(
                                        "bootstrap.servers",
                                        bootstrap,
                                        "auto.offset.reset",
                                        "earliest",
                                        "isolation.level",
                                        isolation,
                                        "enable.auto.commit",
                                        false)),
                        new ByteArrayDeserializer(),
                        new ByteArrayDeserializer())) {
            var partitions = partitions(bootstrap, topic);
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            var found = new ArrayList<ConsumerRecord<byte[], byte[]>>();
            await().atMost(Duration.ofSeconds(60))
                    .pollInSameThread()
                    .until(
                            () -> {
                                // A topic may grow faster than it is read here.
                                var ends = consumer.endOffsets(partitions);
                                while (!isAt(consumer, ends)) {
                                    consumer.poll(Duration.ofMillis(200)).forEach(found::add);
                                }
                                return found.size() >= atLeast;
                            });
            return found;
        }
    }

    /// Waits until somebody has made the topic. Asks the admin client: a consumer that asks for a
    /// topic before there is one makes it, and may never hear of its partitions.
    private static List<TopicPartition> partitions(String bootstrap, String topic) {
        try (var admin = Admin.create(Map.of("bootstrap.servers", bootstrap))) {
            return await().atMost(Duration.ofSeconds(60))
                    .pollInSameThread()
                    .ignoreException(ExecutionException.class)
                    .until(
                            () ->
                                    admin
                                            .describeTopics(List.of(topic))
                                            .allTopicNames()
                                            .get()
                                            .values()
                                            .stream()
                                            .flatMap(found -> found.partitions().stream())
                                            .map(
                                                    info ->
                                                            new TopicPartition(
                                                                    topic, info.partition()))
                                            .toList(),
                            found -> !found.isEmpty());
        }
    }

    private static boolean isAt(
            KafkaConsumer<byte[], byte[]> consumer, Map<TopicPartition, Long> ends) {
        return ends.entrySet().stream()
                .allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
    }

    public static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
