package org.deadletteroffice.core.job;

import java.util.List;
import java.util.regex.Pattern;
import org.deadletteroffice.spi.message.Header;
import org.deadletteroffice.spi.message.Headers;

/// How headers are written on the way from one kind of broker to another: the attributes of a
/// CloudEvent in binary mode have another prefix on each (CloudEvents 1.0.2: Kafka binding 3.2.3,
/// AMQP binding 3.1.3.1). All other headers keep their names, and all keep their values.
final class HeaderBridge {
    /// Any of the prefixes, before the name of an attribute: lower-case letters and digits
    /// (CloudEvents 1.0.2, 3.1).
    private static final Pattern ATTRIBUTE =
            Pattern.compile("(?:ce_|ce-|cloudEvents:|cloudEvents_)([a-z0-9]+)");

    private final String prefix;

    /// @param to the destination's kind, as a connector tells it
    HeaderBridge(String to) {
        // AMQP's own is "cloudEvents:"; the underscore is the spelling that JMS clients can read
        // too.
        prefix = to.equals("rabbitmq") ? "cloudEvents_" : "ce_";
    }

    /// The headers as the destination's people write them; as they are where they tell of no event.
    Headers across(Headers headers) {
        var isEvent = headers.all().stream().anyMatch(HeaderBridge::isVersion);
        return isEvent ? new Headers(renamed(headers)) : headers;
    }

    private static boolean isVersion(Header header) {
        var attribute = ATTRIBUTE.matcher(header.name());
        return attribute.matches() && attribute.group(1).equals("specversion");
    }

    private List<Header> renamed(Headers headers) {
        return headers.all().stream()
                .map(
                        header -> {
                            var attribute = ATTRIBUTE.matcher(header.name());
                            return attribute.matches()
                                    ? new Header(prefix + attribute.group(1), header.value())
                                    : header;
                        })
                .toList();
    }
}
