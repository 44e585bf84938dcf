package org.deadletteroffice.demo.rabbit;

import java.util.Map;

/// What the demo's shop talks AMQP 0-9-1 with, for [#USER] at this machine's own interface.
interface AmqpServer extends AutoCloseable {
    /// The user that RabbitMQ comes with and its password, which everybody knows: the demo's
    /// profile needs no secret kept for it.
    String USER = "guest";

    String PASSWORD = "guest";

    /// What it is, for people.
    String name();

    int port();

    /// Whether it is RabbitMQ, with dead-letter exchanges and queues of several types.
    boolean isRabbit();

    /// Settings of a profile besides host, port and user.
    Map<String, String> settings();

    @Override
    void close();
}
