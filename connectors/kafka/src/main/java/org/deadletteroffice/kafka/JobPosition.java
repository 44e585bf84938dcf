package org.deadletteroffice.kafka;

import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsOptions;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsSpec;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.deadletteroffice.spi.error.BrokerException;
import org.deadletteroffice.spi.transfer.Outgoing;

/// How far a job has come, kept by the cluster: the offset of a consumer group named for the job,
/// on partition 0 of the source topic. It is committed in the transaction of each batch, so what
/// the group has committed is what was delivered.
final class JobPosition {
    private final Clients clients;
    private final String group;
    private final TopicPartition place;

    JobPosition(Clients clients, String group, String source) {
        this.clients = clients;
        this.group = group;
        this.place = new TopicPartition(source, 0);
    }

    /// The sequence number of the first message that was not delivered yet; 0 at the start. Blocks,
    /// at most for the profile's timeout.
    ///
    /// While the marker of the last commit is being written the broker calls the offset unstable,
    /// and the client leaves such a partition out of its answer; where nothing was ever committed
    /// it answers null. The two must not be mixed up: the first would send all again.
    long committed() throws BrokerException {
        var deadline = clients.deadline();
        var asked =
                Map.of(group, new ListConsumerGroupOffsetsSpec().topicPartitions(List.of(place)));
        while (true) {
            var offsets =
                    clients.await(
                            clients.admin()
                                    .listConsumerGroupOffsets(
                                            asked,
                                            new ListConsumerGroupOffsetsOptions()
                                                    .requireStable(true))
                                    .partitionsToOffsetAndMetadata(group),
                            deadline,
                            Act.redriving(group));
            if (offsets.containsKey(place)) {
                var offset = offsets.get(place);
                return offset == null ? 0 : offset.offset();
            }
            if (deadline.passed()) {
                throw clients.errors().unreachable(Act.redriving(group), null);
            }
            try {
                // Nobody tells when the offset is stable; the broker is asked again.
                Thread.sleep(10);
            } catch (InterruptedException stop) {
                throw clients.errors().of(stop, Act.redriving(group));
            }
        }
    }

    /// What to commit in the transaction that delivers all up to `last`.
    Map<TopicPartition, OffsetAndMetadata> behind(Outgoing last) {
        return Map.of(place, new OffsetAndMetadata(last.sequence() + 1));
    }

    /// Kafka's only other way to name a group is a consumer made for nothing but to be asked.
    @SuppressWarnings("removal")
    ConsumerGroupMetadata group() {
        return new ConsumerGroupMetadata(group);
    }

    /// Deletes the group; the job is never resumed.
    void forget() {
        try {
            clients.await(
                    clients.admin().deleteConsumerGroups(List.of(group)).all(),
                    clients.deadline(),
                    Act.redriving(group));
        } catch (BrokerException stays) {
            // The broker forgets an empty group by itself after offsets.retention.minutes.
            System.getLogger(JobPosition.class.getName())
                    .log(System.Logger.Level.DEBUG, "the group of a job stays", stays);
        }
    }
}
