package org.deadletteroffice.kafka;

import java.util.Optional;
import org.deadletteroffice.spi.connector.BrokerConnection;
import org.deadletteroffice.spi.connector.Connector;
import org.deadletteroffice.spi.profile.ProfileSchema;
import org.deadletteroffice.spi.profile.Settings;

/// Apache Kafka and what speaks its protocol, from broker version 2.1.
public final class KafkaConnector implements Connector {
    @Override
    public String kind() {
        return "kafka";
    }

    @Override
    public String displayName() {
        return "Apache Kafka";
    }

    @Override
    public ProfileSchema schema() {
        return KafkaProfile.SCHEMA;
    }

    @Override
    public Optional<Settings> paste(String text) {
        return PastedText.read(text);
    }

    @Override
    public BrokerConnection open(String profile, Settings settings) {
        return new KafkaConnection(profile, new KafkaProfile(settings));
    }
}
