package org.deadletteroffice.core.crash;

import java.util.Optional;
import org.deadletteroffice.spi.connector.BrokerConnection;
import org.deadletteroffice.spi.connector.Connector;
import org.deadletteroffice.spi.profile.Field;
import org.deadletteroffice.spi.profile.ProfileSchema;
import org.deadletteroffice.spi.profile.Settings;

/// A broker in a file, which outlives the process that uses it: for tests that kill that process.
/// Its settings say where in the work the process shall die by itself.
public final class DiskConnector implements Connector {
    @Override
    public String kind() {
        return "disk";
    }

    @Override
    public String displayName() {
        return "Disk";
    }

    @Override
    public ProfileSchema schema() {
        return ProfileSchema.of(
                Field.text("file", "File").mandatory(),
                Field.flag("log", "Log").preset("true"),
                Field.text("death", "Death"),
                Field.integer("at", "At").preset("1"));
    }

    @Override
    public Optional<Settings> paste(String text) {
        return Optional.empty();
    }

    @Override
    public BrokerConnection open(String profile, Settings settings) {
        return new DiskConnection(
                profile,
                new DiskBroker(settings.get("file").orElseThrow()),
                settings.get("log").orElse("true").equals("true"),
                new Death(
                        settings.get("death").orElse(""),
                        Integer.parseInt(settings.get("at").orElse("1"))));
    }
}
