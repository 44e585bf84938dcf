package org.deadletteroffice.rabbitmq;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.deadletteroffice.fixtures.rabbitmq.RabbitBroker;
import org.deadletteroffice.fixtures.rabbitmq.RabbitFixture;

/// One node for all tests of a JVM, since it takes longer to start than most of them take to run.
/// It ends with the JVM.
final class Node {
    /// The most that a message may have, so that one above it need not have 128 MiB.
    static final int MOST_BYTES = 16 << 20;

    static final Secured SECURED = new Secured(folder());

    private static final RabbitBroker BROKER =
            RabbitBroker.start(
                    Stream.concat(
                                    Stream.of("max_message_size = " + MOST_BYTES),
                                    SECURED.settings().stream())
                            .toList(),
                    Secured.PLUGINS.toArray(String[]::new));

    private Node() {}

    /// Goes with all that was built.
    private static Path folder() {
        try {
            return Files.createTempDirectory(Path.of("target").toAbsolutePath(), "certificates-");
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /// The node with queues of this type.
    static RabbitFixture with(RabbitFixture.Type type) {
        return RabbitFixture.on(BROKER, type);
    }
}
