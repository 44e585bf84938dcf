package org.deadletteroffice.demo.rabbit;

import java.io.IOException;
import java.nio.file.Files;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.qpid.server.SystemLauncher;
import org.apache.qpid.server.SystemLauncherListener;
import org.apache.qpid.server.model.Broker;
import org.apache.qpid.server.model.SystemConfig;
import org.jspecify.annotations.Nullable;

/// Apache Qpid's broker in this process, with all it holds in memory. It speaks AMQP 0-9-1 with
/// confirms, and has no dead-letter exchanges, no queue types and no management API of RabbitMQ's.
final class QpidServer implements AmqpServer {
    /// A password in the clear is taken over this machine's own interface only.
    private static final String CONFIGURATION =
            """
            {"name": "demo", "modelVersion": "9.1",
             "authenticationproviders": [
               {"name": "users", "type": "Plain", "secureOnlyMechanisms": [],
                "users": [{"name": "%s", "type": "managed", "password": "%s"}]}],
             "ports": [
               {"name": "AMQP", "port": "0", "bindingAddress": "127.0.0.1",
                "authenticationProvider": "users", "protocols": ["AMQP_0_9_1"],
                "virtualhostaliases": [{"name": "default", "type": "defaultAlias"}]}],
             "virtualhostnodes": [
               {"name": "shop", "type": "Memory", "defaultVirtualHostNode": "true",
                "virtualHostInitialConfiguration": "{\\"type\\": \\"Memory\\"}"}]}
            """
                    .formatted(USER, PASSWORD);

    private final SystemLauncher launcher;
    private final int port;

    private QpidServer(SystemLauncher launcher, int port) {
        this.launcher = launcher;
        this.port = port;
    }

    /// @throws IllegalStateException when it does not come up
    static QpidServer start() {
        var started = new AtomicReference<@Nullable Broker<?>>();
        var launcher =
                new SystemLauncher(
                        new SystemLauncherListener.DefaultSystemLauncherListener() {
                            @Override
                            public void onContainerResolve(SystemConfig<?> system) {
                                started.set((Broker<?>) system.getContainer());
                            }
                        });
        try {
            var configuration = Files.createTempFile("dlo-qpid-", ".json");
            try {
                Files.writeString(configuration, CONFIGURATION);
                launcher.startup(
                        Map.of(
                                SystemConfig.TYPE,
                                "Memory",
                                SystemConfig.INITIAL_CONFIGURATION_LOCATION,
                                configuration.toUri().toString(),
                                SystemConfig.STARTUP_LOGGED_TO_SYSTEM_OUT,
                                false));
            } finally {
                Files.delete(configuration);
            }
            var broker = Objects.requireNonNull(started.get());
            var port = broker.getPorts().iterator().next().getBoundPort();
            return new QpidServer(launcher, port);
        } catch (IOException failed) {
            throw new IllegalStateException("The AMQP broker could not be prepared.", failed);
        } catch (Exception failed) {
            launcher.shutdown();
            throw new IllegalStateException("The AMQP broker did not start.", failed);
        }
    }

    @Override
    public String name() {
        return "RabbitMQ's stand-in (Qpid)";
    }

    @Override
    public int port() {
        return port;
    }

    @Override
    public boolean isRabbit() {
        return false;
    }

    @Override
    public Map<String, String> settings() {
        return Map.of("managementUrl", "none", "queues", String.join(", ", RabbitDemo.QUEUES));
    }

    @Override
    public void close() {
        launcher.shutdown();
    }
}
