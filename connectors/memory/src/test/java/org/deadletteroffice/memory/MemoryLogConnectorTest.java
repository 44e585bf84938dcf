package org.deadletteroffice.memory;

import org.deadletteroffice.contract.Behavior;
import org.deadletteroffice.contract.ConnectorContractTest;
import org.deadletteroffice.fixtures.BrokerFixture;

/// The flavour that keeps what was sent on.
final class MemoryLogConnectorTest extends ConnectorContractTest {
    @Override
    protected BrokerFixture start() {
        return new MemoryFixture(Flavour.LOG);
    }

    @Override
    protected boolean has(Behavior behavior) {
        return switch (behavior) {
            case REMOVE_ONE, MOVE_ON_SERVER -> false;
            default -> super.has(behavior);
        };
    }
}
