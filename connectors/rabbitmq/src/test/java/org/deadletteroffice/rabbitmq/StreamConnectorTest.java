package org.deadletteroffice.rabbitmq;

import org.deadletteroffice.contract.Behavior;
import org.deadletteroffice.contract.ConnectorContractTest;
import org.deadletteroffice.fixtures.BrokerFixture;
import org.deadletteroffice.fixtures.rabbitmq.RabbitFixture;
import org.junit.jupiter.api.Tag;

/// A stream is a log: read at any offset, and nothing taken out. With the slow tests, as each end
/// of a stream is found by waiting for nothing more to come.
@Tag("soak")
final class StreamConnectorTest extends ConnectorContractTest {
    @Override
    protected BrokerFixture start() {
        return Node.with(RabbitFixture.Type.STREAM);
    }

    @Override
    protected boolean has(Behavior behavior) {
        return switch (behavior) {
            case PAGE_BACKWARDS, SEEK_BY_ID, KEEPS_MESSAGES -> true;
            case REMOVE_ONE, PURGE, MOVE_ON_SERVER -> false;
            default -> RabbitBehaviors.has(behavior);
        };
    }
}
