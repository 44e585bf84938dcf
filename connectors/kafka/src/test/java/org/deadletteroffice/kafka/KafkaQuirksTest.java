package org.deadletteroffice.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.awaitility.Awaitility;
import org.deadletteroffice.fixtures.ForeignMessage;
import org.deadletteroffice.fixtures.QueueSpec;
import org.deadletteroffice.fixtures.kafka.KafkaFixture;
import org.deadletteroffice.spi.connector.BrokerConnection;
import org.deadletteroffice.spi.connector.Browse.Direction;
import org.deadletteroffice.spi.error.BrokerException;
import org.deadletteroffice.spi.message.Count;
import org.deadletteroffice.spi.message.Cursor;
import org.deadletteroffice.spi.message.DeadLetter;
import org.deadletteroffice.spi.message.Headers;
import org.deadletteroffice.spi.message.MessageId;
import org.deadletteroffice.spi.message.QueueRef;
import org.deadletteroffice.spi.transfer.Guarantee;
import org.deadletteroffice.spi.transfer.Outgoing;
import org.deadletteroffice.spi.transfer.Transfer;
import org.deadletteroffice.spi.transfer.TransferEvent;
import org.deadletteroffice.spi.transfer.TransferPlan;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// What a log does that a queue does not.
final class KafkaQuirksTest {
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

    private static QueueRef topic(String name) {
        return Records.topic("test", name);
    }

    private static List<ForeignMessage> numbered(int from, int to) {
        return IntStream.range(from, to)
                .mapToObj(i -> ForeignMessage.of("k" + i, "m" + i))
                .toList();
    }

    private static String text(DeadLetter message) {
        return new String(message.payload(), StandardCharsets.UTF_8);
    }

    private static List<String> walk(QueueRef queue, Cursor from, Direction direction, int limit)
            throws BrokerException {
        var texts = new ArrayList<String>();
        try (var browse = connection.browse(queue)) {
            var at = from;
            while (true) {
                var page = browse.page(at, direction, limit);
                page.messages().forEach(message -> texts.add(text(message)));
                if (page.atEnd()) {
                    return texts;
                }
                at = direction == Direction.OLDER ? page.older() : page.newer();
            }
        }
    }

    private static List<String> scanned(QueueRef queue, Cursor from, Cursor until)
            throws BrokerException {
        var texts = new ArrayList<String>();
        try (var scan = connection.scan(queue, from, until)) {
            for (var batch = scan.next(); batch.isPresent(); batch = scan.next()) {
                batch.get().messages().forEach(message -> texts.add(text(message)));
            }
        }
        return texts;
    }

    private static KafkaProducer<byte[], byte[]> transactional(String id) {
        var all = kafka.clientProperties();
        all.put("transactional.id", id);
        var producer =
                new KafkaProducer<>(all, new ByteArraySerializer(), new ByteArraySerializer());
        producer.initTransactions();
        return producer;
    }

    @Test
    void aborted_records_and_markers_leave_gaps_that_pages_cross() throws Exception {
        kafka.createQueue(QueueSpec.of("aborted"));
        try (var producer = transactional("aborter")) {
            for (var round = 0; round < 30; round++) {
                producer.beginTransaction();
                for (var i = 0; i < 20; i++) {
                    var text = (round % 10 == 0 ? "kept" : "lost") + round + "-" + i;
                    producer.send(
                            new ProducerRecord<>("aborted", text.getBytes(StandardCharsets.UTF_8)));
                }
                if (round % 10 == 0) {
                    producer.commitTransaction();
                } else {
                    producer.flush();
                    producer.abortTransaction();
                }
            }
        }
        var expected =
                Stream.of(0, 10, 20)
                        .flatMap(r -> IntStream.range(0, 20).mapToObj(i -> "kept" + r + "-" + i))
                        .toList();
        var queue = topic("aborted");
        assertThat(walk(queue, Cursor.oldest(), Direction.NEWER, 7)).isEqualTo(expected);
        assertThat(walk(queue, Cursor.newest(), Direction.OLDER, 7)).isEqualTo(expected.reversed());
        assertThat(scanned(queue, Cursor.oldest(), Cursor.newest())).isEqualTo(expected);
        assertThat(connection.queue(queue).depth()).isEqualTo(Count.atMost(630));
    }

