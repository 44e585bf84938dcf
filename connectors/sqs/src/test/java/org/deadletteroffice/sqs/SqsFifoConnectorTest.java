package org.deadletteroffice.sqs;

import org.deadletteroffice.contract.Behavior;
import org.deadletteroffice.contract.ConnectorContractTest;
import org.deadletteroffice.fixtures.BrokerFixture;
import org.deadletteroffice.fixtures.sqs.SqsFixture;

/// FIFO queues: every message has a key, and what is held of a key hides the rest of it.
final class SqsFifoConnectorTest extends ConnectorContractTest {
    @Override
    protected BrokerFixture start() {
        return SqsFixture.start();
    }

    @Override
    protected String nameEnding() {
        return ".fifo";
    }

    /// ElasticMQ looks through all its message groups for each message.
    @Override
    protected int longQueue() {
        return 700;
    }

    @Override
    protected boolean has(Behavior behavior) {
        return switch (behavior) {
            case REMOVE_ONE, PURGE, IDENTITY, KEYS, ORDERED -> true;
            default -> false;
        };
    }
}
