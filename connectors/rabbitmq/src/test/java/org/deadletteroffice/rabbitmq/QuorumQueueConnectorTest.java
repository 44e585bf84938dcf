package org.deadletteroffice.rabbitmq;

import org.deadletteroffice.contract.Behavior;
import org.deadletteroffice.contract.ConnectorContractTest;
import org.deadletteroffice.fixtures.BrokerFixture;
import org.deadletteroffice.fixtures.rabbitmq.RabbitFixture;
import org.junit.jupiter.api.Tag;

/// With the slow tests: it repeats on quorum queues what [ClassicQueueConnectorTest] shows, and
/// takes longer; what differs is in [LookingTest] and [SendingTest].
@Tag("soak")
final class QuorumQueueConnectorTest extends ConnectorContractTest {
    private boolean version4;

    @Override
    protected BrokerFixture start() {
        var rabbit = Node.with(RabbitFixture.Type.QUORUM);
        version4 = rabbit.isVersion4();
        return rabbit;
    }

    /// Giving back more takes this broker longer than a profile's timeout.
    @Override
    protected int longQueue() {
        return 10_000;
    }

    @Override
    protected boolean has(Behavior behavior) {
        // From 4.0 on what a lost connection held goes behind all that was given back before.
        return RabbitBehaviors.has(behavior)
                && !(behavior == Behavior.ORDERED_WHEN_LOST && version4);
    }
}
