package org.deadletteroffice.sqs;

import java.io.IOException;
import org.deadletteroffice.spi.connector.BrokerConnection;
import org.deadletteroffice.spi.message.QueueKind;
import org.deadletteroffice.spi.message.QueueRef;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/// Tests of one connection to the stand-in for AWS.
abstract class OnAwsStandIn {
    static final QueueRef QUEUE = new QueueRef("aws", "orders-dlq", QueueKind.QUEUE);
    AwsStandIn aws;
    BrokerConnection connection;

    @BeforeEach
    final void connect() throws IOException {
        aws = new AwsStandIn();
        connection = aws.open();
    }

    @AfterEach
    final void disconnect() {
        connection.close();
        aws.close();
    }
}
