package org.deadletteroffice.benchmarks;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// The npm tool `replay-aws-dlq`, as its users run it; it carries bodies only.
record ReplayTool(Path script) {
    /// @param folder where npm put it
    /// @return empty where it did not
    static Optional<ReplayTool> in(Path folder) {
        return Optional.of(folder.resolve(Path.of("node_modules", "replay-aws-dlq", "cli.js")))
                .filter(Files::exists)
                .map(ReplayTool::new);
    }

    /// Returns when it has moved so many. It would wait for more and then end.
    ///
    /// @param from the queue's URL
    void move(String from, String to, int count) throws IOException {
        var builder = new ProcessBuilder("node", script.toString(), from, to);
        builder.redirectError(ProcessBuilder.Redirect.DISCARD);
        builder.environment().put("AWS_REGION", "elasticmq");
        builder.environment().put("AWS_ACCESS_KEY_ID", "bench");
        builder.environment().put("AWS_SECRET_ACCESS_KEY", "bench");
        var process = builder.start();
        try (var lines = process.inputReader(StandardCharsets.UTF_8)) {
            var moved = 0;
            while (moved < count) {
                var line = lines.readLine();
                if (line == null) {
                    throw new IllegalStateException("replay-aws-dlq ended after " + moved);
                }
                moved += line.startsWith("moved message") ? 1 : 0;
            }
        } finally {
            process.destroyForcibly();
            process.onExit().join();
        }
    }
}
