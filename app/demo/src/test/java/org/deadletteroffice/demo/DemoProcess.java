package org.deadletteroffice.demo;

import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// The demo as the command line starts it.
final class DemoProcess implements AutoCloseable {
    private final Process process;
    private final BufferedReader lines;
    private List<ProcessHandle> children = List.of();

    private DemoProcess(Process process) {
        this.process = process;
        this.lines = process.inputReader(StandardCharsets.UTF_8);
    }

    /// @param temporary the folder for temporary files
    static DemoProcess start(Path home, Path temporary, String... more) throws IOException {
        return start(home, temporary, Map.of(), more);
    }

    /// @param environment what the process has besides this one's
    static DemoProcess start(
            Path home, Path temporary, Map<String, String> environment, String... more)
            throws IOException {
        var command =
                new ArrayList<>(
                        List.of(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-XX:TieredStopAtLevel=1",
                                "-XX:+UseSerialGC",
                                "--sun-misc-unsafe-memory-access=allow",
                                "--enable-native-access=ALL-UNNAMED",
                                "-Djava.io.tmpdir=" + temporary,
                                "-cp",
                                System.getProperty("java.class.path"),
                                Main.class.getName(),
                                "--home",
                                home.toString()));
        command.addAll(List.of(more));
        var builder =
                new ProcessBuilder(command)
                        .redirectError(temporary.resolveSibling("demo.err").toFile());
        builder.environment().putAll(environment);
        return new DemoProcess(builder.start());
    }

    /// The profile's name; blocks until the demo serves.
    String profile() throws IOException {
        var name = lines.readLine();
        if (name == null || !lines.readLine().isEmpty()) {
            throw new AssertionError("the demo should say one name, then an empty line");
        }
        children = process.descendants().toList();
        return name;
    }

    void closeInput() {
        try {
            process.getOutputStream().close();
        } catch (IOException closed) {
            throw new UncheckedIOException(closed);
        }
    }

    void terminate() {
        process.destroy();
    }

    void kill() {
        process.destroyForcibly();
    }

    int exitCode() throws InterruptedException {
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            throw new AssertionError("the demo should have ended");
        }
        return process.exitValue();
    }

    List<ProcessHandle> children() {
        return children;
    }

    /// The processes that the demo had started end, too.
    void awaitChildrenGone() {
        await().atMost(Duration.ofSeconds(60))
                .until(() -> children.stream().noneMatch(ProcessHandle::isAlive));
    }

    @Override
    public void close() {
        process.destroyForcibly();
        children.forEach(ProcessHandle::destroyForcibly);
    }
}
