package org.deadletteroffice.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.KafkaShareConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.awaitility.Awaitility;
import org.deadletteroffice.fixtures.ForeignMessage;
import org.deadletteroffice.fixtures.QueueSpec;
import org.deadletteroffice.fixtures.kafka.KafkaFixture;
import org.deadletteroffice.spi.connector.BrokerConnection;
import org.deadletteroffice.spi.connector.Browse.Direction;
import org.deadletteroffice.spi.error.BrokerException;
import org.deadletteroffice.spi.message.ConsumerInfo;
import org.deadletteroffice.spi.message.Cursor;
import org.deadletteroffice.spi.message.Header;
import org.deadletteroffice.spi.message.Headers;
import org.deadletteroffice.spi.message.QueueInfo;
import org.deadletteroffice.spi.message.QueueRole;
import org.deadletteroffice.spi.transfer.Outgoing;
import org.deadletteroffice.spi.transfer.TransferEvent;
import org.deadletteroffice.spi.transfer.TransferPlan;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// What is said of topics and of their readers.
final class KafkaTopicsTest {
    private static KafkaFixture kafka;
    private static BrokerConnection connection;

    @BeforeAll
    static void start() {
        kafka = KafkaFixture.start();
        connection = new KafkaConnector().open("test", kafka.settings());
    }

    @AfterAll
    static void stop() {
        connection.close();
        kafka.close();
    }

    private static ForeignMessage dead(String header, String origin) {
        return ForeignMessage.of("dead").with(Headers.of(Header.of(header, origin)));
    }

    @Test
    void headers_and_names_tell_what_a_topic_is_for_and_what_feeds_it() throws Exception {
        var died =
                Instant.now()
                        .minus(Duration.ofHours(5))
                        .truncatedTo(java.time.temporal.ChronoUnit.MILLIS);
        for (var name :
                List.of("shop", "shop-dlt", "shop-retry-0", "rejects", "plain", "bare-dlt")) {
            kafka.createTopic(name, 2, Map.of("retention.ms", "86400000"));
        }
        kafka.createQueue(QueueSpec.of("bare"));
        kafka.seed("shop", List.of(ForeignMessage.of("alive")));
        kafka.seed("plain", List.of(ForeignMessage.of("alive")));
        kafka.seed("shop-dlt", List.of(dead("kafka_dlt-original-topic", "shop").at(died)));
        kafka.seed(
                "rejects",
                List.of(
                        dead("__connect.errors.topic", "shop"),
                        dead("__connect.errors.topic", "invoices")));
        var topics = connection.queues();
        assertThat(topics)
                .extracting(QueueInfo::ref)
                .extracting(ref -> ref.name())
                .noneMatch(name -> name.startsWith("__"));
        assertThat(named(topics, "shop").role()).isEqualTo(QueueRole.SOURCE);
        assertThat(named(topics, "bare").role()).isEqualTo(QueueRole.SOURCE);
        assertThat(named(topics, "plain").role()).isEqualTo(QueueRole.UNKNOWN);
        assertThat(named(topics, "shop-retry-0").role()).isEqualTo(QueueRole.RETRY);
        assertThat(named(topics, "rejects").role()).isEqualTo(QueueRole.DEAD_LETTER);
        assertThat(named(topics, "rejects").feeds()).containsExactly("invoices", "shop");
        assertThat(named(topics, "bare-dlt").feeds()).containsExactly("bare");
        var dlt = named(topics, "shop-dlt");
        assertThat(dlt.feeds()).containsExactly("shop");
        assertThat(dlt.oldest()).isEqualTo(died);
        assertThat(dlt.vanishesAfter()).isEqualTo(Duration.ofDays(1));
        assertThat(dlt.bytes()).isPositive();
        assertThat(dlt.partitions()).isEqualTo(2);
    }

