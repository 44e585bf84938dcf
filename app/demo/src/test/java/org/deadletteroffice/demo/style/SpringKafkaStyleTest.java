package org.deadletteroffice.demo.style;

import static org.assertj.core.api.Assertions.assertThat;
import static org.deadletteroffice.demo.style.HeaderComparison.assertSame;
import static org.deadletteroffice.demo.style.Records.createTopics;
import static org.deadletteroffice.demo.style.Records.read;
import static org.deadletteroffice.demo.style.Records.send;
import static org.deadletteroffice.demo.style.Records.utf8;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.deadletteroffice.fixtures.kafka.KafkaBroker;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;

/// The demo's Spring Kafka dead letters against those of Spring Kafka itself.
class SpringKafkaStyleTest {
    private static final String LISTENER =
            "public void " + SpringApplication.DeadLetters.class.getName() + ".onOrder(byte[])";
    private static final String RETRY_LISTENER =
            "public void " + SpringApplication.RetryTopics.class.getName() + ".onShipment(byte[])";
    private static final SpringKafkaStyle STYLE =
            new SpringKafkaStyle(SpringApplication.GROUP, LISTENER, "-dlt");
    private static final SpringRetryStyle RETRY =
            new SpringRetryStyle(
                    "orders.shipment",
                    SpringApplication.RETRY_GROUP,
                    RETRY_LISTENER,
                    List.of(Duration.ofMillis(200), Duration.ofMillis(400)));

    private static KafkaBroker broker;
    private static AnnotationConfigApplicationContext spring;

    @BeforeAll
    static void start() {
        broker = KafkaBroker.start();
        createTopics(
                broker.bootstrap(), 2, "orders.payment", "orders.payment-dlt", "orders.shipment");
        send(
                broker.bootstrap(),
                new ProducerRecord<>("orders.payment", 1, utf8("A-1"), utf8("first"), headers()),
                new ProducerRecord<>("orders.payment", 1, null, utf8("second")),
                new ProducerRecord<>("orders.shipment", 1, utf8("A-1"), utf8("first"), headers()));
        spring = SpringApplication.start(broker.bootstrap());
    }

    @AfterAll
    static void stop() {
        spring.close();
        broker.close();
    }

    private static Headers headers() {
        return new RecordHeaders()
                .add("traceparent", utf8("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"))
                .add("baggage", utf8("tenant=eu"))
                .add("baggage", utf8("tier=gold"))
                .add("nothing", null)
                .add("empty", new byte[0]);
    }

    @Test
    void a_dead_letter_has_the_headers_of_the_dead_letter_publishing_recoverer() {
        var theirs = at(read(broker.bootstrap(), "orders.payment-dlt", 2), 1);
        var origin = at(read(broker.bootstrap(), "orders.payment", 2), 1);

        var ours = STYLE.deadLetter(new Death(origin, thrown("first"), Instant.now()));

        assertThat(ours.partition()).isEqualTo(theirs.partition());
        assertSame(ours, theirs, Set.of());
    }

    @Test
    void a_dead_letter_that_was_replayed_with_its_headers_gets_a_second_origin() {
        var first = at(read(broker.bootstrap(), "orders.payment-dlt", 2), 1);
        send(
                broker.bootstrap(),
                new ProducerRecord<>(
                        "orders.payment", 0, first.key(), utf8("again"), first.headers()));
        var theirs = at(read(broker.bootstrap(), "orders.payment-dlt", 3), 0);
        var origin = at(read(broker.bootstrap(), "orders.payment", 3), 0);

        var ours = STYLE.deadLetter(new Death(origin, thrown("again"), Instant.now()));

        assertThat(ours.headers().headers("kafka_dlt-original-offset")).hasSize(2);
        assertThat(ours.headers().headers("kafka_dlt-exception-fqcn")).hasSize(1);
        assertSame(ours, theirs, Set.of());
    }

    @Test
    void each_hop_through_the_retry_topics_has_the_headers_of_the_real_one() {
        var names = RETRY.topics();
        assertThat(names)
                .containsExactly(
                        "orders.shipment",
                        "orders.shipment-retry-200",
                        "orders.shipment-retry-400",
                        "orders.shipment-dlt");
        for (var hop = 1; hop < names.size(); hop++) {
            var before = read(broker.bootstrap(), names.get(hop - 1), 1).getFirst();
            var theirs = read(broker.bootstrap(), names.get(hop), 1).getFirst();

            var ours = RETRY.deadLetter(new Death(before, retryThrown(), diedAt(theirs)));

            assertSame(ours, theirs, Set.of());
            assertThat(ours.partition()).isEqualTo(theirs.partition());
        }
    }

    @Test
    void a_retry_topics_listener_has_a_group_of_its_own() {
        assertThat(RETRY.groupOf("orders.shipment")).isEqualTo("shipment-svc");
        assertThat(RETRY.groupOf("orders.shipment-retry-200")).isEqualTo("shipment-svc-retry-200");
    }

    @Test
    void knows_when_a_record_of_a_retry_topic_is_due() {
        var origin =
                new ConsumerRecord<>(
                        "orders.shipment",
                        0,
                        7L,
                        5L,
                        TimestampType.CREATE_TIME,
                        0,
                        0,
                        utf8("A"),
                        utf8("{}"),
                        new RecordHeaders(),
                        java.util.Optional.empty());
        assertThat(SpringRetryStyle.due(origin)).isEqualTo(Instant.EPOCH);
        var died = Instant.parse("2026-11-24T10:00:00Z");
        var sent = RETRY.deadLetter(new Death(origin, retryThrown(), died));
        var arrived =
                new ConsumerRecord<>(
                        sent.topic(),
                        0,
                        0L,
                        0L,
                        TimestampType.CREATE_TIME,
                        0,
                        0,
                        sent.key(),
                        sent.value(),
                        sent.headers(),
                        java.util.Optional.empty());
        assertThat(SpringRetryStyle.due(arrived)).isEqualTo(died.plusMillis(200));
    }

    /// When the application threw, which the framework writes as part of a trace.
    private static Instant diedAt(ConsumerRecord<byte[], byte[]> deadLetter) {
        var trace = text(deadLetter.headers(), "kafka_exception-stacktrace");
        var caption = "TimestampedException: Exception thrown at ";
        var from = trace.indexOf(caption) + caption.length();
        return Instant.parse(trace.substring(from, trace.indexOf('\n', from)));
    }

    private static String text(Headers headers, String name) {
        return new String(
                headers.lastHeader(name).value(), java.nio.charset.StandardCharsets.UTF_8);
    }

    private static ConsumerRecord<byte[], byte[]> at(
            List<ConsumerRecord<byte[], byte[]>> records, int partition) {
        return records.stream()
                .filter(record -> record.partition() == partition)
                .findFirst()
                .orElseThrow();
    }

    private static Thrown thrown(String body) {
        return thrownBy(() -> new SpringApplication.DeadLetters().onOrder(utf8(body)));
    }

    private static Thrown retryThrown() {
        return thrownBy(() -> new SpringApplication.RetryTopics().onShipment(utf8("first")));
    }

    /// What the application's listener throws, with the frames of the application alone.
    private static Thrown thrownBy(Runnable listener) {
        try {
            listener.run();
            throw new AssertionError("the listener should have thrown");
        } catch (IllegalStateException thrown) {
            return Thrown.of(thrown).framesOf(SpringApplication.class.getName());
        }
    }
}
