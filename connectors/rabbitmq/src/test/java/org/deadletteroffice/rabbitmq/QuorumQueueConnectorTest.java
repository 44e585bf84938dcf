package org.deadletteroffice.rabbitmq;

import org.deadletteroffice.contract.Behavior;
import org.deadletteroffice.contract.ConnectorContractTest;
import org.deadletteroffice.fixtures.BrokerFixture;
import org.deadletteroffice.fixtures.rabbitmq.RabbitFixture;

final class QuorumQueueConnectorTest extends ConnectorContractTest {
    @Override
    protected BrokerFixture start() {
        return RabbitFixture.start(RabbitFixture.Type.QUORUM);
    }

    @Override
    protected boolean has(Behavior behavior) {
        return RabbitBehaviors.has(behavior);
    }
}
