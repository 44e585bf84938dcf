package org.deadletteroffice.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.deadletteroffice.core.Engine;
import org.deadletteroffice.core.EngineOptions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The demo on a real container engine, as where no RabbitMQ is installed. Asks for an engine that
/// has the image, as a test fetches nothing.
@Tag("soak")
class DockerDemoTest {
    private static final Map<String, String> NOT_INSTALLED = Map.of("RABBITMQ_SERVER", "/none");
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir private Path folder;
    private Path home;
    private Path temporary;

    @BeforeEach
    void an_engine_with_the_image() throws Exception {
        assumeThat(docker("images", "--quiet", "rabbitmq:4.0-management")).isNotEmpty();
        assertThat(containers()).isEmpty();
        home = folder.resolve("home");
        temporary = Files.createDirectory(folder.resolve("temporary"));
    }

    @AfterEach
    void nothing_is_left() throws Exception {
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(containers()).isEmpty());
    }

    @Test
    void a_container_is_filled_and_goes_with_the_demo() throws Exception {
        try (var demo = start();
                var engine = Engine.open(EngineOptions.at(home))) {
            assertThat(demo.profile()).isEqualTo("demo-rabbitmq");
            assertThat(containers()).hasSize(1);
            for (var dead : Map.of("invoices.dlq", 900L, "stock.updates.dlq", 400L).entrySet()) {
                // The node's own counts come a moment later.
                await().atMost(PATIENCE)
                        .until(() -> depth(engine, dead.getKey()) == dead.getValue());
            }
            var address = docker("port", containers().getFirst(), "5672/tcp");
            assertThat(address).singleElement().asString().startsWith("127.0.0.1:");
            demo.closeInput();
            assertThat(demo.exitCode()).isZero();
            assertThat(temporary).isEmptyDirectory();
        }
    }

    @Test
    void a_killed_demo_leaves_no_container() throws Exception {
        try (var demo = start()) {
            assertThat(demo.profile()).isEqualTo("demo-rabbitmq");
            demo.kill();
            demo.exitCode();
            nothing_is_left();
        }
    }

    @Test
    void what_an_engine_keeps_of_a_killed_demo_goes_at_the_next_start() throws Exception {
        String kept;
        try (var killed = start()) {
            killed.profile();
            kept = containers().getFirst();
            // So that it cannot end by itself.
            docker("pause", kept);
            killed.kill();
            killed.exitCode();
        }
        assertThat(containers()).containsExactly(kept);
        try (var next = start()) {
            assertThat(next.profile()).isEqualTo("demo-rabbitmq");
            assertThat(containers()).hasSize(1).doesNotContain(kept);
        }
    }

    private static long depth(Engine engine, String queue) throws Exception {
        return engine.brokers().queue("demo-rabbitmq", queue).depth().value();
    }

    private DemoProcess start() throws Exception {
        return DemoProcess.start(home, temporary, NOT_INSTALLED, "--only", "rabbitmq");
    }

    private static List<String> containers() throws Exception {
        return docker(
                "ps",
                "--all",
                "--quiet",
                "--no-trunc",
                "--filter",
                "label=org.deadletteroffice.demo");
    }

    private static List<String> docker(String... arguments) throws Exception {
        var command = new ArrayList<>(List.of("docker"));
        command.addAll(List.of(arguments));
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return process.waitFor() == 0 ? said.lines().toList() : List.of();
    }
}
