package org.deadletteroffice.rabbitmq;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.deadletteroffice.spi.error.BrokerException;

/// What the consumers of a queue are called, as RabbitMQ itself knows the user alone: by the name
/// that the application gave its connection, else by a consumer tag that somebody chose, else by
/// user and host.
final class ReaderNames {
    /// What a broker or client library makes up.
    private static final Pattern MADE_UP =
            Pattern.compile(
                    "(?i)(amq\\.)?ctag.*|amq\\..*|none\\d*|\\d*"
                            + "|.*[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}.*|.*[0-9a-f]{16,}.*");

    /// What Spring and others put behind a name, so that each connection has one of its own.
    private static final Pattern INSTANCE = Pattern.compile("[#:@-][0-9a-f]{4,16}(:\\d+)?$|:\\d+$");

    private final Map<String, String> connections;

    private ReaderNames(Map<String, String> connections) {
        this.connections = connections;
    }

    /// Asks for the connections' names; who may not know them does without.
    static ReaderNames read(Management management, Deadline deadline) throws BrokerException {
        var names = new HashMap<String, String>();
        try {
            management
                    .get(
                            "/vhosts/"
                                    + management.vhost()
                                    + "/connections?columns=name,user_provided_name",
                            new Act("listing connections", new Right.Tag("management"), null),
                            deadline)
                    .ifPresent(
                            all ->
                                    all.forEach(
                                            one ->
                                                    names.put(
                                                            one.path("name").asText(),
                                                            one.path("user_provided_name")
                                                                    .asText())));
        } catch (BrokerException.NotAuthorized
                | BrokerException.NotAuthenticated
                | BrokerException.NotFound _) {
            // Tags and users are known all the same.
        }
        return new ReaderNames(names);
    }

    String of(JsonNode consumer) {
        var channel = consumer.path("channel_details");
        return name(
                connections.getOrDefault(channel.path("connection_name").asText(), ""),
                consumer.path("consumer_tag").asText(),
                channel.path("user").asText("unknown"),
                channel.path("peer_host").asText());
    }

    static String name(String connection, String tag, String user, String host) {
        for (var given : new String[] {connection, tag}) {
            if (!MADE_UP.matcher(given).matches()) {
                return INSTANCE.matcher(given).replaceFirst("");
            }
        }
        return host.isEmpty() ? user : user + '@' + host;
    }
}
