package org.deadletteroffice.kafka;

import org.deadletteroffice.contract.Behavior;
import org.deadletteroffice.contract.ConnectorContractTest;
import org.deadletteroffice.fixtures.BrokerFixture;
import org.deadletteroffice.fixtures.kafka.KafkaFixture;

final class KafkaConnectorTest extends ConnectorContractTest {
    @Override
    protected BrokerFixture start() {
        return KafkaFixture.start();
    }

    @Override
    protected boolean has(Behavior behavior) {
        return switch (behavior) {
            case REMOVE_ONE, MOVE_ON_SERVER -> false;
            default -> super.has(behavior);
        };
    }
}
