package org.deadletteroffice.rabbitmq;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.deadletteroffice.spi.error.BrokerException;

/// What the policies of the virtual host say, for lists in which each queue or exchange names the
/// one that the broker applies to it.
///
/// Operator policies say nothing of ways: neither of dead letters' nor of alternate exchanges.
final class Policies {
    private Policies() {}

    /// The definitions by the policies' names; empty where these are not told, as to users without
    /// the tag for it.
    static Optional<Map<String, JsonNode>> definitions(Management management, Deadline deadline)
            throws BrokerException {
        try {
            return management
                    .get(
                            "/policies/" + management.vhost(),
                            new Act("listing policies", new Right.Tag("policymaker"), null),
                            deadline)
                    .map(Policies::byName);
        } catch (BrokerException.NotAuthorized hidden) {
            return Optional.empty();
        }
    }

    private static Map<String, JsonNode> byName(JsonNode policies) {
        var definitions = new HashMap<String, JsonNode>();
        policies.forEach(one -> definitions.put(one.path("name").asText(), one.path("definition")));
        return definitions;
    }
}
