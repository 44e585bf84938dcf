package org.deadletteroffice.core.store;

import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// A process that writes rows to a store for as long as it lives, and says after each how many
/// there are.
final class StoreChild {
    private final String name;
    private final Process process;
    private final List<String> lines = new CopyOnWriteArrayList<>();

    private StoreChild(String name, Process process) {
        this.name = name;
        this.process = process;
        Thread.ofVirtual().start(this::read);
    }

    static StoreChild start(Path home, String name) throws IOException {
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var command =
                List.of(
                        java,
                        "-XX:TieredStopAtLevel=1",
                        "-Xmx128m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        StoreChild.class.getName(),
                        home.toString(),
                        name);
        return new StoreChild(
                name,
                new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start());
    }

    String name() {
        return name;
    }

    private void read() {
        try (var reader =
                new BufferedReader(
                        new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            reader.lines().forEach(lines::add);
        } catch (IOException | UncheckedIOException killed) {
            lines.add("end");
        }
    }

    void awaitLine(String line) {
        await().atMost(Duration.ofSeconds(60)).until(() -> lines.contains(line));
    }

    int lastWritten() {
        return lines.stream()
                .filter(line -> line.startsWith("written "))
                .mapToInt(line -> Integer.parseInt(line.substring(8)))
                .max()
                .orElse(0);
    }

    /// SIGKILL: no hook runs, nothing is flushed.
    void kill() {
        process.destroyForcibly();
        try {
            process.waitFor();
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }

    public static void main(String[] arguments) throws Exception {
        var name = arguments[1];
        try (var store = new Store(DataFolder.at(Path.of(arguments[0])))) {
            for (var i = 1; i < 1_000_000; i++) {
                var row = name + "-" + i;
                store.change(
                        handle ->
                                handle.execute(
                                        "MERGE INTO queue (profile, name, identity) KEY (profile, name, identity)"
                                                + " VALUES (?, ?, 'i')",
                                        name,
                                        row));
                System.out.println("written " + i);
            }
        }
    }
}
