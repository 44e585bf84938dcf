package org.deadletteroffice.kafka;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.config.TopicConfig;
import org.deadletteroffice.kafka.Records.Place;
import org.deadletteroffice.spi.connector.BrokerConnection;
import org.deadletteroffice.spi.connector.Browse;
import org.deadletteroffice.spi.connector.Capabilities;
import org.deadletteroffice.spi.connector.KeyLog;
import org.deadletteroffice.spi.connector.ObjectStore;
import org.deadletteroffice.spi.connector.ObserverEffect;
import org.deadletteroffice.spi.connector.Scan;
import org.deadletteroffice.spi.connector.ServerSideMover;
import org.deadletteroffice.spi.error.BrokerException;
import org.deadletteroffice.spi.error.Remedy;
import org.deadletteroffice.spi.message.ConsumerInfo;
import org.deadletteroffice.spi.message.Count;
import org.deadletteroffice.spi.message.Cursor;
import org.deadletteroffice.spi.message.DeadLetter;
import org.deadletteroffice.spi.message.MessageId;
import org.deadletteroffice.spi.message.QueueInfo;
import org.deadletteroffice.spi.message.QueueRef;
import org.deadletteroffice.spi.profile.Check;
import org.deadletteroffice.spi.transfer.Guarantee;
import org.deadletteroffice.spi.transfer.Transfer;
import org.deadletteroffice.spi.transfer.TransferPlan;

/// One Kafka cluster, over one profile.
final class KafkaConnection implements BrokerConnection {
    private final Clients clients;
    private final Topics topics;
    private final KafkaQueues queues;
    private final KafkaConsumers consumers;

    KafkaConnection(String profile, KafkaProfile settings) {
        this.clients = new Clients(settings);
        this.topics = new Topics(clients);
        this.queues = new KafkaQueues(clients, topics, profile);
        this.consumers = new KafkaConsumers(clients, profile);
    }

    @Override
    public void checks(Consumer<Check> listener) throws BrokerException {
        new KafkaChecks(clients, this, listener).run();
    }

    @Override
    public List<QueueInfo> queues() throws BrokerException {
        return queues.all();
    }

    @Override
    public QueueInfo queue(QueueRef queue) throws BrokerException {
        return queues.one(queue);
    }

    @Override
    public List<ConsumerInfo> consumers() throws BrokerException {
        return consumers.all();
    }

    @Override
    public Capabilities capabilities(QueueRef queue) throws BrokerException {
        var deadline = clients.deadline();
        var act = Act.describing(queue.name());
        var topic =
                clients.await(
                        clients.admin()
                                .describeTopics(
                                        List.of(queue.name()),
                                        new DescribeTopicsOptions()
                                                .includeAuthorizedOperations(true))
                                .topicNameValues()
                                .get(queue.name()),
                        deadline,
                        act);
        var rights = topic.authorizedOperations();
        var mayDelete = rights == null || rights.contains(AclOperation.DELETE);
        return new Capabilities(
                true,
                true,
                true,
                false,
                true,
                mayDelete && keepsByTime(queue, deadline),
                false,
                true,
                Guarantee.EXACTLY_ONCE,
                ObserverEffect.NONE);
    }

    /// A log that is only compacted refuses to be trimmed. Where the settings may not be seen, the
    /// usual policy is supposed.
    private boolean keepsByTime(QueueRef queue, Deadline deadline) throws BrokerException {
        var config = queues.config(queue.name(), deadline);
        return config == null
                || KafkaQueues.policy(config).contains(TopicConfig.CLEANUP_POLICY_DELETE);
    }

    @Override
    public Browse takeFrom(QueueRef queue) throws BrokerException {
        return browse(queue);
    }

    @Override
    public Browse browse(QueueRef queue) throws BrokerException {
        var _ = topics.look(queue, clients.deadline());
        return new KafkaBrowse(clients, topics, queue);
    }

