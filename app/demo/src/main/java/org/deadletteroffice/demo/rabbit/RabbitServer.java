package org.deadletteroffice.demo.rabbit;

import java.util.Map;
import org.deadletteroffice.fixtures.rabbitmq.RabbitBroker;

/// The RabbitMQ that is installed, as a private node.
final class RabbitServer implements AmqpServer {
    private final RabbitBroker broker = RabbitBroker.start();

    @Override
    public String name() {
        return "RabbitMQ";
    }

    @Override
    public int port() {
        return broker.port();
    }

    @Override
    public boolean isRabbit() {
        return true;
    }

    @Override
    public Map<String, String> settings() {
        return Map.of("managementUrl", "http://127.0.0.1:" + broker.managementPort());
    }

    @Override
    public void close() {
        broker.close();
    }
}
