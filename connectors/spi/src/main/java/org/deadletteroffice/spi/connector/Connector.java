package org.deadletteroffice.spi.connector;

import java.util.Optional;
import org.deadletteroffice.spi.profile.ProfileSchema;
import org.deadletteroffice.spi.profile.Settings;

/// A kind of broker. Stateless, found by `ServiceLoader`; its constructor must not do work, since
/// all are made at every start.
public interface Connector {
    /// Stable and short: `kafka`. The key in profiles, icons and docs.
    String kind();

    /// As the broker's people write it: `Apache Kafka`.
    String displayName();

    ProfileSchema schema();

    /// What a pasted text (client.properties, a connection URL) says, as settings of this kind;
    /// empty when it is not understood. Never throws.
    Optional<Settings> paste(String text);

    /// Makes a connection for a profile. Does not touch the network: the first call does, so that
    /// an unreachable broker can be diagnosed by [BrokerConnection#checks].
    ///
    /// @param profile the profile's name, for [org.deadletteroffice.spi.message.QueueRef#profile]
    /// @throws IllegalArgumentException when [ProfileSchema#validate] would have said so
    BrokerConnection open(String profile, Settings settings);
}
