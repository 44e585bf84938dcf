package org.deadletteroffice.rabbitmq;

import org.deadletteroffice.contract.Behavior;
import org.deadletteroffice.contract.ConnectorContractTest;
import org.deadletteroffice.fixtures.BrokerFixture;
import org.deadletteroffice.fixtures.rabbitmq.RabbitFixture;

final class ClassicQueueConnectorTest extends ConnectorContractTest {
    @Override
    protected BrokerFixture start() {
        return RabbitFixture.start(RabbitFixture.Type.CLASSIC);
    }

    @Override
    protected boolean has(Behavior behavior) {
        return RabbitBehaviors.has(behavior);
    }
}
