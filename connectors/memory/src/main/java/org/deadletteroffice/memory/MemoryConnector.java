package org.deadletteroffice.memory;

import java.util.Optional;
import org.deadletteroffice.spi.connector.BrokerConnection;
import org.deadletteroffice.spi.connector.Connector;
import org.deadletteroffice.spi.profile.ProfileSchema;
import org.deadletteroffice.spi.profile.Settings;

/// Connects to a [MemoryBroker] of this process by name. The broker may be made after the
/// connection: until then it is unreachable.
public final class MemoryConnector implements Connector {
    private static final String URL = "memory:";

    @Override
    public String kind() {
        return "memory";
    }

    @Override
    public String displayName() {
        return "Memory";
    }

    @Override
    public ProfileSchema schema() {
        return MemoryProfile.SCHEMA;
    }

    /// Understands `memory:NAME`.
    @Override
    public Optional<Settings> paste(String text) {
        var trimmed = text.strip();
        return trimmed.startsWith(URL) && trimmed.length() > URL.length()
                ? Optional.of(
                        Settings.EMPTY.with(
                                MemoryProfile.BROKER.name(), trimmed.substring(URL.length())))
                : Optional.empty();
    }

    @Override
    public BrokerConnection open(String profile, Settings settings) {
        var problems = MemoryProfile.SCHEMA.validate(settings);
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException(problems.getFirst().sentence());
        }
        return new MemoryConnection(profile, settings);
    }
}
