package org.deadletteroffice.rabbitmq;

import org.deadletteroffice.contract.Behavior;
import org.deadletteroffice.contract.ConnectorContractTest;
import org.deadletteroffice.fixtures.BrokerFixture;
import org.deadletteroffice.fixtures.rabbitmq.RabbitFixture;
import org.junit.jupiter.api.Tag;

/// The contract once more, over a hundred thousand messages where it wants a long queue.
@Tag("soak")
final class LongQueueTest extends ConnectorContractTest {
    @Override
    protected BrokerFixture start() {
        return Node.with(RabbitFixture.Type.CLASSIC);
    }

    @Override
    protected int longQueue() {
        return 100_000;
    }

    @Override
    protected boolean has(Behavior behavior) {
        return RabbitBehaviors.has(behavior);
    }
}