    private static QueueInfo named(List<QueueInfo> topics, String name) {
        return topics.stream()
                .filter(topic -> topic.ref().name().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no topic " + name));
    }

    private static ConsumerInfo row(String group) throws BrokerException {
        return connection.consumers().stream()
                .filter(row -> row.group().equals(group))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no group " + group));
    }

    private static List<ForeignMessage> messages(int count) {
        return java.util.stream.IntStream.range(0, count)
                .mapToObj(i -> ForeignMessage.of("m" + i))
                .toList();
    }

    @Test
    void a_classic_group_says_what_was_lost_to_it() throws Exception {
        kafka.createQueue(QueueSpec.of("lossy"));
        kafka.seed("lossy", messages(10));
        kafka.consume("lossy", "slow", 2);
        kafka.admin()
                .deleteRecords(
                        Map.of(new TopicPartition("lossy", 0), RecordsToDelete.beforeOffset(5)))
                .all()
                .get();
        var row = row("slow");
        assertThat(row.kind()).isEqualTo("classic");
        assertThat(row.state()).isEqualTo("Empty");
        assertThat(row.lag()).isEqualTo(5);
        assertThat(row.note()).contains("3 messages");
    }

    @Test
    void a_group_of_the_consumer_protocol_shows_its_members_and_rates() throws Exception {
        kafka.createQueue(QueueSpec.of("modern", 2));
        kafka.seed("modern", messages(10));
        var properties = kafka.clientProperties();
        properties.put("group.id", "modern-group");
        properties.put("group.protocol", "consumer");
        properties.put("auto.offset.reset", "earliest");
        properties.put("enable.auto.commit", false);
        try (var consumer =
                new KafkaConsumer<>(
                        properties, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            consumer.subscribe(List.of("modern"));
            var read = 0;
            while (read < 10) {
                read += consumer.poll(Duration.ofMillis(200)).count();
            }
            consumer.commitSync();
            var row = row("modern-group");
            assertThat(row.kind()).isEqualTo("consumer");
            assertThat(row.members()).isEqualTo(1);
            assertThat(row.lag()).isZero();
            assertThat(row.growth()).isNull();
            assertThat(row.partitions()).hasSize(2).allMatch(p -> p.member() != null);
            kafka.seed("modern", messages(4));
            var later = row("modern-group");
            assertThat(later.lag()).isEqualTo(4);
            assertThat(later.growth()).isPositive();
            assertThat(later.rate()).isZero();
        }
    }

    @Test
    void a_share_group_is_a_reader_too() throws Exception {
        kafka.createQueue(QueueSpec.of("shared"));
        kafka.admin()
                .incrementalAlterConfigs(
                        Map.of(
                                new org.apache.kafka.common.config.ConfigResource(
                                        org.apache.kafka.common.config.ConfigResource.Type.GROUP,
                                        "sharers"),
                                List.of(
                                        new org.apache.kafka.clients.admin.AlterConfigOp(
                                                new org.apache.kafka.clients.admin.ConfigEntry(
                                                        "share.auto.offset.reset", "earliest"),
                                                org.apache.kafka.clients.admin.AlterConfigOp.OpType
                                                        .SET))))
                .all()
                .get();
        kafka.seed("shared", messages(6));
        var properties = kafka.clientProperties();
        properties.put("group.id", "sharers");
        try (var consumer =
                new KafkaShareConsumer<>(
                        properties, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            consumer.subscribe(List.of("shared"));
            var read = 0;
            while (read < 6) {
                read += consumer.poll(Duration.ofMillis(200)).count();
            }
            consumer.commitSync();
        }
        kafka.seed("shared", messages(3));
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .untilAsserted(
                        () -> {
                            var row = row("sharers");
                            assertThat(row.kind()).isEqualTo("share");
                            assertThat(row.lag()).isEqualTo(3);
                        });
    }

    @Test
    void what_a_topic_would_not_take_is_refused_before_it_is_sent() throws Exception {
        kafka.createQueue(QueueSpec.of("source-dlt"));
        kafka.createTopic("compact", 1, Map.of("cleanup.policy", "compact"));
        kafka.createTopic("recent", 1, Map.of("message.timestamp.before.max.ms", "3600000"));
        kafka.seed("source-dlt", messages(1));
        var source = Records.topic("test", "source-dlt");
        try (var browse = connection.browse(source);
                var transfer = connection.transfer(new TransferPlan("refused", source, "test"))) {
            var letter = browse.page(Cursor.newest(), Direction.OLDER, 1).messages().getFirst();
            var batch =
                    List.of(
                            new Outgoing(
                                    0,
                                    letter,
                                    "compact",
                                    null,
                                    null,
                                    new byte[1],
                                    Headers.NONE,
                                    null),
                            new Outgoing(
                                    1,
                                    letter,
                                    "recent",
                                    null,
                                    null,
                                    new byte[1],
                                    Headers.NONE,
                                    Instant.now().minus(Duration.ofDays(2))),
                            new Outgoing(
                                    2,
                                    letter,
                                    "recent",
                                    null,
                                    null,
                                    new byte[1],
                                    Headers.NONE,
                                    null));
            assertThat(transfer.rehearse(batch))
                    .extracting(TransferEvent::sequence)
                    .containsExactly(0L, 1L);
            assertThat(transfer.send(batch).getLast()).isInstanceOf(TransferEvent.Untouched.class);
        }
        assertThat(kafka.peek("recent")).isEmpty();
    }
}
