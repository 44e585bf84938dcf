package org.deadletteroffice.rabbitmq;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.deadletteroffice.spi.error.BrokerException;

/// The queues of the virtual host as the management API lists them.
///
/// Statistics cost the broker most of such a list, and each page costs it the whole one. So many
/// queues are listed in one answer without statistics; who needs those asks for one queue.
final class QueueListing {
    /// So many queues are listed with all that is known of them.
    private static final int WITH_STATISTICS = 500;

    /// Without statistics an answer has no others.
    private static final String BARE =
            "columns=name,type,arguments,policy,exclusive,messages,messages_ready,"
                    + "messages_unacknowledged";

    private final Management management;
    private volatile boolean many;

    QueueListing(Management management) {
        this.management = management;
    }

    /// @return empty where there is no management API
    Optional<List<QueueFacts>> all(Deadline deadline) throws BrokerException {
        if (!many) {
            var page =
                    queues(
                            "pagination=true&page=1&page_size="
                                    + WITH_STATISTICS
                                    + '&'
                                    + QueueFacts.COLUMNS,
                            deadline);
            if (page.isEmpty()) {
                return Optional.empty();
            }
            if (page.get().path("page_count").asInt(1) <= 1) {
                return Optional.of(facts(page.get().path("items"), true));
            }
        }
        var bare = queues("disable_stats=true&enable_queue_totals=true&" + BARE, deadline);
        if (bare.isEmpty()) {
            return Optional.empty();
        }
        many = bare.get().size() > WITH_STATISTICS;
        applyPolicies(bare.get(), deadline);
        return Optional.of(facts(bare.get(), false));
    }

    private Optional<JsonNode> queues(String parameters, Deadline deadline) throws BrokerException {
        return management.get(
                "/queues/" + management.vhost() + '?' + parameters, Act.listing(), deadline);
    }

    private static List<QueueFacts> facts(JsonNode queues, boolean statistics) {
        var all = new ArrayList<QueueFacts>();
        queues.forEach(queue -> all.add(new QueueFacts(queue, statistics)));
        return all;
    }

    /// Without statistics a queue names its policy alone.
    private void applyPolicies(JsonNode queues, Deadline deadline) throws BrokerException {
        var definitions = Policies.definitions(management, deadline).orElse(Map.of());
        for (var queue : queues) {
            var definition = definitions.get(queue.path("policy").asText());
            if (definition != null && queue instanceof ObjectNode object) {
                object.set(QueueFacts.POLICY, definition);
            }
        }
    }
}
