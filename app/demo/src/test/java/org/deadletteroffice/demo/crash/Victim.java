package org.deadletteroffice.demo.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// A process on this test's class path that is killed.
final class Victim {
    private Victim() {}

    /// Returns when it is dead.
    ///
    /// @param sign how the line begins after which it is killed
    /// @param later how long after
    static void run(Class<?> main, String sign, Duration later, String... arguments)
            throws IOException, InterruptedException {
        var command =
                new ArrayList<>(
                        List.of(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-XX:TieredStopAtLevel=1",
                                "-XX:+UseSerialGC",
                                "-Xmx256m",
                                "-cp",
                                System.getProperty("java.class.path"),
                                main.getName()));
        command.addAll(List.of(arguments));
        var child = new ProcessBuilder(command).redirectErrorStream(true).start();
        var said = new ArrayList<String>();
        try (var reader =
                new BufferedReader(
                        new InputStreamReader(child.getInputStream(), StandardCharsets.UTF_8))) {
            for (var line = reader.readLine(); line != null; line = reader.readLine()) {
                said.add(line);
                if (line.startsWith(sign)) {
                    break;
                }
            }
            assertThat(said).as("%s", command).isNotEmpty();
            assertThat(said.getLast()).as("%s: %s", command, said).startsWith(sign);
            var _ = child.waitFor(later);
        } finally {
            // SIGKILL: no hook runs, nothing is flushed.
            child.destroyForcibly();
            child.onExit().join();
        }
    }
}
