package org.deadletteroffice.sqs;

import org.deadletteroffice.contract.Behavior;
import org.deadletteroffice.contract.ConnectorContractTest;
import org.deadletteroffice.fixtures.BrokerFixture;
import org.deadletteroffice.fixtures.sqs.SqsFixture;

/// Standard queues.
final class SqsConnectorTest extends ConnectorContractTest {
    @Override
    protected BrokerFixture start() {
        return SqsFixture.start();
    }

    /// ElasticMQ gives about two thousand a second.
    @Override
    protected int longQueue() {
        return 30_000;
    }

    @Override
    protected boolean has(Behavior behavior) {
        return switch (behavior) {
            case KEYS, REMOVE_ONE, PURGE, WHOLE_KEYS, OPTIONAL_KEYS, IDENTITY, RATES, REASONS ->
                    true;
            default -> false;
        };
    }
}
