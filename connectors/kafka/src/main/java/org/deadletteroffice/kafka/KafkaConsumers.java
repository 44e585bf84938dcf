package org.deadletteroffice.kafka;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import org.apache.kafka.clients.admin.GroupListing;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsSpec;
import org.apache.kafka.clients.admin.ListShareGroupOffsetsSpec;
import org.apache.kafka.clients.admin.ListStreamsGroupOffsetsSpec;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.GroupState;
import org.apache.kafka.common.GroupType;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.deadletteroffice.spi.error.BrokerException;
import org.deadletteroffice.spi.message.ConsumerInfo;
import org.deadletteroffice.spi.message.ConsumerInfo.PartitionLag;
import org.deadletteroffice.spi.message.Numerals;
import org.jspecify.annotations.Nullable;

/// Groups of every type and how far behind they are. What may not be seen is left out.
final class KafkaConsumers {
    private final Clients clients;
    private final String profile;
    private final RateMeter rates = new RateMeter();

    KafkaConsumers(Clients clients, String profile) {
        this.clients = clients;
        this.profile = profile;
    }

    /// One group as its coordinator describes it.
    ///
    /// @param members the member that holds each partition
    /// @param committed null values where the broker knows the partition but no offset
    /// @param lags what the coordinator itself counted, where it does
    private record Group(
            GroupListing listing,
            String kind,
            String state,
            int size,
            Map<TopicPartition, String> members,
            Map<TopicPartition, Long> committed,
            Map<TopicPartition, Long> lags) {}

    List<ConsumerInfo> all() throws BrokerException {
        var deadline = clients.deadline();
        var listed =
                clients.await(clients.admin().listGroups().valid(), deadline, Act.readingGroups());
        var byType = new HashMap<GroupType, List<GroupListing>>();
        for (var group : listed) {
            // A redrive's own proof is no reader.
            if (!group.groupId().startsWith(KafkaTransfer.PREFIX)) {
                byType.computeIfAbsent(
                                group.type().orElse(GroupType.CLASSIC), _ -> new ArrayList<>())
                        .add(group);
            }
        }
        var groups = new ArrayList<Group>();
        var classic = new ArrayList<GroupListing>();
        classic.addAll(byType.getOrDefault(GroupType.CLASSIC, List.of()));
        // Connect workers and schema registries elect leaders by groups that read no topic.
        classic.removeIf(g -> !g.protocol().isEmpty() && !g.protocol().equals("consumer"));
        classic.addAll(byType.getOrDefault(GroupType.CONSUMER, List.of()));
        consumerGroups(classic, groups, deadline);
        shareGroups(byType.getOrDefault(GroupType.SHARE, List.of()), groups, deadline);
        streamsGroups(byType.getOrDefault(GroupType.STREAMS, List.of()), groups, deadline);
        return rows(groups, deadline);
    }

    private void consumerGroups(List<GroupListing> listed, List<Group> groups, Deadline deadline)
            throws BrokerException {
        if (listed.isEmpty()) {
            return;
        }
        var ids = listed.stream().map(GroupListing::groupId).toList();
        var specs = new HashMap<String, ListConsumerGroupOffsetsSpec>();
        ids.forEach(id -> specs.put(id, new ListConsumerGroupOffsetsSpec()));
        var described = clients.admin().describeConsumerGroups(ids).describedGroups();
        var offsets = clients.admin().listConsumerGroupOffsets(specs);
        each(
                listed,
                described,
                offsets::partitionsToOffsetAndMetadata,
                deadline,
                (listing, group, at) -> {
                    var members = new HashMap<TopicPartition, String>();
                    for (var member : group.members()) {
                        hold(members, member.clientId(), member.assignment().topicPartitions());
                    }
                    groups.add(
                            new Group(
                                    listing,
                                    group.type() == GroupType.CONSUMER ? "consumer" : "classic",
                                    group.groupState().toString(),
                                    group.members().size(),
                                    members,
                                    committed(at),
                                    Map.of()));
                });
    }

