package org.deadletteroffice.benchmarks;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/// The peer: what a good engineer's script does with Kafka's own client and nothing else.
final class PlainKafka {
    private final String bootstrap;

    PlainKafka(String bootstrap) {
        this.bootstrap = bootstrap;
    }

    void createTopics(String... names) throws ExecutionException, InterruptedException {
        try (var admin = Admin.create(Map.<String, Object>of("bootstrap.servers", bootstrap))) {
            admin.createTopics(
                            java.util.Arrays.stream(names)
                                    .map(name -> new NewTopic(name, 1, (short) 1))
                                    .toList())
                    .all()
                    .get();
            // A leader that is named does not serve yet.
            var latest = new HashMap<TopicPartition, OffsetSpec>();
            for (var name : names) {
                latest.put(new TopicPartition(name, 0), OffsetSpec.latest());
            }
            admin.listOffsets(latest).all().get();
        }
    }

    /// Dead letters of 1 KiB in the style of Kafka Connect, whose origin is `origin`.
    void seed(String topic, String origin, int count) {
        var padding = "x".repeat(900);
        try (var producer = producer(Map.of())) {
            for (var i = 0; i < count; i++) {
                var payload =
                        "{\"orderId\":\"A-%d\",\"total\":%d,\"note\":\"%s\"}"
                                .formatted(i, i % 90, padding);
                var message = new ProducerRecord<>(topic, text("A-" + i), text(payload));
                for (var header :
                        Map.of(
                                        "__connect.errors.topic", origin,
                                        "__connect.errors.partition", "0",
                                        "__connect.errors.offset", Integer.toString(i),
                                        "__connect.errors.connector.name", "jdbc-sink",
                                        "__connect.errors.exception.class.name",
                                                "java.net.SocketTimeoutException",
                                        "__connect.errors.exception.message",
                                                "ledger:8443 timed out after 5000 ms")
                                .entrySet()) {
                    message.headers()
                            .add(new RecordHeader(header.getKey(), text(header.getValue())));
                }
                producer.send(message);
            }
            producer.flush();
        }
    }

    /// Where a topic ends, for one who reads what is committed.
    long end(String topic) {
        try (var consumer = consumer()) {
            var partition = new TopicPartition(topic, 0);
            return consumer.endOffsets(List.of(partition)).getOrDefault(partition, 0L);
        }
    }

    /// Reads a topic from end to end; returns how many records.
    long read(String topic) {
        return count(topic, 0, end(topic));
    }

    /// Reads a topic between two places; returns how many records, without the markers of
    /// transactions.
    long count(String topic, long from, long until) {
        try (var consumer = consumer()) {
            var partition = new TopicPartition(topic, 0);
            consumer.assign(List.of(partition));
            consumer.seek(partition, from);
            long seen = 0;
            while (consumer.position(partition) < until) {
                for (var message : consumer.poll(Duration.ofSeconds(1))) {
                    seen += message.offset() < until ? 1 : 0;
                }
            }
            return seen;
        }
    }

    /// Copies a topic, headers too, in transactions that carry the position, as exactly once needs.
    void copyInTransactions(String from, String to, int batch) {
        try (var consumer = consumer();
                var producer =
                        producer(Map.of("transactional.id", "plain-copy-" + System.nanoTime()))) {
            producer.initTransactions();
            var partition = new TopicPartition(from, 0);
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            var end = consumer.endOffsets(List.of(partition)).getOrDefault(partition, 0L);
            var open = 0;
            while (consumer.position(partition) < end) {
                for (var message : consumer.poll(Duration.ofSeconds(1))) {
                    if (open++ == 0) {
                        producer.beginTransaction();
                    }
                    producer.send(
                            new ProducerRecord<>(
                                    to, null, message.key(), message.value(), message.headers()));
                    if (open == batch || message.offset() + 1 >= end) {
                        producer.sendOffsetsToTransaction(
                                Map.of(partition, new OffsetAndMetadata(message.offset() + 1)),
                                consumer.groupMetadata());
                        producer.commitTransaction();
                        open = 0;
                    }
                }
            }
        }
    }

    /// The last `count` records as a script gets them: a new consumer, seek, poll.
    long lastPage(String topic, int count) {
        try (var consumer = consumer()) {
            var partition = new TopicPartition(topic, 0);
            consumer.assign(List.of(partition));
            var end = consumer.endOffsets(List.of(partition)).getOrDefault(partition, 0L);
            consumer.seek(partition, Math.max(0, end - count));
            long seen = 0;
            while (consumer.position(partition) < end) {
                seen += consumer.poll(Duration.ofSeconds(1)).count();
            }
            return seen;
        }
    }

    private KafkaConsumer<byte[], byte[]> consumer() {
        return new KafkaConsumer<>(
                Map.of(
                        "bootstrap.servers", bootstrap,
                        "enable.auto.commit", "false",
                        "group.id", "plain-copy",
                        "isolation.level", "read_committed",
                        "max.poll.records", "5000"),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
    }

    private KafkaProducer<byte[], byte[]> producer(Map<String, Object> more) {
        var settings = new HashMap<String, Object>(more);
        settings.put("bootstrap.servers", bootstrap);
        settings.put("acks", "all");
        settings.put("linger.ms", "5");
        settings.put("batch.size", "131072");
        return new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
    }

    private static byte[] text(String value) {
        return value.getBytes(StandardCharsets.UTF_8);
    }
}
