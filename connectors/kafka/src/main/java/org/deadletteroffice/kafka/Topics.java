package org.deadletteroffice.kafka;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.deadletteroffice.kafka.Records.Place;
import org.deadletteroffice.spi.error.BrokerException;
import org.deadletteroffice.spi.error.Remedy;
import org.deadletteroffice.spi.message.Cursor;
import org.deadletteroffice.spi.message.MessageId;
import org.deadletteroffice.spi.message.QueueRef;

/// Looks topics up and finds places in them.
///
/// A place is one offset for each partition, the id of the topic with it: a topic made anew under
/// the old name counts its offsets from 0 again.
final class Topics {
    private final Clients clients;

    Topics(Clients clients) {
        this.clients = clients;
    }

    /// Two questions to the cluster, whatever the topic's size.
    Topic look(QueueRef queue, Deadline deadline) throws BrokerException {
        var act = Act.describing(queue.name());
        var described =
                clients.await(
                        clients.admin()
                                .describeTopics(List.of(queue.name()))
                                .topicNameValues()
                                .get(queue.name()),
                        deadline,
                        act);
        var partitions = described.partitions().size();
        for (var partition : described.partitions()) {
            if (partition.leader() == null) {
                throw new BrokerException.Unreachable(
                        "Partition "
                                + partition.partition()
                                + " of the topic "
                                + queue.name()
                                + " has no leader.",
                        new Remedy.Advice("Bring the brokers that hold it back."),
                        null);
            }
        }
        var earliest = ask(queue, partitions, OffsetSpec.earliest());
        var latest = ask(queue, partitions, OffsetSpec.latest());
        return new Topic(
                queue,
                described.topicId(),
                offsets(earliest, partitions, deadline, act),
                offsets(latest, partitions, deadline, act));
    }

    /// Makes sure that the topic is still the one that was looked at.
    void refuseOther(Topic topic, Deadline deadline) throws BrokerException {
        var name = topic.queue().name();
        var now =
                clients.await(
                        clients.admin().describeTopics(List.of(name)).topicNameValues().get(name),
                        deadline,
                        Act.describing(name));
        if (!now.topicId().equals(topic.id())) {
            throw madeAnew(topic);
        }
    }

    IsolationLevel isolation() {
        return "read_uncommitted"
                        .equals(clients.profile().clientProperties().get("isolation.level"))
                ? IsolationLevel.READ_UNCOMMITTED
                : IsolationLevel.READ_COMMITTED;
    }

    private Map<TopicPartition, org.apache.kafka.common.KafkaFuture<ListOffsetsResultInfo>> ask(
            QueueRef queue, int partitions, OffsetSpec spec) throws BrokerException {
        var specs = new HashMap<TopicPartition, OffsetSpec>();
        for (var p = 0; p < partitions; p++) {
            specs.put(new TopicPartition(queue.name(), p), spec);
        }
        var answer = clients.admin().listOffsets(specs, new ListOffsetsOptions(isolation()));
        return specs.keySet().stream().collect(Collectors.toMap(tp -> tp, answer::partitionResult));
    }

    private long[] offsets(
            Map<TopicPartition, org.apache.kafka.common.KafkaFuture<ListOffsetsResultInfo>> answer,
            int partitions,
            Deadline deadline,
            Act act)
            throws BrokerException {
        var offsets = new long[partitions];
        for (var one : answer.entrySet()) {
            offsets[one.getKey().partition()] =
                    clients.await(one.getValue(), deadline, act).offset();
        }
        return offsets;
    }

    /// The offsets that a cursor stands for, moved into what the topic holds now.
    ///
    /// @throws BrokerException.Gone when the cursor is of a topic that was made anew since
    long[] resolve(Topic topic, Cursor cursor, Deadline deadline) throws BrokerException {
        return switch (cursor) {
            case Cursor.Oldest _ -> topic.start().clone();
            case Cursor.Newest _ -> topic.clamped(topic.end());
            case Cursor.At(var instant) -> byTime(topic, instant.toEpochMilli(), deadline);
            case Cursor.Before(var id) -> before(topic, id, deadline);
            case Cursor.Token(var text) -> topic.clamped(read(topic, text));
        };
    }

    static Cursor token(Uuid topic, long[] offsets) {
        return new Cursor.Token(
                topic
                        + "."
                        + Arrays.stream(offsets)
                                .mapToObj(Long::toString)
                                .collect(Collectors.joining(".")));
    }

    /// The offsets that a token holds, as they were.
    static long[] read(Topic topic, String token) throws BrokerException {
        var parts = token.split("\\.", -1);
        try {
            if (Uuid.fromString(parts[0]).equals(topic.id())) {
                return Arrays.stream(parts).skip(1).mapToLong(Long::parseLong).toArray();
            }
        } catch (IllegalArgumentException notOurs) {
            throw new BrokerException.Gone(
                    "This is no place in the topic " + topic.queue().name() + '.',
                    new Remedy.Advice("Start again from the newest or the oldest message."),
                    notOurs);
        }
        throw madeAnew(topic);
    }

    private static BrokerException madeAnew(Topic topic) {
        return new BrokerException.Gone(
                "The topic "
                        + topic.queue().name()
                        + " was deleted and made anew since this place was noted.",
                new Remedy.Advice("Start again from the newest or the oldest message."),
                null);
    }

    /// The first offsets at or after a time; the end where there is none. Where timestamps are out
    /// of order, later offsets may be older.
    private long[] byTime(Topic topic, long millis, Deadline deadline) throws BrokerException {
        var queue = topic.queue();
        var found =
                offsets(
                        ask(
                                queue,
                                topic.partitions(),
                                OffsetSpec.forTimestamp(Math.max(0, millis))),
                        topic.partitions(),
                        deadline,
                        Act.describing(queue.name()));
        for (var p = 0; p < found.length; p++) {
            found[p] = found[p] < 0 ? topic.end()[p] : found[p];
        }
        return topic.clamped(found);
    }

    private long[] before(Topic topic, MessageId id, Deadline deadline) throws BrokerException {
        var place =
                Place.of(id)
                        .filter(p -> p.partition() < topic.partitions())
                        .orElseThrow(() -> noMessage(topic, id));
        var inside = new long[topic.partitions()];
        if (topic.partitions() > 1) {
            try (var reader = new LogReader(clients, Clients.Use.PAGE, topic)) {
                var from = topic.start().clone();
                var until = topic.start().clone();
                from[place.partition()] = Math.max(from[place.partition()], place.offset());
                until[place.partition()] = topic.end()[place.partition()];
                var there = new Forward(reader, from, until);
                there.fill(deadline, deadline);
                var first = there.next();
                inside =
                        first == null
                                ? topic.end().clone()
                                : byTime(topic, Math.max(0, first.timestamp()), deadline);
                if (first != null) {
                    // Of equal times, lower partitions come first.
                    var after = byTime(topic, Math.max(0, first.timestamp() + 1), deadline);
                    System.arraycopy(after, 0, inside, 0, place.partition());
                }
            }
        }
        inside[place.partition()] = place.offset();
        return topic.clamped(inside);
    }

    static BrokerException noMessage(Topic topic, MessageId id) {
        return new BrokerException.NotFound(
                "There is no message " + id + " in the topic " + topic.queue().name() + '.',
                new Remedy.Advice("Give partition and offset, such as 3-918204."),
                null);
    }

    /// All numbers of a topic's partitions.
    static List<Integer> numbers(int partitions) {
        var all = new ArrayList<Integer>();
        for (var p = 0; p < partitions; p++) {
            all.add(p);
        }
        return all;
    }
}
