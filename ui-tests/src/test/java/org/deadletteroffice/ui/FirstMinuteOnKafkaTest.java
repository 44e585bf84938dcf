package org.deadletteroffice.ui;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.deadletteroffice.core.profile.Environment;
import org.deadletteroffice.core.profile.Profile;
import org.deadletteroffice.fixtures.kafka.KafkaBroker;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// The main path against a real Kafka broker, with dead letters as Spring Kafka writes them. What
/// arrived is read by a plain consumer.
@ExtendWith(DesktopExtension.class)
class FirstMinuteOnKafkaTest {
    private static final String PROFILE = "kafka-dev";
    private static final String ORIGIN = "orders.payment";
    private static final String QUEUE = "orders.payment-dlt";
    private static final byte[] ORIGINAL =
            "{\"orderId\":\"A-88209\",\"total\":55.90,\"couponV2\":{\"code\":\"BF26\"}}"
                    .getBytes(UTF_8);
    private static final byte[] EDITED =
            "{\"orderId\":\"A-88209\",\"total\":55.90,\"coupon\":\"BF26\"}".getBytes(UTF_8);

    /// When the oldest was sent, in milliseconds of the epoch.
    private static final long FIRST = 1_770_000_000_000L;

    private static KafkaBroker broker;

    @BeforeAll
    static void start() throws Exception {
        broker = KafkaBroker.start();
        try (var admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrap()))) {
            admin.createTopics(
                            List.of(
                                    new NewTopic(ORIGIN, 3, (short) 1),
                                    new NewTopic(QUEUE, 3, (short) 1)
                                            .configs(
                                                    Map.of(
                                                            "retention.ms",
                                                            Long.toString(
                                                                    nearlyOver().toMillis())))))
                    .all()
                    .get();
        }
        try (var producer =
                new KafkaProducer<>(
                        Map.<String, Object>of("bootstrap.servers", broker.bootstrap()),
                        new ByteArraySerializer(),
                        new ByteArraySerializer())) {
            for (int i = 0; i < 20; i++) {
                producer.send(
                                deadLetter(
                                        i,
                                        i == 7
                                                ? ORIGINAL
                                                : "{\"orderId\":\"A-%d\"}"
                                                        .formatted(i)
                                                        .getBytes(UTF_8)))
                        .get();
            }
        }
    }

    /// So long that the oldest vanishes within a day.
    private static Duration nearlyOver() {
        return Duration.ofMillis(System.currentTimeMillis() - FIRST).plusHours(20);
    }

    @AfterAll
    static void stop() {
        broker.close();
    }

    @Test
    void the_origin_receives_exactly_the_edited_bytes_once(Desktop desk) throws Exception {
        desk.engine()
                .profiles()
                .save(
                        Profile.of(
                                PROFILE,
                                "kafka",
                                Environment.DEVELOPMENT,
                                Map.of("bootstrap", broker.bootstrap())),
                        Map.of());
        desk.openQueue(PROFILE, QUEUE).group("JsonMappingException");
        desk.shows("oldest vanishes in 19 h");
        new RepairWalk(
                        "payload.orderId == \"A-88209\"",
                        "Unrecognized field",
                        "{\n  \"orderId\": \"A-88209\",\n  \"total\": 55.90,\n  \"coupon\": \"BF26\"\n}",
                        "couponV2 was rolled back",
                        "kafka")
                .walk(desk);

        var arrived = readAll(ORIGIN);
        assertThat(arrived).hasSize(1);
        var record = arrived.getFirst();
        assertThat(record.value()).isEqualTo(EDITED);
        assertThat(record.key()).isEqualTo("A-7".getBytes(UTF_8));
        assertThat(record.headers().lastHeader("trace").value()).isEqualTo("t-7".getBytes(UTF_8));
        assertThat(record.headers().lastHeader("kafka_dlt-exception-fqcn")).isNull();
    }

    private static ProducerRecord<byte[], byte[]> deadLetter(int i, byte[] payload) {
        var record =
                new ProducerRecord<>(
                        QUEUE, i % 3, FIRST + i * 60_000L, ("A-" + i).getBytes(UTF_8), payload);
        var headers = record.headers();
        headers.add("trace", ("t-" + i).getBytes(UTF_8));
        headers.add("kafka_dlt-original-topic", ORIGIN.getBytes(UTF_8));
        headers.add(
                "kafka_dlt-original-partition",
                ByteBuffer.allocate(Integer.BYTES).putInt(i % 3).array());
        headers.add(
                "kafka_dlt-original-offset", ByteBuffer.allocate(Long.BYTES).putLong(i).array());
        headers.add("kafka_dlt-original-consumer-group", "payment-svc".getBytes(UTF_8));
        headers.add(
                "kafka_dlt-exception-fqcn",
                "org.springframework.kafka.listener.ListenerExecutionFailedException"
                        .getBytes(UTF_8));
        headers.add(
                "kafka_dlt-exception-cause-fqcn",
                "com.fasterxml.jackson.databind.JsonMappingException".getBytes(UTF_8));
        headers.add(
                "kafka_dlt-exception-message",
                "Listener failed; Unrecognized field \"couponV2\"".getBytes(UTF_8));
        return record;
    }

    /// Every record of a topic, markers of transactions left out, as any consumer would see them.
    private static List<ConsumerRecord<byte[], byte[]>> readAll(String topic) {
        var found = new ArrayList<ConsumerRecord<byte[], byte[]>>();
        try (var consumer =
                new KafkaConsumer<>(
                        Map.<String, Object>of(
                                "bootstrap.servers",
                                broker.bootstrap(),
                                "isolation.level",
                                "read_committed"),
                        new ByteArrayDeserializer(),
                        new ByteArrayDeserializer())) {
            var partitions =
                    consumer.partitionsFor(topic).stream()
                            .map(info -> new TopicPartition(topic, info.partition()))
                            .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            var ends = consumer.endOffsets(partitions);
            while (ends.entrySet().stream()
                    .anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                consumer.poll(Duration.ofMillis(200)).forEach(found::add);
            }
        }
        return found;
    }
}
