package org.deadletteroffice.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.deadletteroffice.core.Engine;
import org.deadletteroffice.core.EngineOptions;
import org.deadletteroffice.core.job.JobInfo;
import org.deadletteroffice.core.job.JobState;
import org.deadletteroffice.core.job.PurgeRequest;
import org.deadletteroffice.core.job.Scope;
import org.deadletteroffice.core.profile.Environment;
import org.deadletteroffice.core.profile.Profile;
import org.deadletteroffice.demo.style.Records;
import org.deadletteroffice.fixtures.kafka.KafkaBroker;
import org.deadletteroffice.spi.message.QueueKind;
import org.deadletteroffice.spi.message.QueueRef;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A purge of a topic and its undo, on a real broker.
class PurgeOnKafkaTest {
    private static final QueueRef DEAD = new QueueRef("here", "orders.dlq", QueueKind.TOPIC);

    @TempDir Path home;

    @Test
    void a_topic_is_trimmed_up_to_its_first_unresolved_record_and_gets_the_rest_back()
            throws Exception {
        try (var broker = KafkaBroker.start();
                var engine = Engine.open(EngineOptions.at(home))) {
            engine.profiles()
                    .save(
                            Profile.of(
                                    "here",
                                    "kafka",
                                    Environment.DEVELOPMENT,
                                    Map.of("bootstrap", broker.bootstrap(), "timeout", "1m")),
                            Map.of());
            Records.createTopics(broker.bootstrap(), 2, DEAD.name());
            for (var i = 0; i < 10; i++) {
                Records.send(broker.bootstrap(), record(i));
            }
            var before = contents(broker);

            // All but the seventh, which lies in partition 0.
            var purge = run(engine, new Scope.Matching("payload.n != 6.0"));
            assertThat(purge.state()).as(purge.sentence()).isEqualTo(JobState.DONE);
            assertThat(purge.removed()).isEqualTo(9);
            assertThat(contents(broker))
                    .as(purge.sentence())
                    .containsExactlyInAnyOrderElementsOf(before.subList(6, 10));

            var restored =
                    engine.jobs()
                            .await(engine.jobs().restore(purge.id(), List.of(), "undone", null));
            assertThat(restored.state()).as(restored.sentence()).isEqualTo(JobState.DONE);
            assertThat(restored.sent()).isEqualTo(9);
            var expected = new ArrayList<>(before.subList(6, 10));
            expected.addAll(before.subList(0, 6));
            expected.addAll(before.subList(7, 10));
            assertThat(contents(broker)).containsExactlyInAnyOrderElementsOf(expected);

            // Seen again by a purge of all: what was put back and the one that was left.
            var rest = run(engine, new Scope.All());
            assertThat(rest.removed()).isEqualTo(10);
            assertThat(contents(broker)).as(rest.sentence()).isEmpty();
        }
    }

    private static JobInfo run(Engine engine, Scope scope) throws Exception {
        return engine.jobs().await(engine.jobs().start(PurgeRequest.of(DEAD, scope), null));
    }

    private static ProducerRecord<byte[], byte[]> record(int number) {
        var record =
                new ProducerRecord<>(
                        DEAD.name(),
                        number % 2,
                        System.currentTimeMillis(),
                        number == 4 ? null : Records.utf8("key " + number),
                        Records.utf8("{\"n\": " + number + "}"));
        record.headers().add("same", new byte[] {(byte) number});
        record.headers().add("same", null);
        return record;
    }

    /// All that has to come back as it was, the partition included.
    private static List<String> contents(KafkaBroker broker) {
        return Records.readCommitted(broker.bootstrap(), DEAD.name()).stream()
                .map(PurgeOnKafkaTest::content)
                .sorted()
                .toList();
    }

    private static String content(ConsumerRecord<byte[], byte[]> record) {
        var key = record.key();
        return new String(record.value(), StandardCharsets.UTF_8)
                + " in "
                + record.partition()
                + " at "
                + record.timestamp()
                + " key "
                + (key == null ? "null" : new String(key, StandardCharsets.UTF_8))
                + " headers "
                + record.headers();
    }
}
