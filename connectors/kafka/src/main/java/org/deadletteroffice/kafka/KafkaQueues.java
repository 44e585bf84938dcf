package org.deadletteroffice.kafka;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.AuthorizationException;
import org.deadletteroffice.spi.error.BrokerException;
import org.deadletteroffice.spi.message.Count;
import org.deadletteroffice.spi.message.QueueInfo;
import org.deadletteroffice.spi.message.QueueRef;
import org.deadletteroffice.spi.message.QueueRole;
import org.jspecify.annotations.Nullable;

/// Topics with what can be said of each. A handful of questions to the cluster, however many topics
/// there are; what may not be asked stays unknown.
final class KafkaQueues {
    private final Clients clients;
    private final Topics topics;
    private final String profile;
    private final HeaderSample sample;
    private final RateMeter rates = new RateMeter();

    KafkaQueues(Clients clients, Topics topics, String profile) {
        this.clients = clients;
        this.topics = topics;
        this.profile = profile;
        this.sample = new HeaderSample(clients);
    }

    List<QueueInfo> all() throws BrokerException {
        var deadline = clients.deadline();
        var names = clients.await(clients.admin().listTopics().names(), deadline, Act.listing());
        return infos(
                names.stream().filter(name -> !TopicNames.isInternal(name)).toList(), deadline);
    }

    QueueInfo one(QueueRef queue) throws BrokerException {
        var deadline = clients.deadline();
        // Asked for by itself, so that its absence is told.
        var _ = topics.look(queue, deadline);
        return infos(List.of(queue.name()), deadline).stream()
                .findFirst()
                .orElseThrow(() -> KafkaErrors.noTopic(Act.describing(queue.name()), null));
    }

    private List<QueueInfo> infos(Collection<String> names, Deadline deadline)
            throws BrokerException {
        var described = describe(names, deadline);
        var partitions = new ArrayList<TopicPartition>();
        for (var topic : described) {
            for (var partition : topic.partitions()) {
                if (partition.leader() != null) {
                    partitions.add(new TopicPartition(topic.name(), partition.partition()));
                }
            }
        }
        var earliest = ask(partitions, OffsetSpec.earliest());
        var latest = ask(partitions, OffsetSpec.latest());
        var configs =
                clients.admin()
                        .describeConfigs(described.stream().map(t -> resource(t.name())).toList())
                        .values();
        var sizes = clients.admin().describeLogDirs(brokers(described)).allDescriptions();
        var starts = offsets(earliest, deadline);
        var ends = offsets(latest, deadline);

        var looked = new HashMap<String, Topic>();
        for (var topic : described) {
            looked.put(topic.name(), topic(topic, starts, ends));
        }
        var oldest = oldest(looked.values());
        sample.refresh(
                looked.values().stream()
                        .sorted(
                                Comparator.comparing(
                                                (Topic t) ->
                                                        TopicNames.role(t.queue().name())
                                                                == QueueRole.UNKNOWN)
                                        .thenComparing(t -> t.queue().name()))
                        .toList());
        var bytes = bytes(sizes, described, deadline);
        var times = times(oldest, deadline);
        var sources = sources(looked);

        var infos = new ArrayList<QueueInfo>();
        for (var topic : described) {
            var name = topic.name();
            var look = topic(topic, starts, ends);
            infos.add(
                    new QueueInfo(
                            look.queue(),
                            topic.topicId().toString(),
                            role(look, sources),
                            depth(topic, look),
                            bytes == null ? null : bytes.getOrDefault(name, 0L),
                            times.get(name),
                            rate(look),
                            null,
                            feeds(look, looked.keySet()),
                            List.of(),
                            topic.partitions().size(),
                            retention(configs.get(resource(name)), deadline),
                            null));
        }
        infos.sort(Comparator.comparing(info -> info.ref().name()));
        return infos;
    }

    private List<TopicDescription> describe(Collection<String> names, Deadline deadline)
            throws BrokerException {
        var described = new ArrayList<TopicDescription>();
        var answers = clients.admin().describeTopics(names).topicNameValues();
        for (var answer : answers.entrySet()) {
            var topic = allowed(answer.getValue(), deadline, Act.describing(answer.getKey()));
            if (topic != null && !topic.isInternal()) {
                described.add(topic);
            }
        }
        return described;
    }

