package org.deadletteroffice.demo;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.deadletteroffice.demo.style.Records.read;
import static org.deadletteroffice.demo.style.Records.send;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.GroupState;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.deadletteroffice.demo.sample.Samples;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class DemoTest {
    private static final Duration SOON = Duration.ofSeconds(60);

    private static Demo demo;
    private static List<ConsumerRecord<byte[], byte[]>> deadLetters;

    @BeforeAll
    static void start() throws InterruptedException {
        demo = Demo.start(Clock.systemUTC());
        deadLetters = new ArrayList<>();
        for (var topic : demo.deadLetterTopics()) {
            deadLetters.addAll(read(demo.bootstrap(), topic, 1));
        }
    }

    @AfterAll
    static void stop() {
        demo.close();
    }

    @Test
    void has_more_than_ten_thousand_dead_letters_in_five_topics() {
        assertThat(demo.deadLetterTopics())
                .containsExactlyInAnyOrder(
                        "orders.payment-dlt",
                        "orders.shipment-dlt",
                        "connect-sink-dlq",
                        "notifications.email.dlq",
                        "returns.refund.DLT");
        assertThat(deadLetters).hasSizeGreaterThanOrEqualTo(demo.deadLetterCount());
        assertThat(demo.deadLetterCount()).isGreaterThan(10_000);
    }

    @Test
    void has_one_dead_letter_of_each_format_beside_them() {
        assertThat(read(demo.bootstrap(), Samples.DEAD_LETTERS, Samples.all().size()))
                .extracting(record -> new String(record.key(), UTF_8))
                .containsExactlyElementsOf(
                        Samples.all().stream().map(sample -> sample.name()).toList());
        assertThat(demo.schemaFolder()).isNotEmptyDirectory();
    }

    @Test
    void they_died_over_several_days_that_end_now() {
        var times = deadLetters.stream().map(record -> Instant.ofEpochMilli(record.timestamp()));
        var all = times.sorted().toList();
        assertThat(Duration.between(all.getFirst(), all.getLast()))
                .isGreaterThan(Duration.ofDays(4));
        assertThat(all.getLast())
                .isBetween(
                        Instant.now().minus(Duration.ofMinutes(10)), Instant.now().plusSeconds(5));
    }

    @Test
    void a_topic_of_dead_letters_is_in_the_order_of_time() {
        var past =
                read(demo.bootstrap(), "orders.shipment-dlt", 1).stream()
                        .filter(record -> record.partition() == 0)
                        .map(ConsumerRecord::timestamp)
                        .toList();
        assertThat(past).isSorted();
    }

    @Test
    void they_died_of_many_causes() {
        var types = new HashSet<String>();
        for (var record : deadLetters) {
            types.add(
                    firstText(
                            record.headers(),
                            "kafka_dlt-exception-cause-fqcn",
                            "kafka_exception-cause-fqcn",
                            "__connect.errors.exception.class.name",
                            "x-error-type"));
        }
        assertThat(types)
                .hasSizeGreaterThan(10)
                .contains(
                        "com.northwind.payments.PaymentDeclinedException",
                        "com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException",
                        "org.springframework.web.client.ResourceAccessException",
                        "java.lang.NullPointerException",
                        "java.time.format.DateTimeParseException",
                        "org.apache.kafka.connect.errors.DataException",
                        "jakarta.mail.internet.AddressException");
    }

    @Test
    void payloads_of_all_kinds_are_among_them() {
        assertSome("CloudEvents, binary", record -> has(record, "ce_specversion"));
        assertSome(
                "CloudEvents, structured",
                record -> text(record, "content-type").startsWith("application/cloudevents+json"));
        assertSome("JSON", record -> startsWith(record, '{'));
        assertSome("gzip", record -> startsWith(record, 0x1F, 0x8B));
        assertSome("Avro in a registry's frame", record -> startsWith(record, 0, 0, 0, 0, 41));
        assertSome("plain text", record -> text(record, "content-type").equals("text/plain"));
        assertSome("invalid UTF-8", record -> startsWith(record, '{') && !isUtf8(record.value()));
        assertSome("empty body", record -> record.value() != null && record.value().length == 0);
        assertSome("tombstone", record -> record.value() == null);
        assertSome(
                "1 MiB", record -> record.value() != null && record.value().length == 1024 * 1024);
        assertSome("no key", record -> record.key() == null);
        assertSome("repeated headers", record -> count(record.headers(), "baggage") == 2);
        assertSome(
                "died three times",
                record -> count(record.headers(), "kafka_dlt-original-topic") == 3);
    }

    @Test
    void a_dead_letters_headers_point_to_the_record_it_was() {
        var origins = read(demo.bootstrap(), "orders.payment", 1);
        var dead =
                deadLetters.stream()
                        .filter(record -> record.topic().equals("orders.payment-dlt"))
                        .skip(17)
                        .findFirst()
                        .orElseThrow();
        var partition =
                ByteBuffer.wrap(last(dead, "kafka_dlt-original-partition").value()).getInt();
        var offset = ByteBuffer.wrap(last(dead, "kafka_dlt-original-offset").value()).getLong();
        assertThat(origins)
                .filteredOn(record -> record.partition() == partition && record.offset() == offset)
                .singleElement()
                .satisfies(
                        origin -> {
                            assertThat(origin.key()).isEqualTo(dead.key());
                            assertThat(origin.value()).isEqualTo(dead.value());
                        });
    }

    @Test
    void a_bad_message_that_is_replayed_with_its_headers_comes_back_with_more_of_them() {
        var bad = dead("orders.payment-dlt", "couponV2");

        try (var tail = tail("orders.payment-dlt")) {
            replay("orders.payment", bad, bad.value(), "back");
            assertCameBackWithAnotherOrigin(bad, tail.await(marked("back")));
        }
    }

    private static void assertCameBackWithAnotherOrigin(
            ConsumerRecord<byte[], byte[]> bad, ConsumerRecord<byte[], byte[]> back) {
        assertThat(back.value()).isEqualTo(bad.value());
        assertThat(count(back.headers(), "kafka_dlt-original-topic")).isEqualTo(2);
        assertThat(count(back.headers(), "kafka_dlt-exception-fqcn")).isEqualTo(1);
    }

    @Test
    void a_repaired_message_stays_out() {
        var bad = dead("orders.payment-dlt", "couponV2");
        var repaired =
                new String(bad.value(), UTF_8)
                        .replaceFirst(
                                "\"couponV2\":\\{\"code\":(\"\\w+\"),\"pct\":\\d+}",
                                "\"coupon\":$1");
        assertThat(repaired).contains("\"coupon\":");

        try (var tail = tail("orders.payment-dlt")) {
            replay("orders.payment", bad, repaired.getBytes(UTF_8), "repaired");
            // Same key, same partition: when what was sent later died, the one before was
            // processed.
            replay("orders.payment", bad, bad.value(), "after it");
            tail.await(marked("after it"));
            assertThat(tail.seen()).noneMatch(marked("repaired"));
        }
    }

    @Test
    void what_died_in_an_outage_stays_out_when_it_is_replayed() {
        var innocent = dead("orders.payment-dlt", "ledger:8443 timed out");
        var bad = dead("orders.payment-dlt", "couponV2");

        try (var tail = tail("orders.payment-dlt")) {
            replay("orders.payment", innocent, innocent.value(), "innocent");
            replay("orders.payment", innocent, bad.value(), "after it");
            tail.await(marked("after it"));
            assertThat(tail.seen()).noneMatch(marked("innocent"));
        }
    }

    @Test
    void a_bad_shipment_goes_through_the_retry_topics_again() {
        var bad = dead("orders.shipment-dlt", "could not be parsed");

        ConsumerRecord<byte[], byte[]> back;
        try (var tail = tail("orders.shipment-dlt")) {
            send(
                    demo.bootstrap(),
                    new ProducerRecord<>(
                            "orders.shipment", null, bad.key(), bad.value(), mark("retried")));
            back = tail.await(marked("retried"));
        }

        assertThat(count(back.headers(), "retry_topic-attempts")).isEqualTo(3);
        assertThat(count(back.headers(), "kafka_original-topic")).isEqualTo(1);
        assertThat(ByteBuffer.wrap(last(back, "retry_topic-attempts").value()).getInt())
                .isEqualTo(4);
        for (var topic : List.of("orders.shipment-retry-1000", "orders.shipment-retry-2000")) {
            assertThat(read(demo.bootstrap(), topic, 1)).anyMatch(marked("retried"));
        }
    }

    @Test
    void connect_adds_its_headers_again_and_a_plain_consumer_replaces_its_own() {
        var document = dead("connect-sink-dlq", "out of range");
        var mail = dead("notifications.email.dlq", "AddressException");

        ConsumerRecord<byte[], byte[]> back;
        try (var documents = tail("connect-sink-dlq");
                var mails = tail("notifications.email.dlq")) {
            replay("catalog.changes", document, document.value(), "document");
            replay("notifications.email", mail, mail.value(), "mail");
            var headers = documents.await(marked("document")).headers();
            assertThat(count(headers, "__connect.errors.topic")).isEqualTo(2);
            back = mails.await(marked("mail"));
        }
        assertThat(count(back.headers(), "x-error-type")).isEqualTo(1);
        assertThat(text(back, "x-attempts")).isEqualTo("6");
    }

    @Test
    void one_group_falls_behind_one_stays_behind_and_the_others_keep_up() throws Exception {
        var behind = lag("search-indexer");
        assertThat(behind).isGreaterThan(1_000);
        await().atMost(SOON)
                .untilAsserted(
                        () -> {
                            assertThat(lag("search-indexer")).isGreaterThan(behind + 50);
                            assertThat(lag("audit-archiver")).isLessThan(20);
                            assertThat(lag("payment-svc")).isLessThan(20);
                            assertThat(state("warehouse-loader")).isEqualTo(GroupState.STABLE);
                        });
        assertThat(lag("warehouse-loader")).isEqualTo(312);
    }

    private static GroupState state(String group) throws Exception {
        try (var admin = Admin.create(Map.of("bootstrap.servers", demo.bootstrap()))) {
            return requireNonNull(
                            admin.describeConsumerGroups(List.of(group)).all().get().get(group))
                    .groupState();
        }
    }

    private static long lag(String group) throws Exception {
        try (var admin = Admin.create(Map.of("bootstrap.servers", demo.bootstrap()))) {
            var committed =
                    admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata().get();
            var latest = new HashMap<TopicPartition, OffsetSpec>();
            committed.keySet().forEach(partition -> latest.put(partition, OffsetSpec.latest()));
            var ends = admin.listOffsets(latest).all().get();
            var lag = 0L;
            for (var one : committed.entrySet()) {
                lag += requireNonNull(ends.get(one.getKey())).offset() - one.getValue().offset();
            }
            return lag;
        }
    }

    private static void replay(
            String topic, ConsumerRecord<byte[], byte[]> record, byte[] value, String mark) {
        var headers = new RecordHeaders(record.headers().toArray());
        mark(mark).forEach(headers::add);
        send(demo.bootstrap(), new ProducerRecord<>(topic, null, record.key(), value, headers));
    }

    private static Tail tail(String topic) {
        return new Tail(demo.bootstrap(), topic);
    }

    private static Predicate<ConsumerRecord<byte[], byte[]>> marked(String mark) {
        return record -> text(record, "x-test").equals(mark);
    }

    private static Headers mark(String mark) {
        return new RecordHeaders().add("x-test", mark.getBytes(UTF_8));
    }

    /// A dead letter of the topic that names `what` in its payload or headers, once dead.
    private static ConsumerRecord<byte[], byte[]> dead(String topic, String what) {
        return deadLetters.stream()
                .filter(record -> record.topic().equals(topic))
                .filter(record -> count(record.headers(), "kafka_dlt-original-topic") < 2)
                .filter(
                        record ->
                                Stream.of(record.headers().toArray())
                                        .map(Header::value)
                                        .anyMatch(value -> contains(value, what)))
                .findFirst()
                .orElseThrow();
    }

    private static boolean contains(byte @Nullable [] value, String what) {
        return value != null && new String(value, UTF_8).contains(what);
    }

    private static void assertSome(String kind, Predicate<ConsumerRecord<byte[], byte[]>> isOfIt) {
        assertThat(deadLetters).as(kind).anyMatch(isOfIt);
    }

    private static boolean startsWith(ConsumerRecord<byte[], byte[]> record, int... bytes) {
        var value = record.value();
        if (value == null || value.length < bytes.length) {
            return false;
        }
        for (var i = 0; i < bytes.length; i++) {
            if (value[i] != (byte) bytes[i]) {
                return false;
            }
        }
        return true;
    }

    private static boolean isUtf8(byte[] bytes) {
        try {
            UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
            return true;
        } catch (CharacterCodingException invalid) {
            return false;
        }
    }

    private static int count(Headers headers, String name) {
        var count = 0;
        for (var _ : headers.headers(name)) {
            count++;
        }
        return count;
    }

    private static boolean has(ConsumerRecord<byte[], byte[]> record, String name) {
        return record.headers().lastHeader(name) != null;
    }

    private static Header last(ConsumerRecord<byte[], byte[]> record, String name) {
        return record.headers().lastHeader(name);
    }

    private static String text(ConsumerRecord<byte[], byte[]> record, String name) {
        return firstText(record.headers(), name);
    }

    private static String firstText(Headers headers, String... names) {
        for (var name : Set.of(names)) {
            var header = headers.lastHeader(name);
            if (header != null) {
                return new String(header.value(), UTF_8);
            }
        }
        return "";
    }
}
