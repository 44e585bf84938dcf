package org.deadletteroffice.demo.rabbit;

import com.rabbitmq.client.ConnectionFactory;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.deadletteroffice.fixtures.OwnedFolders;
import org.deadletteroffice.fixtures.ServerFolder;
import org.jspecify.annotations.Nullable;

/// RabbitMQ's official image as a container of the demo's own: reached over this machine's own
/// interface only, on ports that the engine chooses, with no data outside it.
///
/// The container ends when its standard input does, so it ends with this process, however that
/// ends. Where an engine keeps it all the same, the next start removes it: a folder says which
/// process it belongs to, and the folder's name is its label.
final class DockerServer implements AmqpServer {
    /// The version that the connector's tests are run against, with the management API.
    static final String IMAGE = "rabbitmq:4.0-management";

    private static final String FOLDER = "dlo-docker-demo-";
    private static final String LABEL = "org.deadletteroffice.demo";
    private static final int AMQP = 5672;
    private static final int MANAGEMENT = 15672;
    private static final Duration PULL = Duration.ofMinutes(5);
    private static final Duration START = Duration.ofSeconds(90);
    private static final Duration PAUSE = Duration.ofMillis(200);

    /// Runs the node with the plugins that a private one has, and stops it as `docker stop` does
    /// once nobody holds its input open. A first process gets no signal that it does not wait for
    /// yet, so it is told until it ends, with time in between to do so.
    private static final String RUN =
            """
            echo '[rabbitmq_management,rabbitmq_shovel,rabbitmq_shovel_management,rabbitmq_stream].' \
            > /etc/rabbitmq/enabled_plugins
            printf '%s\\n' 'loopback_users.guest = false' 'collect_statistics_interval = 1000' \
            > /etc/rabbitmq/conf.d/90-demo.conf
            exec 3<&0 </dev/null
            (cat <&3 >/dev/null; while kill -TERM 1; do sleep 10; done) &
            exec docker-entrypoint.sh rabbitmq-server 3<&-
            """;

    private final DockerEngine engine;
    private final Path folder;
    private @Nullable Process process;
    private int port;
    private int managementPort;

    private DockerServer(DockerEngine engine, Path folder) {
        this.engine = engine;
        this.folder = folder;
    }

    /// Returns when the node takes requests: some ten seconds, and as long as it takes to fetch the
    /// image, if the engine does not have it.
    ///
    /// @param progress is told what takes long
    static DockerServer start(DockerEngine engine, Consumer<String> progress)
            throws DockerEngine.Refused {
        sweep(engine);
        if (!engine.has(IMAGE)) {
            progress.accept(
                    "No RabbitMQ server is installed; Docker fetches the image "
                            + IMAGE
                            + ", which happens once and may take some minutes.");
            engine.pull(IMAGE, PULL);
        }
        try {
            var server = new DockerServer(engine, Files.createTempDirectory(FOLDER));
            try {
                OwnedFolders.mark(server.folder);
                server.launch();
                return server;
            } catch (IOException | DockerEngine.Refused | RuntimeException failed) {
                server.close();
                throw failed;
            }
        } catch (IOException full) {
            throw new DockerEngine.Refused("no temporary folder can be made: " + full.getMessage());
        }
    }

    /// Removes what demos left that were killed; containers of others and of demos that run stay.
    private static void sweep(DockerEngine engine) {
        var temporary = Path.of(System.getProperty("java.io.tmpdir"));
        OwnedFolders.abandoned(temporary, FOLDER).forEach(left -> remove(engine, left));
    }

    /// A container that the engine does not remove now, such as one that is just ending, keeps its
    /// folder, by which the next start finds it.
    private static void remove(DockerEngine engine, Path folder) {
        try {
            engine.remove(label(folder));
            ServerFolder.delete(folder);
        } catch (DockerEngine.Refused stays) {
            System.getLogger(DockerServer.class.getName())
                    .log(System.Logger.Level.DEBUG, "the container stays: {0}", stays.getMessage());
        }
    }

    private static String label(Path folder) {
        return LABEL + '=' + folder.getFileName();
    }

    private Path said() {
        return folder.resolve("said");
    }

    private void launch() throws DockerEngine.Refused {
        process =
                engine.start(
                        label(folder),
                        List.of(
                                "--interactive",
                                "--rm",
                                "--name",
                                folder.getFileName().toString(),
                                "--hostname",
                                "demo",
                                "--publish",
                                "127.0.0.1::" + AMQP,
                                "--publish",
                                "127.0.0.1::" + MANAGEMENT,
                                IMAGE,
                                "sh",
                                "-c",
                                RUN),
                        said());
        var end = System.nanoTime() + START.toNanos();
        var ids = engine.labelled(label(folder));
        while (ids.isEmpty()) {
            await(end);
            ids = engine.labelled(label(folder));
        }
        while (port == 0 || managementPort == 0) {
            try {
                port = engine.published(ids.getFirst(), AMQP);
                managementPort = engine.published(ids.getFirst(), MANAGEMENT);
            } catch (DockerEngine.Refused early) {
                await(end); // a container is listed before it is started
            }
        }
        // The engine itself takes connections before the node does.
        while (!takesAmqp() || !answersManagement()) {
            await(end);
        }
    }

    private void await(long end) throws DockerEngine.Refused {
        var running = process;
        if (running == null || !running.isAlive()) {
            throw new DockerEngine.Refused(DockerEngine.reason(said()));
        }
        if (System.nanoTime() > end) {
            throw new DockerEngine.Refused(
                    "the node was not ready after "
                            + START.toSeconds()
                            + " s; its last words: "
                            + DockerEngine.reason(said()));
        }
        LockSupport.parkNanos(PAUSE.toNanos());
    }

    private boolean takesAmqp() {
        var factory = new ConnectionFactory();
        factory.setHost("127.0.0.1");
        factory.setPort(port);
        factory.setUsername(USER);
        factory.setPassword(PASSWORD);
        factory.setConnectionTimeout(2_000);
        factory.setAutomaticRecoveryEnabled(false);
        try (var connection = factory.newConnection("is it ready")) {
            return connection.isOpen();
        } catch (IOException | TimeoutException early) {
            return false;
        }
    }

    private boolean answersManagement() {
        var user = (USER + ':' + PASSWORD).getBytes(StandardCharsets.UTF_8);
        var request =
                HttpRequest.newBuilder(URI.create(management() + "/api/whoami"))
                        .timeout(Duration.ofSeconds(2))
                        .header(
                                "Authorization",
                                "Basic " + Base64.getEncoder().encodeToString(user))
                        .build();
        try (var client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
            return client.send(request, BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException early) {
            return false;
        } catch (InterruptedException hurry) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private String management() {
        return "http://127.0.0.1:" + managementPort;
    }

    @Override
    public String name() {
        return "RabbitMQ in Docker";
    }

    @Override
    public int port() {
        return port;
    }

    @Override
    public boolean isRabbit() {
        return true;
    }

    @Override
    public Map<String, String> settings() {
        return Map.of("managementUrl", management());
    }

    @Override
    public void close() {
        remove(engine, folder);
        if (process != null) {
            process.destroy();
        }
    }
}
