package org.deadletteroffice.rabbitmq;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.deadletteroffice.spi.error.BrokerException;
import org.deadletteroffice.spi.message.ConsumerInfo;
import org.deadletteroffice.spi.message.QueueKind;
import org.deadletteroffice.spi.message.QueueRef;
import org.jspecify.annotations.Nullable;

/// Who reads a queue now: RabbitMQ forgets a consumer when it leaves. One row for each user and
/// queue; the lag is what is ready and what is out unacknowledged. Known by the management API
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

    private record Look(long nanos, long lag, long taken) {}

    private record Key(String queue, String user) {}

    List<ConsumerInfo> all() throws BrokerException {
        var deadline = link.deadline();
        var listed =
                management.get(
                        "/consumers/" + management.vhost(),
                        new Act("listing consumers", "the user tag 'management'", null),
                        deadline);
        if (listed.isEmpty()) {
            link.signIn(Act.connecting(), deadline);
            return List.of();
        }
        var members = new TreeMap<String, Map<String, List<JsonNode>>>();
        for (var consumer : listed.get()) {
            if (isReader(consumer)) {
                members.computeIfAbsent(
                                consumer.path("queue").path("name").asText(), _ -> new TreeMap<>())
                        .computeIfAbsent(
                                consumer.path("channel_details").path("user").asText("unknown"),
                                _ -> new ArrayList<>())
                        .add(consumer);
            }
        }
        if (members.isEmpty()) {
            return List.of();
        }
        var facts = new HashMap<String, QueueFacts>();
        queues.facts(deadline).orElse(List.of()).forEach(queue -> facts.put(queue.name(), queue));
        var rows = new ArrayList<ConsumerInfo>();
        members.forEach(
                (queue, users) ->
                        users.forEach(
                                (user, consumers) ->
                                        rows.add(
                                                row(
                                                        new Key(queue, user),
                                                        consumers,
                                                        facts.get(queue)))));
        return rows;
    }

    /// The API tells of a consumer for a moment after its channel has gone.
    private static boolean isReader(JsonNode consumer) {
        return !consumer.path("consumer_tag").asText().startsWith(Hold.TAG)
                && (consumer.path("active").asBoolean(true)
                        || consumer.path("channel_details").has("name"));
    }

    private ConsumerInfo row(Key key, List<JsonNode> consumers, @Nullable QueueFacts facts) {
        var active = consumers.stream().filter(each -> each.path("active").asBoolean(true)).count();
        var now =
                facts == null ? null : new Look(System.nanoTime(), facts.messages(), facts.taken());
        var last =
                now == null
                        ? looks.get(key.queue() + ' ' + key.user())
                        : looks.put(key.queue() + ' ' + key.user(), now);
        return new ConsumerInfo(
                key.user(),
                "consumer",
                active == consumers.size()
                        ? "active"
                        : active + " of " + consumers.size() + " active",
                consumers.size(),
                new QueueRef(profile, key.queue(), facts == null ? QueueKind.QUEUE : facts.kind()),
                now == null ? null : now.lag(),
                rate(last, now, false),
                rate(last, now, true),
                List.of(),
                facts != null && facts.unacknowledged() > 0
                        ? "%,d of them are out and not acknowledged"
                                .formatted(facts.unacknowledged())
                        : null);
    }

    private static @Nullable Double rate(@Nullable Look last, @Nullable Look now, boolean growth) {
        if (last == null || now == null) {
            return null;
        }
        var seconds = Math.max(1, now.nanos() - last.nanos()) / 1e9;
        return growth
                ? (now.lag() - last.lag()) / seconds
                : Math.max(0, now.taken() - last.taken()) / seconds;
    }
}
