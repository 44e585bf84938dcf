package org.deadletteroffice.kafka;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.header.Headers;
import org.deadletteroffice.spi.error.BrokerException;

/// What the headers of the newest records say: whether a topic holds dead letters, and where they
/// lay before.
///
/// Reads a few records of each topic in one go and remembers the answer until the topic has grown
/// well beyond; costs at most a second. What it could not read in time stays unknown.
final class HeaderSample {
    private static final int RECORDS = 20;
    private static final int PARTITIONS = 400;
    private static final int PARTITIONS_OF_ONE = 6;
    private static final Duration AT_MOST = Duration.ofSeconds(1);

    /// Headers that hold the topic a message died in, each framework's own.
    private static final List<String> ORIGINS =
            List.of(
                    "kafka_dlt-original-topic",
                    "kafka_original-topic",
                    "__connect.errors.topic",
                    "__streams.errors.topic",
                    "__dlq.errors.topic",
                    "x-original-topic",
                    "dead-letter-topic",
                    "delayed-retry-topic",
                    "__rule.topic",
                    "dlq-original-topic",
                    "x-dlq-original-topic",
                    "original-topic",
                    "original_topic");

    /// @param deadLetters whether a record with such headers was seen
    /// @param feeds the topics named, sorted
    /// @param oldEnd the topic's length when it was looked at
    record Seen(boolean deadLetters, List<String> feeds, long oldEnd) {
        static final Seen NOTHING = new Seen(false, List.of(), 0);
    }

    private final Clients clients;
    private final ConcurrentMap<Uuid, Seen> seen = new ConcurrentHashMap<>();

    HeaderSample(Clients clients) {
        this.clients = clients;
    }

    Seen of(Topic topic) {
        return seen.getOrDefault(topic.id(), Seen.NOTHING);
    }

    /// Looks at those of `topics` that are new or have grown by a tenth and 20 messages.
    void refresh(List<Topic> topics) throws BrokerException {
        var due = new ArrayList<Topic>();
        var partitions = 0;
        for (var topic : topics) {
            var before = seen.get(topic.id());
            var length = length(topic);
            if (length == 0 && before == null) {
                continue;
            }
            if (before == null || length > before.oldEnd + before.oldEnd / 10 + RECORDS) {
                partitions += Math.min(PARTITIONS_OF_ONE, topic.partitions());
                if (partitions > PARTITIONS) {
                    break;
                }
                due.add(topic);
            }
        }
        if (!due.isEmpty()) {
            read(due);
        }
    }

    private static long length(Topic topic) {
        var sum = 0L;
        for (var p = 0; p < topic.partitions(); p++) {
            sum += topic.end()[p] > topic.start()[p] ? topic.end()[p] : 0;
        }
        return sum;
    }

    private void read(List<Topic> topics) throws BrokerException {
        var places = new HashMap<TopicPartition, long[]>();
        var found = new HashMap<String, Set<String>>();
        var readable = new ArrayList<>(topics);
        for (var topic : topics) {
            var taken = 0;
            for (var p = 0; p < topic.partitions() && taken < PARTITIONS_OF_ONE; p++) {
                var end = topic.end()[p];
                if (end > topic.start()[p]) {
                    var from = Math.max(topic.start()[p], end - RECORDS);
                    places.put(new TopicPartition(topic.queue().name(), p), new long[] {from, end});
                    taken++;
                }
            }
        }
        var act = new Act("looking at the newest headers", "READ on the topics", null);
        var complete = new HashSet<String>();
        try (var lease = clients.borrow(Clients.Use.PAGE, act)) {
            try {
                while (!read(lease.consumer(), places, found, complete)) {
                    // One more topic was found to be unreadable; go on without it.
                }
            } catch (RuntimeException failed) {
                lease.spoil();
                if (failed instanceof InterruptException || clients.isClosed()) {
                    throw clients.errors().of(failed, act);
                }
                // The sample is a courtesy: without it the names still tell.
                System.getLogger(HeaderSample.class.getName())
                        .log(System.Logger.Level.DEBUG, "no sample of headers", failed);
            }
        }
        for (var topic : readable) {
            var name = topic.queue().name();
            var origins = found.get(name);
            if (origins != null || complete.contains(name)) {
                seen.put(
                        topic.id(),
                        new Seen(
                                origins != null,
                                origins == null ? List.of() : List.copyOf(origins),
                                length(topic)));
            }
        }
    }

    /// @return false when a topic was left out and the rest must be read again
    private static boolean read(
            KafkaConsumer<byte[], byte[]> consumer,
            Map<TopicPartition, long[]> places,
            Map<String, Set<String>> found,
            Set<String> complete) {
        if (places.isEmpty()) {
            return true;
        }
        consumer.assign(places.keySet());
        consumer.resume(consumer.paused());
        places.forEach((partition, place) -> consumer.seek(partition, place[0]));
        var unfinished = new HashSet<>(places.keySet());
        var deadline = Deadline.in(AT_MOST);
        while (!unfinished.isEmpty() && !deadline.passed()) {
            try {
                for (var record : consumer.poll(deadline.leftUpTo(Duration.ofMillis(100)))) {
                    origin(record.headers())
                            .ifPresent(
                                    topic ->
                                            found.computeIfAbsent(
                                                            record.topic(), _ -> new TreeSet<>())
                                                    .add(topic));
                }
            } catch (TopicAuthorizationException denied) {
                places.keySet().removeIf(p -> denied.unauthorizedTopics().contains(p.topic()));
                complete.addAll(denied.unauthorizedTopics());
                return false;
            }
            unfinished.removeIf(p -> consumer.position(p, deadline.left()) >= end(places, p));
            consumer.pause(places.keySet().stream().filter(p -> !unfinished.contains(p)).toList());
        }
        for (var partition : places.keySet()) {
            complete.add(partition.topic());
        }
        for (var partition : unfinished) {
            complete.remove(partition.topic());
        }
        return true;
    }

    private static long end(Map<TopicPartition, long[]> places, TopicPartition partition) {
        var place = places.get(partition);
        return place == null ? 0 : place[1];
    }

    private static Optional<String> origin(Headers headers) {
        for (var name : ORIGINS) {
            var header = headers.lastHeader(name);
            if (header != null && header.value() != null) {
                var text = new String(header.value(), java.nio.charset.StandardCharsets.UTF_8);
                if (text.matches("[a-zA-Z0-9._-]{1,249}")) {
                    return Optional.of(text);
                }
            }
        }
        return Optional.empty();
    }
}