    private void shareGroups(List<GroupListing> listed, List<Group> groups, Deadline deadline)
            throws BrokerException {
        if (listed.isEmpty()) {
            return;
        }
        var ids = listed.stream().map(GroupListing::groupId).toList();
        var specs = new HashMap<String, ListShareGroupOffsetsSpec>();
        ids.forEach(id -> specs.put(id, new ListShareGroupOffsetsSpec()));
        var described = clients.admin().describeShareGroups(ids).describedGroups();
        var offsets = clients.admin().listShareGroupOffsets(specs);
        each(
                listed,
                described,
                offsets::partitionsToOffsetInfo,
                deadline,
                (listing, group, at) -> {
                    var members = new HashMap<TopicPartition, String>();
                    for (var member : group.members()) {
                        hold(members, member.clientId(), member.assignment().topicPartitions());
                    }
                    var committed = new HashMap<TopicPartition, Long>();
                    var lags = new HashMap<TopicPartition, Long>();
                    at.forEach(
                            (partition, info) -> {
                                if (info != null && info.startOffset() >= 0) {
                                    committed.put(partition, info.startOffset());
                                    info.lag()
                                            .filter(lag -> lag >= 0)
                                            .ifPresent(lag -> lags.put(partition, lag));
                                }
                            });
                    groups.add(
                            new Group(
                                    listing,
                                    "share",
                                    group.groupState().toString(),
                                    group.members().size(),
                                    members,
                                    committed,
                                    lags));
                });
    }

    private void streamsGroups(List<GroupListing> listed, List<Group> groups, Deadline deadline)
            throws BrokerException {
        if (listed.isEmpty()) {
            return;
        }
        var ids = listed.stream().map(GroupListing::groupId).toList();
        var specs = new HashMap<String, ListStreamsGroupOffsetsSpec>();
        ids.forEach(id -> specs.put(id, new ListStreamsGroupOffsetsSpec()));
        var described = clients.admin().describeStreamsGroups(ids).describedGroups();
        var offsets = clients.admin().listStreamsGroupOffsets(specs);
        each(
                listed,
                described,
                offsets::partitionsToOffsetAndMetadata,
                deadline,
                (listing, group, at) ->
                        groups.add(
                                new Group(
                                        listing,
                                        "streams",
                                        group.groupState().toString(),
                                        group.members().size(),
                                        Map.of(),
                                        committed(at),
                                        Map.of())));
    }

    /// What is done with one group's description and offsets.
    private interface Seen<D, O> {
        void group(GroupListing listing, D description, Map<TopicPartition, O> offsets);
    }

    /// Waits for the answers about each group; one that may not be described is left out.
    private <D, O> void each(
            List<GroupListing> listed,
            Map<String, KafkaFuture<D>> described,
            Function<String, KafkaFuture<Map<TopicPartition, O>>> offsets,
            Deadline deadline,
            Seen<D, O> seen)
            throws BrokerException {
        for (var listing : listed) {
            var id = listing.groupId();
            var description = seen(described.get(id), deadline);
            var at = seen(offsets.apply(id), deadline).orElse(Map.of());
            if (description.isPresent()) {
                seen.group(listing, description.get(), at);
            }
        }
    }

    /// Several members of a share group read one partition.
    private static void hold(
            Map<TopicPartition, String> members,
            String client,
            Collection<TopicPartition> partitions) {
        for (var partition : partitions) {
            members.merge(
                    partition,
                    client,
                    (one, other) -> one.equals(other) ? one : one + ", " + other);
        }
    }

    private static Map<TopicPartition, Long> committed(
            Map<TopicPartition, @Nullable OffsetAndMetadata> offsets) {
        var committed = new HashMap<TopicPartition, Long>();
        offsets.forEach(
                (partition, offset) -> {
                    if (offset != null) {
                        committed.put(partition, offset.offset());
                    }
                });
        return committed;
    }

