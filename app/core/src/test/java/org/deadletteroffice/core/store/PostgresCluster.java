package org.deadletteroffice.core.store;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A PostgreSQL of the tests' own, from Debian's package, in a temporary folder on a free port of
/// the loopback address; beside any that the system runs. PostgreSQL refuses to run as root, so
/// there it runs as the package's user.
public final class PostgresCluster implements AutoCloseable {
    private final Path bin;
    private final Path folder;
    private final int port;
    private final AtomicInteger schemas = new AtomicInteger();
    private @Nullable Process process;

    private PostgresCluster(Path bin, Path folder, int port) {
        this.bin = bin;
        this.folder = folder;
        this.port = port;
    }

    /// Empty where no PostgreSQL 15 or newer is installed.
    public static Optional<PostgresCluster> start() throws Exception {
        var bin = bin();
        if (bin.isEmpty()) {
            return Optional.empty();
        }
        var cluster =
                new PostgresCluster(bin.get(), Files.createTempDirectory("dlo-pg-"), freePort());
        cluster.init();
        cluster.restart();
        return Optional.of(cluster);
    }

    private static Optional<Path> bin() throws IOException {
        var installed = Path.of("/usr/lib/postgresql");
        if (!Files.isDirectory(installed)) {
            return Optional.empty();
        }
        try (Stream<Path> versions = Files.list(installed)) {
            return versions.filter(
                            version ->
                                    version.getFileName().toString().matches("\\d+")
                                            && Integer.parseInt(version.getFileName().toString())
                                                    >= 15)
                    .map(version -> version.resolve("bin"))
                    .filter(bin -> Files.isExecutable(bin.resolve("initdb")))
                    .findFirst();
        }
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static boolean isRoot() {
        return "root".equals(System.getProperty("user.name"));
    }

    private static List<String> asOwner(String... command) {
        var whole = new ArrayList<String>();
        if (isRoot()) {
            // It replaces itself by the command, so that the process can be killed by its id.
            whole.addAll(
                    List.of("setpriv", "--reuid=postgres", "--regid=postgres", "--init-groups"));
        }
        whole.addAll(Arrays.asList(command));
        return whole;
    }

    private void init() throws Exception {
        if (isRoot()) {
            run(List.of("chown", "postgres:postgres", folder.toString()));
        }
        run(
                asOwner(
                        bin.resolve("initdb").toString(),
                        "-D",
                        folder.resolve("data").toString(),
                        "-U",
                        "dlo",
                        "-A",
                        "trust",
                        "-E",
                        "UTF8",
                        "--no-sync"));
    }

    private static void run(List<String> command) throws Exception {
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IllegalStateException(command + ": " + output);
        }
    }

    /// Starts it, or starts it again.
    public void restart() throws Exception {
        process =
                new ProcessBuilder(
                                asOwner(
                                        bin.resolve("postgres").toString(),
                                        "-D",
                                        folder.resolve("data").toString(),
                                        "-p",
                                        Integer.toString(port),
                                        "-k",
                                        folder.toString(),
                                        "-c",
                                        "listen_addresses=127.0.0.1"))
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start();
        await().atMost(Duration.ofSeconds(60)).until(this::answers);
    }

    private boolean answers() {
        try (var _ = DriverManager.getConnection("jdbc:" + address("postgres"))) {
            return true;
        } catch (SQLException notYet) {
            return false;
        }
    }

    /// Ends it at once, without a word to its clients and without writing anything: what it
    /// committed it has to find in its log.
    public void crash() throws Exception {
        var running = process;
        if (running != null) {
            run(List.of("kill", "-QUIT", Long.toString(running.pid())));
            running.waitFor();
            process = null;
        }
    }

    private String address(String database) {
        return "postgresql://127.0.0.1:" + port + "/" + database + "?user=dlo";
    }

    /// The address of a database of its own.
    public String database() throws SQLException {
        var name = "office" + schemas.incrementAndGet();
        try (var connection = DriverManager.getConnection("jdbc:" + address("postgres"));
                var statement = connection.createStatement()) {
            statement.execute("CREATE DATABASE " + name);
        }
        return address(name);
    }

    @Override
    public void close() throws Exception {
        crash();
        Files.walkFileTree(
                folder,
                new SimpleFileVisitor<>() {
                    @Override
                    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                            throws IOException {
                        Files.deleteIfExists(file);
                        return FileVisitResult.CONTINUE;
                    }

                    @Override
                    public FileVisitResult postVisitDirectory(
                            Path directory, @Nullable IOException failed) throws IOException {
                        Files.deleteIfExists(directory);
                        return FileVisitResult.CONTINUE;
                    }

                    @Override
                    public FileVisitResult visitFileFailed(Path file, IOException gone) {
                        // A process of the killed server ended meanwhile and took its file along.
                        return FileVisitResult.CONTINUE;
                    }
                });
    }
}
