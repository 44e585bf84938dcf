package org.deadletteroffice.demo.live;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/// A member of a consumer group: takes what comes, then commits, until it is interrupted.
///
/// @param pace the pause after each record that a slow consumer makes; empty: none
/// @param stuck joins the group and reads nothing
record LiveConsumer(
        String bootstrap,
        String group,
        String topic,
        Work work,
        Optional<Duration> pace,
        boolean stuck)
        implements Runnable {
    private static final Duration LEAVE = Duration.ofSeconds(1);
    private static final Duration POLL = Duration.ofSeconds(1);

    /// What is done with a record. It is committed when this returns.
    @FunctionalInterface
    interface Work {
        void on(ConsumerRecord<byte[], byte[]> record) throws InterruptedException;
    }

    static LiveConsumer of(String bootstrap, String group, String topic, Work work) {
        return new LiveConsumer(bootstrap, group, topic, work, Optional.empty(), false);
    }

    static LiveConsumer slow(String bootstrap, String group, String topic, Duration pace) {
        return new LiveConsumer(bootstrap, group, topic, _ -> {}, Optional.of(pace), false);
    }

    static LiveConsumer stuck(String bootstrap, String group, String topic) {
        return new LiveConsumer(bootstrap, group, topic, _ -> {}, Optional.empty(), true);
    }

    @Override
    public void run() {
        var consumer =
                new KafkaConsumer<>(
                        settings(), new ByteArrayDeserializer(), new ByteArrayDeserializer());
        try {
            consumer.subscribe(List.of(topic), whenAssigned(consumer));
            read(consumer);
        } catch (InterruptException | InterruptedException stop) {
            // The demo ends; what was not committed dies with its broker.
        } finally {
            // An interrupted thread cannot close a consumer without a page of errors in the log.
            Thread.interrupted();
            consumer.close(CloseOptions.timeout(LEAVE));
        }
    }

    private void read(KafkaConsumer<byte[], byte[]> consumer) throws InterruptedException {
        while (!Thread.currentThread().isInterrupted()) {
            var records = consumer.poll(POLL);
            for (var record : records) {
                work.on(record);
                if (pace.isPresent()) {
                    // So slow that a lag grows; the end of the demo interrupts it.
                    Thread.sleep(pace.get());
                }
            }
            if (!records.isEmpty()) {
                consumer.commitSync();
            }
        }
    }

    private ConsumerRebalanceListener whenAssigned(KafkaConsumer<byte[], byte[]> consumer) {
        return new ConsumerRebalanceListener() {
            @Override
            public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
                if (stuck) {
                    consumer.pause(partitions);
                }
            }

            @Override
            public void onPartitionsRevoked(Collection<TopicPartition> partitions) {}
        };
    }

    private Map<String, Object> settings() {
        return Map.of(
                "bootstrap.servers",
                bootstrap,
                "group.id",
                group,
                "client.id",
                group,
                "enable.auto.commit",
                false,
                "auto.offset.reset",
                "earliest",
                "enable.metrics.push",
                false,
                "max.poll.records",
                pace.isPresent() || stuck ? 20 : 500);
    }
}