    @Test
    void records_of_an_open_transaction_are_not_seen_before_it_commits() throws Exception {
        kafka.createQueue(QueueSpec.of("open"));
        var queue = topic("open");
        try (var producer = transactional("opener")) {
            producer.beginTransaction();
            producer.send(new ProducerRecord<>("open", "late".getBytes(StandardCharsets.UTF_8)))
                    .get();
            assertThat(walk(queue, Cursor.newest(), Direction.OLDER, 5)).isEmpty();
            producer.commitTransaction();
            // The commit's marker is written a moment after the commit returned.
            Awaitility.await()
                    .untilAsserted(
                            () ->
                                    assertThat(walk(queue, Cursor.newest(), Direction.OLDER, 5))
                                            .containsExactly("late"));
        }
    }

    @Test
    void a_profile_may_ask_to_see_uncommitted_records() throws Exception {
        kafka.createQueue(QueueSpec.of("dirty"));
        var settings = kafka.settings().with("isolation", "read_uncommitted");
        try (var producer = transactional("dirty");
                var dirty = new KafkaConnector().open("test", settings)) {
            producer.beginTransaction();
            producer.send(new ProducerRecord<>("dirty", "early".getBytes(StandardCharsets.UTF_8)))
                    .get();
            try (var browse = dirty.browse(topic("dirty"))) {
                var page = browse.page(Cursor.newest(), Direction.OLDER, 5);
                assertThat(page.messages()).extracting(KafkaQuirksTest::text).contains("early");
            }
            producer.abortTransaction();
        }
    }

    @Test
    void compaction_leaves_gaps_that_pages_cross() throws Exception {
        kafka.createTopic(
                "compacted",
                1,
                Map.of(
                        "cleanup.policy",
                        "compact",
                        "segment.ms",
                        "50",
                        "min.cleanable.dirty.ratio",
                        "0.001",
                        "max.compaction.lag.ms",
                        "50"));
        for (var round = 0; round < 40; round++) {
            var texts = new ArrayList<ForeignMessage>();
            for (var i = 0; i < 25; i++) {
                texts.add(ForeignMessage.of("same" + i, "old" + round));
            }
            texts.add(ForeignMessage.of("unique" + round, "kept" + round));
            kafka.seed("compacted", texts);
        }
        Awaitility.await()
                .atMost(Duration.ofSeconds(90))
                .until(
                        () -> {
                            // A new segment is begun only by a new record.
                            kafka.seed("compacted", List.of(ForeignMessage.of("tick", "tick")));
                            return kafka.peek("compacted").size() < 150;
                        });
        var queue = topic("compacted");
        var forth = walk(queue, Cursor.oldest(), Direction.NEWER, 9);
        assertThat(forth).contains("kept0", "kept20", "kept39").doesNotContain("old0", "old20");
        assertThat(walk(queue, Cursor.newest(), Direction.OLDER, 9)).isEqualTo(forth.reversed());
        assertThat(connection.queue(queue).depth().precision()).isEqualTo(Count.Precision.AT_MOST);
        assertThat(connection.capabilities(queue).purge()).isFalse();
        assertThatThrownBy(() -> connection.purge(queue, Cursor.newest()))
                .isInstanceOf(BrokerException.Unsupported.class);
        assertThat(walk(queue, Cursor.oldest(), Direction.NEWER, 9)).isEqualTo(forth);
    }

    @Test
    void a_tombstone_differs_from_an_empty_message() throws Exception {
        kafka.createQueue(QueueSpec.of("tombs"));
        kafka.seed(
                "tombs",
                List.of(
                        new ForeignMessage(
                                null,
                                "a".getBytes(StandardCharsets.UTF_8),
                                null,
                                Headers.NONE,
                                null),
                        ForeignMessage.of("b", "")));
        var read =
                connection.fetch(
                        topic("tombs"), List.of(new MessageId("0-0"), new MessageId("0-1")));
        assertThat(read.get(0).payload()).isNull();
        assertThat(read.get(1).payload()).isEmpty();
    }

    @Test
    void timestamps_out_of_order_keep_every_message_and_the_order_of_each_partition()
            throws Exception {
        kafka.createQueue(QueueSpec.of("disorder", 3));
        var start = Instant.parse("2026-01-01T00:00:00Z");
        var random = new java.util.Random(7);
        var messages = new ArrayList<ForeignMessage>();
        for (var i = 0; i < 300; i++) {
            messages.add(
                    ForeignMessage.of("m" + i)
                            .in(i % 3)
                            .at(start.plusSeconds(random.nextInt(100))));
        }
        kafka.seed("disorder", messages);
        var queue = topic("disorder");
        var forth = walk(queue, Cursor.oldest(), Direction.NEWER, 11);
        var back = walk(queue, Cursor.newest(), Direction.OLDER, 11);
        var all = messages.stream().map(ForeignMessage::text).toList();
        assertThat(forth).containsExactlyInAnyOrderElementsOf(all);
        assertThat(back).containsExactlyInAnyOrderElementsOf(all);
        for (var p = 0; p < 3; p++) {
            var partition = p;
            var inOrder =
                    IntStream.range(0, 300)
                            .filter(i -> i % 3 == partition)
                            .mapToObj(i -> "m" + i)
                            .toList();
            assertThat(forth.stream().filter(inOrder::contains)).isEqualTo(inOrder);
            assertThat(back.stream().filter(inOrder::contains)).isEqualTo(inOrder.reversed());
        }
    }

