package org.deadletteroffice.sqs;

import java.util.Optional;
import org.deadletteroffice.spi.connector.BrokerConnection;
import org.deadletteroffice.spi.connector.Connector;
import org.deadletteroffice.spi.profile.ProfileSchema;
import org.deadletteroffice.spi.profile.Settings;

/// Amazon SQS and what speaks its protocol, with the SNS topics that deliver into it.
public final class SqsConnector implements Connector {
    @Override
    public String kind() {
        return "sqs";
    }

    @Override
    public String displayName() {
        return "Amazon SQS and SNS";
    }

    @Override
    public ProfileSchema schema() {
        return SqsProfile.SCHEMA;
    }

    @Override
    public Optional<Settings> paste(String text) {
        return PastedText.read(text);
    }

    @Override
    public BrokerConnection open(String profile, Settings settings) {
        return new SqsConnection(profile, new SqsProfile(settings));
    }
}
