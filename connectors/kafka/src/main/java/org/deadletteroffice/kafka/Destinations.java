package org.deadletteroffice.kafka;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.deadletteroffice.spi.error.BrokerException;
import org.deadletteroffice.spi.error.Remedy;
import org.deadletteroffice.spi.transfer.Outgoing;
import org.jspecify.annotations.Nullable;

/// What is known of the topics that messages go to, and which messages they would not take.
final class Destinations {
    private static final Duration FRESH = Duration.ofSeconds(20);

    /// @param problem why nothing can be sent there at all; null where it can
    /// @param maxBytes the largest batch the topic takes; null where its settings may not be seen
    /// @param needsKey whether a record without a key is refused (compaction)
    /// @param maxAge how old a record's own timestamp may be; null: any
    private record Destination(
            @Nullable BrokerException problem,
            int partitions,
            @Nullable Long maxBytes,
            boolean needsKey,
            @Nullable Duration maxAge,
            @Nullable Duration maxAhead,
            Deadline fresh) {}

    private final Clients clients;
    private final Map<String, Destination> known = new ConcurrentHashMap<>();

    Destinations(Clients clients) {
        this.clients = clients;
    }

    /// Learns what is not yet known, in two questions.
    ///
    /// @throws BrokerException when the cluster does not answer
    void learn(Collection<String> names) throws BrokerException {
        var asked = new HashSet<>(names);
        asked.removeIf(
                name -> {
                    var before = known.get(name);
                    return before != null && !before.fresh.passed();
                });
        if (asked.isEmpty()) {
            return;
        }
        var deadline = clients.deadline();
        var resources = new ArrayList<ConfigResource>();
        asked.forEach(name -> resources.add(KafkaQueues.resource(name)));
        var topics =
                clients.admin()
                        .describeTopics(
                                asked,
                                new DescribeTopicsOptions().includeAuthorizedOperations(true))
                        .topicNameValues();
        var configs = new HashMap<ConfigResource, KafkaFuture<Config>>();
        configs.putAll(clients.admin().describeConfigs(resources).values());
        for (var name : asked) {
            var act = Act.writing(name);
            try {
                var topic = clients.await(topics.get(name), deadline, act);
                var config =
                        clients.awaitIfAllowed(
                                configs.get(KafkaQueues.resource(name)), deadline, act);
                var rights = topic.authorizedOperations();
                known.put(
                        name,
                        destination(
                                rights != null && !rights.contains(AclOperation.WRITE)
                                        ? clients.errors().denied(act.right(), act, null)
                                        : null,
                                topic.partitions().size(),
                                config));
            } catch (BrokerException failed) {
                switch (failed) {
                    case BrokerException.NotFound _, BrokerException.NotAuthorized _ ->
                            known.put(name, destination(failed, 0, Optional.empty()));
                    default -> throw failed;
                }
            }
        }
    }

    /// Forgets what was learnt of a topic whose answer to a record was unexpected.
    void forget(String name) {
        known.remove(name);
    }

    private static Destination destination(
            @Nullable BrokerException problem, int partitions, Optional<Config> settings) {
        var fresh = Deadline.in(FRESH);
        if (settings.isEmpty()) {
            return new Destination(problem, partitions, null, false, null, null, fresh);
        }
        var config = settings.get();
        var ownTime = "CreateTime".equals(value(config, TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG));
        return new Destination(
                problem,
                partitions,
                number(config, TopicConfig.MAX_MESSAGE_BYTES_CONFIG),
                KafkaQueues.policy(config).contains(TopicConfig.CLEANUP_POLICY_COMPACT),
                ownTime ? time(config, TopicConfig.MESSAGE_TIMESTAMP_BEFORE_MAX_MS_CONFIG) : null,
                ownTime ? time(config, TopicConfig.MESSAGE_TIMESTAMP_AFTER_MAX_MS_CONFIG) : null,
                fresh);
    }

    private static @Nullable String value(Config config, String name) {
        var entry = config.get(name);
        return entry == null ? null : entry.value();
    }

    private static @Nullable Long number(Config config, String name) {
        var value = value(config, name);
        return value == null ? null : Long.valueOf(value);
    }

    private static @Nullable Duration time(Config config, String name) {
        var millis = number(config, name);
        return millis == null || millis == Long.MAX_VALUE ? null : Duration.ofMillis(millis);
    }

    /// The partition to send to: the one wished for, if the topic still has it; null: by key.
    @Nullable Integer partition(String topic, @Nullable Integer wished) {
        var destination = known.get(topic);
        return wished != null
                        && wished >= 0
                        && destination != null
                        && wished < destination.partitions
                ? wished
                : null;
    }

    /// Why the topic would not take this message; empty where nothing speaks against it.
    Optional<BrokerException> refusal(Outgoing message) {
        var destination = known.get(message.destination());
        if (destination == null) {
            return Optional.empty();
        }
        if (destination.problem != null) {
            return Optional.of(destination.problem);
        }
        if (message.original().corrupt() != null) {
            return Optional.of(
                    new BrokerException.Corrupt(
                            "The message "
                                    + message.original().id()
                                    + " could not be read whole, so it is not sent.",
                            new Remedy.Advice("Leave it out."),
                            null));
        }
        var size = RecordSize.of(message);
        var limit = destination.maxBytes;
        if (limit != null && size > limit) {
            return Optional.of(tooLarge(message, size, limit));
        }
        if (destination.needsKey && message.key() == null) {
            return Optional.of(
                    new BrokerException.Unsupported(
                            "The topic "
                                    + message.destination()
                                    + " is compacted and takes no message without a key.",
                            new Remedy.Advice("Give the message a key or another destination."),
                            null));
        }
        return age(message, destination);
    }

    private static Optional<BrokerException> age(Outgoing message, Destination destination) {
        var timestamp = message.timestamp();
        if (timestamp == null) {
            return Optional.empty();
        }
        var age = Duration.between(timestamp, Instant.now());
        var tooOld = destination.maxAge != null && age.compareTo(destination.maxAge) > 0;
        var tooNew =
                destination.maxAhead != null && age.negated().compareTo(destination.maxAhead) > 0;
        return tooOld || tooNew ? Optional.of(badTime(message)) : Optional.empty();
    }

    static BrokerException tooLarge(Outgoing message, long size, long limit) {
        return new BrokerException.TooLarge(
                "The message "
                        + message.original().id()
                        + " takes "
                        + size
                        + " bytes, and "
                        + message.destination()
                        + " takes "
                        + limit
                        + '.',
                limit,
                new Remedy.Advice(
                        "Raise max.message.bytes of the topic "
                                + message.destination()
                                + ", or make the message smaller."),
                null);
    }

    static BrokerException badTime(Outgoing message) {
        return new BrokerException.Unsupported(
                "The topic "
                        + message.destination()
                        + " does not take a message with a time as far away as "
                        + message.timestamp()
                        + '.',
                new Remedy.Advice("Send it with a new timestamp."),
                null);
    }
}
