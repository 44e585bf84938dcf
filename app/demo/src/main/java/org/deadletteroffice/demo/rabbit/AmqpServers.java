package org.deadletteroffice.demo.rabbit;

import java.time.Duration;
import java.util.function.Consumer;
import org.deadletteroffice.fixtures.rabbitmq.RabbitBroker;

/// Which server the shop's RabbitMQ side gets: a private node of what is installed, else a
/// container, else the broker in this process. Closing it ends a start that is under way.
public final class AmqpServers implements AutoCloseable {
    private static final String REST =
            "to see dead-letter exchanges, quorum queues and moves on the server: apt-get install"
                    + " rabbitmq-server (Debian), or start Docker";

    private final boolean installed;
    private final DockerEngine docker;
    private final Consumer<String> tell;
    private volatile boolean closed;

    /// @param tell takes sentences about what takes long or is left out
    public AmqpServers(Consumer<String> tell) {
        this(RabbitBroker.isInstalled(), new DockerEngine("docker", Duration.ofSeconds(5)), tell);
    }

    AmqpServers(boolean installed, DockerEngine docker, Consumer<String> tell) {
        this.installed = installed;
        this.docker = docker;
        this.tell = tell;
    }

    /// Whether a RabbitMQ server is installed on this machine, so that no other is asked for.
    public boolean isRabbitInstalled() {
        return installed;
    }

    /// Returns when it takes requests.
    ///
    /// @throws IllegalStateException when none comes up, or this was closed meanwhile
    AmqpServer start() {
        if (installed) {
            return new RabbitServer();
        }
        var reason = "No RabbitMQ server is installed, and no Docker answers";
        if (docker.answers()) {
            try {
                return DockerServer.start(docker, tell);
            } catch (DockerEngine.Refused refused) {
                reason =
                        "No RabbitMQ server is installed, and Docker could not run %s (%s)"
                                .formatted(DockerServer.IMAGE, refused.getMessage());
            }
        }
        if (closed) {
            throw new IllegalStateException("the demo ended");
        }
        var standIn = QpidServer.start();
        tell.accept(reason + "; " + REST + '.');
        return standIn;
    }

    @Override
    public void close() {
        closed = true;
        docker.close();
    }
}
