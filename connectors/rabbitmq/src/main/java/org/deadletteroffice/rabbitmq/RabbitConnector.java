package org.deadletteroffice.rabbitmq;

import java.util.Optional;
import org.deadletteroffice.spi.connector.BrokerConnection;
import org.deadletteroffice.spi.connector.Connector;
import org.deadletteroffice.spi.profile.ProfileSchema;
import org.deadletteroffice.spi.profile.Settings;

/// RabbitMQ from version 3.8, and other brokers of AMQP 0-9-1 as far as they go.
public final class RabbitConnector implements Connector {
    @Override
    public String kind() {
        return "rabbitmq";
    }

    @Override
    public String displayName() {
        return "RabbitMQ";
    }

    @Override
    public ProfileSchema schema() {
        return RabbitProfile.SCHEMA;
    }

    @Override
    public Optional<Settings> paste(String text) {
        return PastedUri.read(text);
    }

    @Override
    public BrokerConnection open(String profile, Settings settings) {
        return new RabbitConnection(profile, new RabbitProfile(settings));
    }
}
