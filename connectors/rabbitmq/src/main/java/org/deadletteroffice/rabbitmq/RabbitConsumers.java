package org.deadletteroffice.rabbitmq;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.deadletteroffice.spi.error.BrokerException;
import org.deadletteroffice.spi.message.ConsumerInfo;
import org.deadletteroffice.spi.message.Numerals;
import org.deadletteroffice.spi.message.QueueKind;
import org.deadletteroffice.spi.message.QueueRef;
import org.jspecify.annotations.Nullable;

/// Who reads a queue now: RabbitMQ forgets a consumer when it leaves. One row for each application
/// and queue; the lag is what is ready and what is out unacknowledged. Known by the management API
/// alone.
final class RabbitConsumers {
    private final Link link;
    private final Management management;
    private final RabbitQueues queues;
    private final String profile;
    private final Map<String, Look> looks = new ConcurrentHashMap<>();

    RabbitConsumers(Link link, Management management, RabbitQueues queues, String profile) {
        this.link = link;
        this.management = management;
        this.queues = queues;
        this.profile = profile;
    }

    /// @param taken null where nobody asked for it
    private record Look(long nanos, long lag, @Nullable Long taken) {}

    private record Key(String queue, String reader) {}

    List<ConsumerInfo> all() throws BrokerException {
        var deadline = link.deadline();
        var listed =
                management.get(
                        "/consumers/" + management.vhost(),
                        new Act("listing consumers", new Right.Tag("management"), null),
                        deadline);
        if (listed.isEmpty()) {
            link.signIn(Act.connecting(), deadline);
            return List.of();
        }
        var names = ReaderNames.read(management, deadline);
        var members = new TreeMap<String, Map<String, List<JsonNode>>>();
        for (var consumer : listed.get()) {
            if (isReader(consumer)) {
                members.computeIfAbsent(
                                consumer.path("queue").path("name").asText(), _ -> new TreeMap<>())
                        .computeIfAbsent(names.of(consumer), _ -> new ArrayList<>())
                        .add(consumer);
            }
        }
        if (members.isEmpty()) {
            return List.of();
        }
        var facts = queues.facts(members.keySet(), deadline);
        var rows = new ArrayList<ConsumerInfo>();
        members.forEach(
                (queue, readers) ->
                        readers.forEach(
                                (reader, consumers) ->
                                        rows.add(
                                                row(
                                                        new Key(queue, reader),
                                                        consumers,
                                                        facts.get(queue)))));
        return rows;
    }

    /// The API tells of a consumer for a moment after its channel has gone.
    private static boolean isReader(JsonNode consumer) {
        return !consumer.path("consumer_tag").asText().startsWith(Window.TAG)
                && (consumer.path("active").asBoolean(true)
                        || consumer.path("channel_details").has("name"));
    }

    private ConsumerInfo row(Key key, List<JsonNode> consumers, @Nullable QueueFacts facts) {
        var active = consumers.stream().filter(each -> each.path("active").asBoolean(true)).count();
        var now =
                facts == null
                        ? null
                        : new Look(
                                System.nanoTime(),
                                facts.messages(),
                                facts.hasStatistics() ? facts.taken() : null);
        var last =
                now == null
                        ? looks.get(key.queue() + ' ' + key.reader())
                        : looks.put(key.queue() + ' ' + key.reader(), now);
        return new ConsumerInfo(
                key.reader(),
                "consumer",
                active == consumers.size()
                        ? "active"
                        : active + " of " + consumers.size() + " active",
                consumers.size(),
                new QueueRef(profile, key.queue(), facts == null ? QueueKind.QUEUE : facts.kind()),
                now == null ? null : now.lag(),
                rate(last, now),
                growth(last, now),
                List.of(),
                facts != null && facts.unacknowledged() > 0
                        ? Numerals.of(facts.unacknowledged())
                                + " of them are out and not acknowledged"
                        : null);
    }

    private static @Nullable Double rate(@Nullable Look last, @Nullable Look now) {
        if (last == null || now == null || last.taken() == null || now.taken() == null) {
            return null;
        }
        return Math.max(0, now.taken() - last.taken()) / seconds(last, now);
    }

    private static @Nullable Double growth(@Nullable Look last, @Nullable Look now) {
        return last == null || now == null ? null : (now.lag() - last.lag()) / seconds(last, now);
    }

    private static double seconds(Look last, Look now) {
        return Math.max(1, now.nanos() - last.nanos()) / 1e9;
    }
}