    @Override
    public Scan scan(QueueRef queue, Cursor from, Cursor until) throws BrokerException {
        var deadline = clients.deadline();
        var topic = topics.look(queue, deadline);
        if (from instanceof Cursor.Token(var text)) {
            refuseExpired(topic, Topics.read(topic, text));
        }
        return new KafkaScan(
                clients,
                topic,
                topics.resolve(topic, from, deadline),
                topics.resolve(topic, until, deadline));
    }

    /// A scan that goes on from a place must not silently miss what expired behind it.
    private static void refuseExpired(Topic topic, long[] offsets) throws BrokerException {
        for (var p = 0; p < Math.min(offsets.length, topic.partitions()); p++) {
            if (offsets[p] < topic.start()[p]) {
                throw new BrokerException.Gone(
                        "Messages of the topic "
                                + topic.queue().name()
                                + " that lay behind this place are deleted by now.",
                        new Remedy.Advice("Start again from the oldest message."),
                        null);
            }
        }
    }

    @Override
    public Cursor snapshot(QueueRef queue) throws BrokerException {
        var topic = topics.look(queue, clients.deadline());
        return Topics.token(topic.id(), topic.end());
    }

    @Override
    public List<DeadLetter> fetch(QueueRef queue, List<MessageId> ids) throws BrokerException {
        if (ids.size() > 1_000) {
            throw new IllegalArgumentException("at most 1,000 ids a call, not " + ids.size());
        }
        var topic = topics.look(queue, clients.deadline());
        var places = ids.stream().map(Place::of).flatMap(Optional::stream).toList();
        var found = new NamedRecords(clients, topic).read(places);
        var messages = new ArrayList<DeadLetter>();
        for (var id : ids) {
            Place.of(id).map(found::get).ifPresent(messages::add);
        }
        return messages;
    }

    @Override
    public Transfer transfer(TransferPlan plan) throws BrokerException {
        return new KafkaTransfer(clients, plan);
    }

    /// None: an offset is never given twice.
    @Override
    public Set<MessageId> alike(QueueRef queue, List<MessageId> ids) {
        return Set.of();
    }

    @Override
    public List<MessageId> remove(QueueRef queue, List<MessageId> ids) throws BrokerException {
        throw new BrokerException.Unsupported(
                "Kafka cannot remove single messages from the topic " + queue.name() + '.',
                new Remedy.Advice("Mark them as resolved, or trim the topic up to a message."),
                null);
    }

    @Override
    public Purged purge(QueueRef queue, Cursor until) throws BrokerException {
        var deadline = clients.deadline();
        var act = Act.trimming(queue.name());
        var topic = topics.look(queue, deadline);
        if (!keepsByTime(queue, deadline)) {
            throw new BrokerException.Unsupported(
                    "The topic " + queue.name() + " is compacted, and Kafka does not trim it.",
                    new Remedy.Advice("Let compaction remove old messages of each key."),
                    null);
        }
        var offsets = topics.resolve(topic, until, deadline);
        var below = new HashMap<TopicPartition, RecordsToDelete>();
        for (var p = 0; p < offsets.length; p++) {
            if (offsets[p] > topic.start()[p]) {
                below.put(
                        new TopicPartition(queue.name(), p),
                        RecordsToDelete.beforeOffset(offsets[p]));
            }
        }
        if (below.isEmpty()) {
            return new Purged(Count.exact(0));
        }
        clients.await(clients.admin().deleteRecords(below).all(), deadline, act);
        return new Purged(Topic.count(topic.start(), offsets));
    }

    @Override
    public Optional<ObjectStore> objects() {
        return Optional.empty();
    }

    @Override
    public Optional<KeyLog> keyLog() {
        return Optional.of(new KafkaKeyLog(clients, topics));
    }

    @Override
    public Optional<ServerSideMover> serverSideMover() {
        return Optional.empty();
    }

    @Override
    public void close() {
        clients.close();
    }
}
