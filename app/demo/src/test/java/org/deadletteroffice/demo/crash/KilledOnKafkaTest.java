package org.deadletteroffice.demo.crash;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.deadletteroffice.demo.style.Records;
import org.deadletteroffice.fixtures.kafka.KafkaBroker;
import org.deadletteroffice.spi.profile.Settings;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// A killed redrive on Kafka loses nothing, and sends nothing twice but, to another cluster, at
/// most one batch.
class KilledOnKafkaTest extends KilledRedrives {
    private static final Way WITHIN = new Way("Kafka, exactly once", KillableChild.SOURCE, true);
    private static final Way ACROSS = new Way("Kafka to another, at least once", "there", false);

    private @Nullable KafkaBroker here;
    private @Nullable KafkaBroker there;

    @Override
    void start() throws Exception {
        here = KafkaBroker.start();
        there = KafkaBroker.start();
        profile(WITHIN.profile(), "kafka", settings(here));
        profile(ACROSS.profile(), "kafka", settings(there));
    }

    private static Settings settings(KafkaBroker broker) {
        return Settings.of(Map.of("bootstrap", broker.bootstrap(), "timeout", "1m"));
    }

    @Override
    void stop() {
        for (var broker : new KafkaBroker[] {here, there}) {
            if (broker != null) {
                broker.close();
            }
        }
    }

    @Test
    void killed_within_one_cluster_every_message_arrives_exactly_once() throws Exception {
        kill(WITHIN, 1);
    }

    @Test
    void killed_on_the_way_to_another_cluster_none_is_lost_and_one_batch_repeated_at_most()
            throws Exception {
        kill(ACROSS, 1);
    }

    @Test
    @Tag("soak")
    void killed_a_hundred_times_within_one_cluster() throws Exception {
        kill(WITHIN, 91);
    }

    @Test
    @Tag("soak")
    void killed_a_hundred_times_on_the_way_to_another_cluster() throws Exception {
        kill(ACROSS, 91);
    }

    /// Between each two things that are made durable: archive, ledger, broker, ledger.
    @Override
    List<Step> steps() {
        return List.of(
                new Step("after transfer", 1),
                new Step("after scan next", 1),
                new Step("before begin", 1),
                new Step("after events", 1),
                new Step("before begin", 2),
                new Step("after events", 2),
                new Step("after events", 3),
                new Step("before forget", 1),
                new Step("after forget", 1));
    }

    private String bootstrap(Way way) {
        var broker = way.exactlyOnce() ? here : there;
        return Objects.requireNonNull(broker).bootstrap();
    }

    @Override
    @SuppressWarnings({"unchecked", "rawtypes"})
    void prepare(Way way, String source, String destination) {
        Records.createTopics(bootstrap(WITHIN), 2, source);
        Records.createTopics(bootstrap(way), 2, destination);
        var records = new ProducerRecord[MESSAGES];
        for (var i = 0; i < MESSAGES; i++) {
            var bytes = Records.utf8("m" + i);
            records[i] = new ProducerRecord<>(source, i % 2, bytes, bytes);
        }
        Records.send(bootstrap(WITHIN), records);
    }

    @Override
    List<Arrival> arrived(Way way, String destination) {
        return Records.readCommitted(bootstrap(way), destination).stream()
                .map(
                        record ->
                                new Arrival(
                                        text(record.value()),
                                        text(record.headers().lastHeader("x-redrive-id").value())))
                .toList();
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    /// A topic keeps what was redriven.
    @Override
    long left(String source) {
        return 0;
    }
}