    private List<ConsumerInfo> rows(List<Group> groups, Deadline deadline) throws BrokerException {
        var partitions = new HashSet<TopicPartition>();
        groups.forEach(
                group -> {
                    partitions.addAll(group.committed.keySet());
                    partitions.addAll(group.members.keySet());
                });
        var starts = offsets(partitions, OffsetSpec.earliest(), deadline);
        var ends = offsets(partitions, OffsetSpec.latest(), deadline);
        var rows = new ArrayList<ConsumerInfo>();
        for (var group : groups) {
            var byTopic = new TreeMap<String, List<TopicPartition>>();
            var all = new HashSet<>(group.committed.keySet());
            all.addAll(group.members.keySet());
            for (var partition : all) {
                if (ends.containsKey(partition) && !TopicNames.isInternal(partition.topic())) {
                    byTopic.computeIfAbsent(partition.topic(), _ -> new ArrayList<>())
                            .add(partition);
                }
            }
            byTopic.forEach((topic, of) -> rows.add(row(group, topic, of, starts, ends)));
        }
        rows.sort(
                Comparator.comparing(ConsumerInfo::group).thenComparing(row -> row.queue().name()));
        return rows;
    }

    private ConsumerInfo row(
            Group group,
            String topic,
            List<TopicPartition> partitions,
            Map<TopicPartition, Long> starts,
            Map<TopicPartition, Long> ends) {
        partitions.sort(Comparator.comparing(TopicPartition::partition));
        var lags = new ArrayList<PartitionLag>();
        Long sum = null;
        var consumed = 0L;
        var lost = 0L;
        for (var partition : partitions) {
            var committed = group.committed.get(partition);
            var end = ends.getOrDefault(partition, 0L);
            var start = starts.getOrDefault(partition, 0L);
            Long lag = group.lags.get(partition);
            if (lag == null && committed != null) {
                lag = Math.max(0, end - Math.max(start, committed));
            }
            if (lag != null) {
                sum = (sum == null ? 0 : sum) + lag;
            }
            if (committed != null) {
                consumed += committed;
                lost += Math.max(0, start - committed);
            }
            lags.add(
                    new PartitionLag(
                            partition.partition(),
                            committed,
                            end,
                            lag,
                            group.members.get(partition)));
        }
        var name = group.listing.groupId() + '\n' + topic;
        var known = sum != null;
        return new ConsumerInfo(
                group.listing.groupId(),
                group.kind,
                group.state,
                group.size,
                Records.topic(profile, topic),
                sum,
                known ? rates.look("consumed\n" + name, consumed) : null,
                sum == null ? null : rates.look("lag\n" + name, sum),
                lags,
                note(group, known, lost));
    }

    private static @Nullable String note(Group group, boolean known, long lost) {
        if (lost > 0) {
            return "Up to "
                    + Numerals.of(lost, "message was", "messages were")
                    + " deleted by retention before this group read them.";
        }
        if (!known) {
            return "Nothing is committed yet, so the lag is unknown.";
        }
        return group.state.equals(GroupState.EMPTY.toString()) ? "Nobody reads now." : null;
    }

    private Map<TopicPartition, Long> offsets(
            Collection<TopicPartition> partitions, OffsetSpec spec, Deadline deadline)
            throws BrokerException {
        if (partitions.isEmpty()) {
            return Map.of();
        }
        var specs = new HashMap<TopicPartition, OffsetSpec>();
        partitions.forEach(partition -> specs.put(partition, spec));
        var answers = clients.admin().listOffsets(specs);
        var offsets = new HashMap<TopicPartition, Long>();
        for (var partition : partitions) {
            seen(answers.partitionResult(partition), deadline)
                    .ifPresent(info -> offsets.put(partition, info.offset()));
        }
        return offsets;
    }

    private <T> Optional<T> seen(@Nullable KafkaFuture<T> answer, Deadline deadline)
            throws BrokerException {
        return clients.awaitIfAllowed(answer, deadline, Act.readingGroups());
    }
}