    private <T> @Nullable T allowed(@Nullable KafkaFuture<T> answer, Deadline deadline, Act act)
            throws BrokerException {
        return clients.awaitIfAllowed(answer, deadline, act).orElse(null);
    }

    private Map<TopicPartition, KafkaFuture<ListOffsetsResultInfo>> ask(
            Collection<TopicPartition> partitions, OffsetSpec spec) throws BrokerException {
        var specs = new HashMap<TopicPartition, OffsetSpec>();
        partitions.forEach(partition -> specs.put(partition, spec));
        var answers =
                clients.admin().listOffsets(specs, new ListOffsetsOptions(topics.isolation()));
        var futures = new HashMap<TopicPartition, KafkaFuture<ListOffsetsResultInfo>>();
        specs.keySet().forEach(p -> futures.put(p, answers.partitionResult(p)));
        return futures;
    }

    private Map<TopicPartition, Long> offsets(
            Map<TopicPartition, KafkaFuture<ListOffsetsResultInfo>> answers, Deadline deadline)
            throws BrokerException {
        var offsets = new HashMap<TopicPartition, Long>();
        for (var answer : answers.entrySet()) {
            var info =
                    allowed(answer.getValue(), deadline, Act.describing(answer.getKey().topic()));
            if (info != null) {
                offsets.put(answer.getKey(), info.offset());
            }
        }
        return offsets;
    }

    private Topic topic(
            TopicDescription topic,
            Map<TopicPartition, Long> starts,
            Map<TopicPartition, Long> ends) {
        var start = new long[topic.partitions().size()];
        var end = new long[start.length];
        for (var p = 0; p < start.length; p++) {
            var partition = new TopicPartition(topic.name(), p);
            start[p] = starts.getOrDefault(partition, 0L);
            end[p] = ends.getOrDefault(partition, start[p]);
        }
        return new Topic(Records.topic(profile, topic.name()), topic.topicId(), start, end);
    }

    private static Count depth(TopicDescription topic, Topic look) {
        return topic.partitions().stream().anyMatch(partition -> partition.leader() == null)
                ? Count.atLeast(0)
                : look.count();
    }

    /// Asks for the first record of every partition that holds dead letters by its name.
    private Map<TopicPartition, KafkaFuture<ListOffsetsResultInfo>> oldest(Collection<Topic> looked)
            throws BrokerException {
        var partitions = new ArrayList<TopicPartition>();
        for (var topic : looked) {
            if (TopicNames.role(topic.queue().name()) == QueueRole.UNKNOWN
                    && !sample.of(topic).deadLetters()
                    && looked.size() > 1) {
                continue;
            }
            for (var p = 0; p < topic.partitions(); p++) {
                if (topic.end()[p] > topic.start()[p]) {
                    partitions.add(new TopicPartition(topic.queue().name(), p));
                }
            }
        }
        return partitions.isEmpty() ? Map.of() : ask(partitions, OffsetSpec.forTimestamp(0));
    }

    private Map<String, Instant> times(
            Map<TopicPartition, KafkaFuture<ListOffsetsResultInfo>> answers, Deadline deadline)
            throws BrokerException {
        var times = new HashMap<String, Instant>();
        for (var answer : answers.entrySet()) {
            var name = answer.getKey().topic();
            var first = allowed(answer.getValue(), deadline, Act.describing(name));
            if (first != null && first.timestamp() >= 0) {
                times.merge(
                        name,
                        Instant.ofEpochMilli(first.timestamp()),
                        (a, b) -> a.isBefore(b) ? a : b);
            }
        }
        return times;
    }

    private static Set<Integer> brokers(List<TopicDescription> described) {
        var ids = new HashSet<Integer>();
        for (var topic : described) {
            for (var partition : topic.partitions()) {
                if (partition.leader() != null) {
                    ids.add(partition.leader().id());
                }
            }
        }
        return ids;
    }

