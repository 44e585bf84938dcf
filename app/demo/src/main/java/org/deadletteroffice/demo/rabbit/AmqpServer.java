package org.deadletteroffice.demo.rabbit;

import java.util.Map;

/// What the demo's shop talks AMQP 0-9-1 with.
interface AmqpServer extends AutoCloseable {
    int port();

    /// Whether it is RabbitMQ, with dead-letter exchanges and queues of several types.
    boolean isRabbit();

    /// Settings of a profile besides host, port and user.
    Map<String, String> settings();

    @Override
    void close();
}