    @Test
    void partitions_are_merged_by_time() throws Exception {
        kafka.createQueue(QueueSpec.of("merged", 4));
        var start = Instant.parse("2026-01-01T00:00:00Z");
        var messages = new ArrayList<ForeignMessage>();
        for (var i = 0; i < 200; i++) {
            messages.add(
                    ForeignMessage.of("m" + i).in((i * 7 + i / 9) % 4).at(start.plusSeconds(i)));
        }
        kafka.seed("merged", messages);
        var queue = topic("merged");
        var all = messages.stream().map(ForeignMessage::text).toList();
        assertThat(walk(queue, Cursor.oldest(), Direction.NEWER, 13)).isEqualTo(all);
        assertThat(walk(queue, Cursor.newest(), Direction.OLDER, 13)).isEqualTo(all.reversed());
        assertThat(scanned(queue, new Cursor.At(start.plusSeconds(150)), Cursor.newest()))
                .isEqualTo(all.subList(150, 200));
        try (var browse = connection.browse(queue)) {
            var some = browse.page(new Cursor.At(start.plusSeconds(77)), Direction.NEWER, 1);
            var id = some.messages().getFirst().id();
            assertThat(walk(queue, new Cursor.Before(id), Direction.OLDER, 50))
                    .isEqualTo(all.subList(0, 77).reversed());
        }
    }

    @Test
    void trimming_moves_the_start_and_older_places_are_gone() throws Exception {
        kafka.createQueue(QueueSpec.of("trimmed"));
        kafka.seed("trimmed", numbered(0, 100));
        var queue = topic("trimmed");
        Cursor early;
        try (var scan =
                connection.scan(queue, Cursor.oldest(), new Cursor.Before(new MessageId("0-10")))) {
            early = scan.next().orElseThrow().after();
        }
        kafka.admin()
                .deleteRecords(
                        Map.of(new TopicPartition("trimmed", 0), RecordsToDelete.beforeOffset(40)))
                .all()
                .get();
        assertThat(walk(queue, Cursor.oldest(), Direction.NEWER, 100))
                .hasSize(60)
                .startsWith("m40");
        assertThat(walk(queue, early, Direction.NEWER, 100)).startsWith("m40");
        assertThatThrownBy(() -> connection.scan(queue, early, Cursor.newest()))
                .isInstanceOf(BrokerException.Gone.class);
        assertThat(connection.fetch(queue, List.of(new MessageId("0-39"), new MessageId("0-40"))))
                .extracting(KafkaQuirksTest::text)
                .containsExactly("m40");
    }

    @Test
    void a_topic_made_anew_refuses_the_places_of_the_old_one() throws Exception {
        kafka.createQueue(QueueSpec.of("anew"));
        kafka.seed("anew", numbered(0, 30));
        var queue = topic("anew");
        var end = connection.snapshot(queue);
        var identity = connection.queue(queue).identity();
        kafka.deleteQueue("anew");
        kafka.createQueue(QueueSpec.of("anew"));
        kafka.seed("anew", numbered(50, 60));
        assertThat(connection.queue(queue).identity()).isNotEqualTo(identity);
        assertThatThrownBy(() -> walk(queue, end, Direction.OLDER, 10))
                .isInstanceOf(BrokerException.Gone.class)
                .hasMessageContaining("anew");
        assertThat(walk(queue, Cursor.oldest(), Direction.NEWER, 100))
                .hasSize(10)
                .startsWith("m50");
    }

    @Test
    void purge_leaves_each_partition_from_the_given_message_on() throws Exception {
        kafka.createQueue(QueueSpec.of("purged", 2));
        var start = Instant.parse("2026-01-01T00:00:00Z");
        var messages = new ArrayList<ForeignMessage>();
        for (var i = 0; i < 20; i++) {
            messages.add(ForeignMessage.of("m" + i).in(i % 2).at(start.plusSeconds(i)));
        }
        kafka.seed("purged", messages);
        var queue = topic("purged");
        assertThat(connection.capabilities(queue).purge()).isTrue();
        // m9 is the fifth of partition 1.
        var purged = connection.purge(queue, new Cursor.Before(new MessageId("1-4")));
        assertThat(purged.count().value()).isEqualTo(9);
        assertThat(walk(queue, Cursor.oldest(), Direction.NEWER, 100))
                .isEqualTo(IntStream.range(9, 20).mapToObj(i -> "m" + i).toList());
    }

