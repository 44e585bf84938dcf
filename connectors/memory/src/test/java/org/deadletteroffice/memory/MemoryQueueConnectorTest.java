package org.deadletteroffice.memory;

import org.deadletteroffice.contract.Behavior;
import org.deadletteroffice.contract.ConnectorContractTest;
import org.deadletteroffice.fixtures.BrokerFixture;

/// The flavour from which single messages are removed, and where looking counts.
final class MemoryQueueConnectorTest extends ConnectorContractTest {
    @Override
    protected BrokerFixture start() {
        return new MemoryFixture(Flavour.COUNTING_QUEUE);
    }

    @Override
    protected boolean has(Behavior behavior) {
        return switch (behavior) {
            case KEEPS_MESSAGES, EXACTLY_ONCE -> false;
            default -> super.has(behavior);
        };
    }
}
