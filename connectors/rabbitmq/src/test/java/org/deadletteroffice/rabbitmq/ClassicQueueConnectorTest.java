package org.deadletteroffice.rabbitmq;

import org.deadletteroffice.contract.Behavior;
import org.deadletteroffice.contract.ConnectorContractTest;
import org.deadletteroffice.fixtures.BrokerFixture;
import org.deadletteroffice.fixtures.rabbitmq.RabbitFixture;

final class ClassicQueueConnectorTest extends ConnectorContractTest {
    @Override
    protected BrokerFixture start() {
        return Node.with(RabbitFixture.Type.CLASSIC);
    }

    /// A longer one, and with it flat memory, is in [LongQueueTest].
    @Override
    protected int longQueue() {
        return 10_000;
    }

    @Override
    protected boolean has(Behavior behavior) {
        return RabbitBehaviors.has(behavior);
    }
}
