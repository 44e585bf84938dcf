package org.deadletteroffice.demo.style;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.deadletteroffice.demo.style.HeaderComparison.assertSame;
import static org.deadletteroffice.demo.style.Records.createTopics;
import static org.deadletteroffice.demo.style.Records.read;
import static org.deadletteroffice.demo.style.Records.send;
import static org.deadletteroffice.demo.style.Records.utf8;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.deadletteroffice.demo.shop.CatalogSink;
import org.deadletteroffice.fixtures.kafka.KafkaBroker;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The demo's Connect dead letters against those of a Kafka Connect worker, for the same records.
class ConnectStyleTest {
    private static final String TOPIC = "catalog.changes";
    /// Days ago, but not so many that the broker would delete it.
    private static long sentAt;

    private static final List<byte[]> BAD =
            List.of(
                    utf8("{\"sku\":\"KB-104\","),
                    utf8("plain text, no JSON"),
                    utf8("{\"sku\":\"KB-104\",\"price\":\"12,90\"}"),
                    utf8("{\"price\":12.90}"),
                    new byte[] {0, 0, 0, 0, 41, 2, 14},
                    new byte[] {'{', '"', (byte) 0xFF, (byte) 0xFE});

    private static final ConnectStyle STYLE =
            new ConnectStyle(
                    ConnectWorker.CONNECTOR, 0, ConnectWorker.DEAD_LETTERS, CatalogSink::step);

    private static KafkaBroker broker;
    private static ConnectWorker connect;

    @BeforeAll
    static void start(@TempDir Path folder) throws IOException {
        sentAt =
                Instant.now()
                        .minus(Duration.ofDays(2))
                        .truncatedTo(ChronoUnit.SECONDS)
                        .toEpochMilli();
        broker = KafkaBroker.start();
        createTopics(broker.bootstrap(), 1, TOPIC);
        for (var value : BAD) {
            send(
                    broker.bootstrap(),
                    new ProducerRecord<>(TOPIC, 0, sentAt, utf8("KB-104"), value, headers()));
        }
        send(
                broker.bootstrap(),
                new ProducerRecord<>(TOPIC, 0, sentAt, null, null, headers()),
                new ProducerRecord<>(TOPIC, 0, sentAt, utf8("KB-104"), null, headers()),
                new ProducerRecord<>(
                        TOPIC, 0, utf8("KB-104"), utf8("{\"sku\":\"KB-104\",\"price\":\"12.9\"}")));
        connect = ConnectWorker.start(folder, broker.bootstrap(), TOPIC);
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(deadLetters(1)).hasSize(BAD.size() + 1));
    }

    @AfterAll
    static void stop() {
        connect.close();
        broker.close();
    }

    private static Headers headers() {
        return new RecordHeaders().add("tenant", utf8("eu")).add("tenant", utf8("us"));
    }

    private static List<ConsumerRecord<byte[], byte[]>> deadLetters(int atLeast) {
        return read(broker.bootstrap(), ConnectWorker.DEAD_LETTERS, atLeast);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6})
    void a_dead_letter_has_the_headers_of_the_dead_letter_queue_reporter(int which) {
        var origin = read(broker.bootstrap(), TOPIC, BAD.size() + 3).get(which);
        var theirs = deadLetterOf(origin);

        var ours = STYLE.deadLetter(new Death(origin, thrown(origin, theirs), Instant.now()));

        assertSame(ours, theirs, Set.of());
        assertThat(ours.timestamp()).isEqualTo(theirs.timestamp()).isEqualTo(sentAt);
    }

    @Test
    void what_the_sink_takes_is_what_the_demos_sink_takes() {
        var good =
                read(broker.bootstrap(), TOPIC, BAD.size() + 3)
                        .subList(BAD.size() + 1, BAD.size() + 3);

        assertThat(good)
                .hasSize(2)
                .allSatisfy(record -> assertThat(new CatalogSink().process(record)).isEmpty());
        assertThat(deadLetters(1)).hasSize(BAD.size() + 1);
    }

    private static ConsumerRecord<byte[], byte[]> deadLetterOf(
            ConsumerRecord<byte[], byte[]> origin) {
        return deadLetters(BAD.size() + 1).stream()
                .filter(
                        record ->
                                text(record, "__connect.errors.offset")
                                        .equals(String.valueOf(origin.offset())))
                .findFirst()
                .orElseThrow();
    }

    private static String text(ConsumerRecord<byte[], byte[]> record, String header) {
        return new String(record.headers().lastHeader(header).value(), UTF_8);
    }

    /// What the demo's sink says of the record; the one frame of the index is the test sink's.
    private static Thrown thrown(
            ConsumerRecord<byte[], byte[]> origin, ConsumerRecord<byte[], byte[]> theirs) {
        var frame =
                text(theirs, "__connect.errors.exception.stacktrace")
                        .lines()
                        .filter(line -> line.contains(SearchSink.class.getName()))
                        .map(line -> line.substring("\tat ".length()))
                        .findFirst();
        return new CatalogSink(frame.orElse("none")).process(origin).orElseThrow();
    }
}
