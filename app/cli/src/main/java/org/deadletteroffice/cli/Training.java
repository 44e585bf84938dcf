package org.deadletteroffice.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/// Runs the usual commands once, on an empty data folder and a broker that is not there, while the
/// JVM records which classes it loads (`-XX:AOTCacheOutput`). Run when the program is built.
final class Training {
    private Training() {}

    public static void main(String[] args) throws IOException {
        var home = Files.createTempDirectory("dlo-training");
        try {
            for (var command : commands()) {
                Main.run(command, host(home));
            }
        } finally {
            delete(home);
        }
    }

    private static List<String[]> commands() {
        return List.of(
                words("--help"),
                words("redrive --help"),
                words("--version"),
                words(
                        "profiles add kafka training --set bootstrap=127.0.0.1:9 --set timeout=1s"
                                + " --output table"),
                words("profiles list --output json"),
                words("queues --output json"),
                words("queues -p training --output table"),
                words("browse none -p training --where payload.a==1"),
                words("groups none -p training"),
                words("redrive none -p training --all --yes"),
                words("jobs list --output table"),
                words("audit list"),
                words("audit verify"));
    }

    private static String[] words(String line) {
        return line.split(" ");
    }

    private static Host host(Path home) {
        return new Host(
                InputStream.nullInputStream(),
                new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8),
                new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8),
                false,
                false,
                false,
                Map.of("DLO_HOME", home.toString()),
                List.of(),
                new Interruption(Thread.currentThread()));
    }

    private static void delete(Path folder) throws IOException {
        try (var paths = Files.walk(folder)) {
            for (var path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
