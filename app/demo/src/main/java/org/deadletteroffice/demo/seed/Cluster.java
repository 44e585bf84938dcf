package org.deadletteroffice.demo.seed;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.deadletteroffice.demo.sample.Samples;

/// Topics and the places of consumer groups in them. Methods block, and throw an
/// `IllegalStateException` where the broker refuses.
public final class Cluster implements AutoCloseable {
    /// Room for a body of 1 MiB and the headers of a dead letter.
    public static final int MAX_MESSAGE_BYTES = 4 * 1024 * 1024;

    private final Admin admin;

    public Cluster(String bootstrap) {
        admin = Admin.create(Map.of("bootstrap.servers", bootstrap, "enable.metrics.push", false));
    }

    public void createTopics(List<Flow> flows) throws InterruptedException {
        var topics = new ArrayList<NewTopic>();
        for (var flow : flows) {
            for (var name : flow.topics()) {
                topics.add(
                        topic(
                                name,
                                name.equals(flow.deadLetters())
                                        ? flow.deadLetterPartitions()
                                        : flow.partitions()));
            }
        }
        topics.add(topic(Backlog.QUIET_TOPIC, 2));
        topics.add(topic(Samples.ORIGIN, 1));
        topics.add(topic(Samples.DEAD_LETTERS, 1));
        done(admin.createTopics(topics).all(), "topics could not be made");
        // A leader that is named does not serve yet. Were it written to now, its first batch could
        // be
        // refused and its second taken, which an idempotent producer never recovers from.
        var latest = new HashMap<TopicPartition, OffsetSpec>();
        for (var topic : topics) {
            for (var p = 0; p < topic.numPartitions(); p++) {
                latest.put(new TopicPartition(topic.name(), p), OffsetSpec.latest());
            }
        }
        done(admin.listOffsets(latest).all(), "topics do not answer");
    }

    private static NewTopic topic(String name, int partitions) {
        return new NewTopic(name, partitions, (short) 1)
                .configs(Map.of("max.message.bytes", String.valueOf(MAX_MESSAGE_BYTES)));
    }

    /// Places every group behind the past, or as far back as its backlog says.
    public void commitOffsets(List<Flow> flows) throws InterruptedException {
        for (var flow : flows) {
            for (var i = 0; i < flow.groups().size(); i++) {
                commit(flow.groups().get(i), flow.topics().get(i), 0);
            }
        }
        for (var backlog : Backlog.ALL) {
            commit(backlog.group(), backlog.topic(), backlog.behind());
        }
    }

    private void commit(String group, String topic, int behind) throws InterruptedException {
        var ends = ends(topic);
        var offsets = new HashMap<TopicPartition, OffsetAndMetadata>();
        var left = behind;
        var partitionsLeft = ends.size();
        for (var end : ends.entrySet()) {
            var share = Math.min(end.getValue(), left / partitionsLeft--);
            left -= (int) share;
            offsets.put(end.getKey(), new OffsetAndMetadata(end.getValue() - share));
        }
        done(admin.alterConsumerGroupOffsets(group, offsets).all(), group + " could not be placed");
    }

    private Map<TopicPartition, Long> ends(String topic) throws InterruptedException {
        var described =
                done(
                        admin.describeTopics(List.of(topic)).allTopicNames(),
                        topic + " could not be described");
        var count = described.values().stream().mapToInt(one -> one.partitions().size()).sum();
        var partitions =
                IntStream.range(0, count)
                        .mapToObj(number -> new TopicPartition(topic, number))
                        .collect(Collectors.toMap(one -> one, _ -> OffsetSpec.latest()));
        var ends = new HashMap<TopicPartition, Long>();
        done(admin.listOffsets(partitions).all(), topic + " has no offsets")
                .forEach((partition, end) -> ends.put(partition, end.offset()));
        return ends;
    }

    private static <T> T done(KafkaFuture<T> future, String otherwise) throws InterruptedException {
        try {
            return future.get();
        } catch (ExecutionException refused) {
            throw new IllegalStateException(
                    "The demo's " + otherwise + ": " + refused.getMessage(), refused);
        }
    }

    @Override
    public void close() {
        admin.close();
    }
}