    @Test
    void a_damaged_record_is_shown_as_such_and_stepped_over() throws Exception {
        kafka.createQueue(QueueSpec.of("damaged"));
        for (var text : List.of("before", "needle", "after")) {
            kafka.seed("damaged", List.of(ForeignMessage.of(text)));
        }
        // An orderly end, or the broker itself finds the damage and cuts the log there.
        kafka.broker().stop();
        var segment = kafka.broker().folder().resolve("data/damaged-0/00000000000000000000.log");
        var bytes = Files.readAllBytes(segment);
        var at = new String(bytes, StandardCharsets.ISO_8859_1).indexOf("needle");
        bytes[at] = 'N';
        Files.write(segment, bytes);
        kafka.restore();

        var queue = topic("damaged");
        for (var direction : Direction.values()) {
            var from = direction == Direction.OLDER ? Cursor.newest() : Cursor.oldest();
            try (var browse = connection.browse(queue)) {
                var found = browse.page(from, direction, 10);
                assertThat(found.atEnd()).isTrue();
                assertThat(found.messages())
                        .extracting(DeadLetter::id)
                        .extracting(MessageId::text)
                        .containsExactlyInAnyOrder("0-0", "0-1", "0-2");
                assertThat(found.messages().get(1).corrupt()).contains("damaged");
                assertThat(found.messages().get(1).payload()).isNull();
                assertThat(found.messages().get(0).corrupt()).isNull();
            }
        }
        var ids = new ArrayList<String>();
        try (var scan = connection.scan(queue, Cursor.oldest(), Cursor.newest())) {
            for (var batch = scan.next(); batch.isPresent(); batch = scan.next()) {
                batch.get().messages().forEach(letter -> ids.add(letter.id().text()));
            }
        }
        assertThat(ids).containsExactly("0-0", "0-1", "0-2");
    }

    @Test
    void to_another_cluster_what_was_confirmed_is_told_though_the_rest_was_lost() throws Exception {
        kafka.createTopic("half", 1, Map.of());
        kafka.seed("half", numbered(0, 1));
        kafka.createTopic("taking", 1, Map.of());
        var source = topic("half");
        var destination = topic("taking");
        try (var impatient =
                        new KafkaConnector().open("other", kafka.settings().with("timeout", "2s"));
                var scan = impatient.scan(source, Cursor.oldest(), Cursor.newest());
                var transfer = impatient.transfer(new TransferPlan("job", source, "other"))) {
            assertThat(transfer.guarantee()).isEqualTo(Guarantee.AT_LEAST_ONCE);
            var letter = scan.next().orElseThrow().messages().getFirst();
            // Each is a request of its own, so that the broker is stopped between two of them.
            var batch = new ArrayList<Outgoing>();
            for (var i = 0; i < 80; i++) {
                batch.add(outgoing(i, letter, new byte[900_000]));
            }
            var events = CompletableFuture.supplyAsync(() -> sent(transfer, batch));
            Awaitility.await()
                    .pollInterval(Duration.ofMillis(1))
                    .until(() -> connection.queue(destination).depth().value() >= 3);
            kafka.freeze();
            List<TransferEvent> told;
            try {
                told = events.join();
            } finally {
                kafka.restore();
            }

            var confirmed = told.stream().filter(TransferEvent.Sent.class::isInstance).count();
            assertThat(confirmed).isBetween(1L, 79L);
            assertThat(told).first().isInstanceOf(TransferEvent.Sent.class);
            assertThat(told).last().isInstanceOf(TransferEvent.Unknown.class);
            assertThat(told.stream().skip(confirmed))
                    .as("nothing is told as sent behind what may be sent again")
                    .noneMatch(TransferEvent.Sent.class::isInstance);
            // Not all that arrived was confirmed in time; all that was confirmed arrived.
            assertThat(connection.queue(destination).depth().value())
                    .isBetween(confirmed, (long) batch.size());
        }
    }

    private static List<TransferEvent> sent(Transfer transfer, List<Outgoing> batch) {
        try {
            return transfer.send(batch);
        } catch (BrokerException untold) {
            throw new CompletionException(untold);
        }
    }

    private static Outgoing outgoing(int sequence, DeadLetter letter, byte[] payload) {
        return new Outgoing(
                sequence, letter, "taking", null, null, payload, letter.headers(), null);
    }
}
