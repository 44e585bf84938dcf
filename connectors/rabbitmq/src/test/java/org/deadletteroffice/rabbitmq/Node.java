package org.deadletteroffice.rabbitmq;

import java.util.List;
import org.deadletteroffice.fixtures.rabbitmq.RabbitBroker;
import org.deadletteroffice.fixtures.rabbitmq.RabbitFixture;

/// One node for all tests of a JVM, since it takes longer to start than most of them take to run.
/// It ends with the JVM.
final class Node {
    /// The most that a message may have, so that one above it need not have 128 MiB.
    static final int MOST_BYTES = 16 << 20;

    private static final RabbitBroker BROKER =
            RabbitBroker.start(List.of("max_message_size = " + MOST_BYTES));

    private Node() {}

    /// The node with queues of this type.
    static RabbitFixture with(RabbitFixture.Type type) {
        return RabbitFixture.on(BROKER, type);
    }
}