    /// Bytes of the leaders' replicas by topic; null where the cluster may not be asked.
    private @Nullable Map<String, Long> bytes(
            KafkaFuture<Map<Integer, Map<String, org.apache.kafka.clients.admin.LogDirDescription>>>
                    answer,
            List<TopicDescription> described,
            Deadline deadline)
            throws BrokerException {
        var dirs =
                allowed(
                        answer,
                        deadline,
                        new Act("asking for sizes", "DESCRIBE on the cluster", null));
        if (dirs == null
                || dirs.values().stream()
                        .flatMap(d -> d.values().stream())
                        .anyMatch(d -> d.error() instanceof AuthorizationException)) {
            return null;
        }
        // Without the right the answer is empty rather than refused.
        if (dirs.values().stream().allMatch(Map::isEmpty) && !described.isEmpty()) {
            return null;
        }
        var bytes = new HashMap<String, Long>();
        for (var topic : described) {
            for (var partition : topic.partitions()) {
                var leader = partition.leader();
                if (leader == null) {
                    continue;
                }
                var key = new TopicPartition(topic.name(), partition.partition());
                for (var dir : dirs.getOrDefault(leader.id(), Map.of()).values()) {
                    var replica = dir.replicaInfos().get(key);
                    if (replica != null && !replica.isFuture()) {
                        bytes.merge(topic.name(), replica.size(), Long::sum);
                    }
                }
            }
        }
        return bytes;
    }

    private @Nullable Double rate(Topic topic) {
        var sum = 0L;
        for (var end : topic.end()) {
            sum += end;
        }
        return rates.look(topic.id().toString(), sum);
    }

    /// Topics that feed a dead-letter or retry topic, by headers seen or by its name.
    private Set<String> sources(Map<String, Topic> looked) {
        var sources = new HashSet<String>();
        for (var topic : looked.values()) {
            var name = topic.queue().name();
            if (sample.of(topic).deadLetters() || TopicNames.role(name) != QueueRole.UNKNOWN) {
                sources.addAll(feeds(topic, looked.keySet()));
            }
        }
        return sources;
    }

    private List<String> feeds(Topic topic, Set<String> known) {
        var feeds = new TreeSet<>(sample.of(topic).feeds());
        var name = topic.queue().name();
        feeds.remove(name);
        if (feeds.isEmpty() && TopicNames.role(name) != QueueRole.UNKNOWN) {
            TopicNames.source(name).filter(known::contains).ifPresent(feeds::add);
        }
        return List.copyOf(feeds);
    }

    private QueueRole role(Topic topic, Set<String> sources) {
        var name = topic.queue().name();
        var byName = TopicNames.role(name);
        if (byName != QueueRole.UNKNOWN) {
            return byName;
        }
        // A topic that others die out of may hold replayed messages with such headers.
        if (sources.contains(name)) {
            return QueueRole.SOURCE;
        }
        return sample.of(topic).deadLetters() ? QueueRole.DEAD_LETTER : QueueRole.UNKNOWN;
    }

    private @Nullable Duration retention(@Nullable KafkaFuture<Config> answer, Deadline deadline)
            throws BrokerException {
        var config =
                allowed(answer, deadline, new Act("asking for settings", "DESCRIBE_CONFIGS", null));
        if (config == null || !policy(config).contains(TopicConfig.CLEANUP_POLICY_DELETE)) {
            return null;
        }
        var entry = config.get(TopicConfig.RETENTION_MS_CONFIG);
        var millis = entry == null || entry.value() == null ? -1 : Long.parseLong(entry.value());
        return millis < 0 ? null : Duration.ofMillis(millis);
    }

    /// The topic's settings; null where they may not be seen.
    @Nullable Config config(String topic, Deadline deadline) throws BrokerException {
        var answer = clients.admin().describeConfigs(List.of(resource(topic))).values();
        return allowed(
                answer.get(resource(topic)),
                deadline,
                new Act(
                        "asking for settings of " + topic,
                        "DESCRIBE_CONFIGS on topic " + topic,
                        topic));
    }

    static String policy(Config config) {
        var entry = config.get(TopicConfig.CLEANUP_POLICY_CONFIG);
        return entry == null || entry.value() == null ? "" : entry.value();
    }

    static ConfigResource resource(String topic) {
        return new ConfigResource(ConfigResource.Type.TOPIC, topic);
    }
}
