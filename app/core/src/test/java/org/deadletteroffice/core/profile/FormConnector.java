package org.deadletteroffice.core.profile;

import java.util.Optional;
import org.deadletteroffice.spi.connector.BrokerConnection;
import org.deadletteroffice.spi.connector.Connector;
import org.deadletteroffice.spi.profile.Field;
import org.deadletteroffice.spi.profile.ProfileSchema;
import org.deadletteroffice.spi.profile.Settings;

/// A kind with a form and no broker behind it.
final class FormConnector implements Connector {
    @Override
    public String kind() {
        return "form";
    }

    @Override
    public String displayName() {
        return "Form";
    }

    @Override
    public ProfileSchema schema() {
        return ProfileSchema.of(
                Field.text("address", "Address").mandatory(),
                Field.integer("port", "Port"),
                Field.secret("password", "Password"));
    }

    @Override
    public Optional<Settings> paste(String text) {
        return Optional.empty();
    }

    @Override
    public BrokerConnection open(String profile, Settings settings) {
        throw new IllegalArgumentException("there is no broker behind a form");
    }
}
