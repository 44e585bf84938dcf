package org.deadletteroffice.demo.rabbit;

import org.deadletteroffice.contract.Behavior;
import org.deadletteroffice.contract.ConnectorContractTest;
import org.deadletteroffice.fixtures.BrokerFixture;
import org.junit.jupiter.api.Tag;

/// RabbitMQ's connector on another broker of its protocol, which has no management API, and says
/// no to a message before it gives it back because no queue takes it. With the slow tests: it
/// repeats there what is shown on RabbitMQ itself.
@Tag("soak")
final class InProcessConnectorTest extends ConnectorContractTest {
    @Override
    protected BrokerFixture start() {
        return new QpidFixture();
    }

    @Override
    protected int longQueue() {
        return 10_000;
    }

    @Override
    protected boolean has(Behavior behavior) {
        return switch (behavior) {
            case REMOVE_ONE,
                    PURGE,
                    ORDERED,
                    ORDERED_WHEN_LOST,
                    OPTIONAL_KEYS,
                    WHOLE_KEYS,
                    BINARY_PAYLOADS,
                    EMPTY_PAYLOADS,
                    FREE_HEADERS,
                    NULL_HEADERS,
                    SIGN_IN,
                    REASONS ->
                    true;
            default -> false;
        };
    }
}
