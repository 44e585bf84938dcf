package org.deadletteroffice.core;

import java.util.Optional;
import org.deadletteroffice.core.claim.ClaimSettings;
import org.deadletteroffice.core.schema.RegistrySettings;
import org.deadletteroffice.spi.connector.BrokerConnection;
import org.deadletteroffice.spi.connector.Connector;
import org.deadletteroffice.spi.profile.ProfileSchema;
import org.deadletteroffice.spi.profile.Settings;

/// A connector whose profiles also say where schemas come from, and which hosts hold payloads. Of
/// that the connector itself knows nothing.
record ConnectorForOffice(Connector connector) implements Connector {
    @Override
    public String kind() {
        return connector.kind();
    }

    @Override
    public String displayName() {
        return connector.displayName();
    }

    @Override
    public ProfileSchema schema() {
        return ClaimSettings.beside(RegistrySettings.beside(connector.schema()));
    }

    @Override
    public Optional<Settings> paste(String text) {
        return connector.paste(text);
    }

    @Override
    public BrokerConnection open(String profile, Settings settings) {
        return connector.open(profile, ClaimSettings.without(RegistrySettings.without(settings)));
    }
}
