package org.deadletteroffice.rabbitmq;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
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

    RabbitConsumers(Link link, Management management, RabbitQueues queues, String profile) {
        this.link = link;
        this.management = management;
        this.queues = queues;
        this.profile = profile;
    }

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
                                        rows.add(row(queue, reader, consumers, facts.get(queue)))));
        return rows;
    }

    /// The API tells of a consumer for a moment after its channel has gone.
    private static boolean isReader(JsonNode consumer) {
        return !consumer.path("consumer_tag").asText().startsWith(Window.TAG)
                && (consumer.path("active").asBoolean(true)
                        || consumer.path("channel_details").has("name"));
    }

    private ConsumerInfo row(
            String queue, String reader, List<JsonNode> consumers, @Nullable QueueFacts facts) {
        var active = consumers.stream().filter(each -> each.path("active").asBoolean(true)).count();
        return new ConsumerInfo(
                reader,
                "consumer",
                active == consumers.size()
                        ? "active"
                        : active + " of " + consumers.size() + " active",
                consumers.size(),
                new QueueRef(profile, queue, facts == null ? QueueKind.QUEUE : facts.kind()),
                facts == null ? null : facts.messages(),
                facts == null ? null : facts.takenRate(),
                facts == null ? null : facts.growth(),
                List.of(),
                facts != null && facts.unacknowledged() > 0
                        ? Numerals.of(facts.unacknowledged())
                                + " of them are out and not acknowledged"
                        : null);
    }
}
