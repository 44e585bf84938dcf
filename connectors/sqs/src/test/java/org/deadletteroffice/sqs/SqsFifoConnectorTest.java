package org.deadletteroffice.sqs;

import org.deadletteroffice.contract.Behavior;
import org.deadletteroffice.contract.ConnectorContractTest;
import org.deadletteroffice.fixtures.BrokerFixture;
import org.deadletteroffice.fixtures.sqs.SqsFixture;
import org.junit.jupiter.api.Tag;

/// FIFO queues: every message has a key, and what is held of a key hides the rest of it. With the
/// slow tests, as ElasticMQ looks through all its message groups for each message.
@Tag("soak")
final class SqsFifoConnectorTest extends ConnectorContractTest {
    @Override
    protected BrokerFixture start() {
        return SqsFixture.start();
    }

    @Override
    protected String nameEnding() {
        return ".fifo";
    }

    @Override
    protected int longQueue() {
        return 700;
    }

    @Override
    protected boolean has(Behavior behavior) {
        return switch (behavior) {
            case REMOVE_ONE, PURGE, IDENTITY, KEYS, ORDERED, RATES, REASONS -> true;
            default -> false;
        };
    }
}
