package org.deadletteroffice.cli;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Runs `dlo` in this process as a shell would, on one data folder.
public final class CommandLineDriver {
    /// Exact, so that a test sees a digit that was lost.
    private static final ObjectMapper MAPPER =
            JsonMapper.builder()
                    .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                    .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
                    .build();

    private final Map<String, String> variables = new LinkedHashMap<>();
    private String input = "";
    private boolean terminal;
    private Interruption interruption = new Interruption(Thread.currentThread());

    public CommandLineDriver(Path home) {
        variables.put("DLO_HOME", home.toString());
    }

    /// As from a person's terminal, who types `lines`.
    public CommandLineDriver atTerminal(String lines) {
        terminal = true;
        input = lines;
        return this;
    }

    public CommandLineDriver withInput(String lines) {
        input = lines;
        return this;
    }

    public CommandLineDriver withVariable(String name, String value) {
        variables.put(name, value);
        return this;
    }

    /// What Ctrl+C does to the next run.
    public Interruption interruption() {
        return interruption;
    }

    public Outcome run(String... args) {
        var out = new ByteArrayOutputStream();
        var err = new ByteArrayOutputStream();
        var host =
                new Host(
                        new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)),
                        new PrintStream(out, false, StandardCharsets.UTF_8),
                        new PrintStream(err, false, StandardCharsets.UTF_8),
                        terminal,
                        terminal,
                        terminal,
                        Map.copyOf(variables),
                        List.of(),
                        interruption);
        int exit = Main.run(args, host);
        interruption = new Interruption(Thread.currentThread());
        return new Outcome(
                exit, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    /// What a shell sees.
    public record Outcome(int exit, String out, String err) {
        public JsonNode json() {
            try {
                return MAPPER.readTree(out);
            } catch (IOException e) {
                throw new UncheckedIOException("no JSON: " + out + err, e);
            }
        }
    }
}
