package org.deadletteroffice.demo.rabbit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.deadletteroffice.core.Engine;
import org.deadletteroffice.core.EngineOptions;
import org.deadletteroffice.core.profile.Environment;
import org.deadletteroffice.core.profile.Profile;
import org.deadletteroffice.fixtures.OwnedFolders;
import org.deadletteroffice.fixtures.ServerFolder;
import org.deadletteroffice.fixtures.rabbitmq.RabbitBroker;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AmqpServersTest {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final List<String> told = new ArrayList<>();
    @TempDir private Path folder;

    @Test
    void a_container_is_filled_as_a_private_node_is_and_removed_by_its_id() throws Exception {
        try (var node = RabbitBroker.start();
                var engine = Engine.open(EngineOptions.at(folder.resolve("home")))) {
            var docker = new DockerStandIn(folder).publishing(node.port(), node.managementPort());
            try (var demo = RabbitDemo.start(servers(docker.engine(PATIENCE)), Clock.systemUTC())) {
                assertThat(demo.broker()).isEqualTo("RabbitMQ in Docker");
                assertThat(told)
                        .singleElement()
                        .asString()
                        .contains("Docker fetches the image " + DockerServer.IMAGE);
                engine.profiles()
                        .save(
                                Profile.of(
                                        "demo",
                                        "rabbitmq",
                                        Environment.DEVELOPMENT,
                                        demo.settings()),
                                Map.of());
                // The node's own counts come a moment later.
                await().atMost(Duration.ofSeconds(30))
                        .until(() -> depth(engine, "invoices.dlq") == 900);
                assertThat(engine.brokers().queue("demo", "invoices.dlq").feeds())
                        .containsExactly("invoices");
                assertThat(docker.runs()).isTrue();
            }
            assertThat(docker.runs()).isFalse();
            assertThat(docker.asked().getLast())
                    .isEqualTo("rm --force --volumes " + DockerStandIn.ID);
            assertThat(docker.asked())
                    .filteredOn(line -> line.startsWith("run "))
                    .singleElement()
                    .asString()
                    .contains("--publish 127.0.0.1::5672", "--publish 127.0.0.1::15672", "--rm")
                    .contains(DockerServer.IMAGE + " sh -c");
        }
    }

    @Test
    void a_command_that_is_not_there_leaves_the_broker_in_process() {
        try (var server =
                servers(new DockerEngine(folder.resolve("none").toString(), PATIENCE)).start()) {
            assertThat(server.name()).contains("Qpid");
            assertThat(told)
                    .singleElement()
                    .asString()
                    .startsWith("No RabbitMQ server is installed, and no Docker answers; to see ")
                    .contains("apt-get install rabbitmq-server");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "refusing, 'no Docker answers;'",
        "hanging, 'no Docker answers;'",
        "offline, 'Docker could not run rabbitmq:4.0-management (lookup of the registry: no such"
                + " host);'",
        "broken, 'Docker could not run rabbitmq:4.0-management (docker: port is already"
                + " allocated.);'"
    })
    void an_engine_in_trouble_leaves_the_broker_in_process_and_says_why(String trouble, String why)
            throws Exception {
        var docker = new DockerStandIn(folder).with(trouble);
        var patience = trouble.equals("hanging") ? Duration.ofMillis(500) : PATIENCE;
        try (var server = servers(docker.engine(patience)).start()) {
            assertThat(server.name()).contains("Qpid");
            assertThat(server.isRabbit()).isFalse();
            assertThat(told.getLast()).contains(why).endsWith("or start Docker.");
        }
        assertThat(docker.runs()).isFalse();
    }

    @Test
    void what_a_killed_demo_left_and_is_just_ending_holds_up_no_start() throws Exception {
        var docker = new DockerStandIn(folder).with("image").with("broken").with("ending");
        var dead = abandoned();
        try {
            docker.holding("org.deadletteroffice.demo=" + dead.getFileName());

            servers(docker.engine(PATIENCE)).start().close();

            assertThat(docker.asked()).contains("rm --force --volumes " + DockerStandIn.ID);
            assertThat(told).singleElement().asString().contains("port is already allocated");
            assertThat(dead).as("the next start looks again").exists();
        } finally {
            Files.deleteIfExists(dead.resolve("owner"));
            Files.deleteIfExists(dead);
        }
    }

    private static Path abandoned() throws Exception {
        var dead = Files.createTempDirectory("dlo-docker-demo-");
        var ended = new ProcessBuilder("true").start();
        ended.waitFor();
        Files.write(
                dead.resolve("owner"),
                List.of(Long.toString(ended.pid()), Instant.EPOCH.toString()));
        return dead;
    }

    @Test
    void what_a_killed_demo_left_is_removed_and_what_runs_stays() throws Exception {
        var docker = new DockerStandIn(folder).with("image").with("broken");
        var dead = abandoned();
        var alive = Files.createTempDirectory("dlo-docker-demo-");
        try {
            OwnedFolders.mark(alive);
            docker.holding("org.deadletteroffice.demo=" + dead.getFileName());

            servers(docker.engine(PATIENCE)).start().close();

            assertThat(docker.asked()).contains("rm --force --volumes " + DockerStandIn.ID);
            assertThat(docker.asked()).noneMatch(line -> line.contains(alive.getFileName() + ""));
            assertThat(dead).doesNotExist();
            assertThat(alive).exists();
        } finally {
            for (var left : List.of(dead, alive)) {
                Files.deleteIfExists(left.resolve("owner"));
                Files.deleteIfExists(left);
            }
        }
    }

    @Test
    void a_demo_that_ends_while_it_starts_waits_for_no_engine() throws Exception {
        var docker = new DockerStandIn(folder).with("hanging");
        var servers = servers(docker.engine(Duration.ofMinutes(5)));
        var failed = new ArrayList<Throwable>();
        var start = Thread.ofPlatform().unstarted(servers::start);
        start.setUncaughtExceptionHandler((_, thrown) -> failed.add(thrown));
        start.start();
        await().until(() -> !docker.asked().isEmpty());

        servers.close();

        assertThat(start.join(PATIENCE)).isTrue();
        assertThat(failed).singleElement().asString().contains("the demo ended");
    }

    /// Whoever ends with it has no time to look again.
    @Test
    void a_demo_that_ends_while_its_container_starts_takes_it_away() throws Exception {
        var docker = new DockerStandIn(folder).with("image").with("deaf");
        var servers = servers(docker.engine(PATIENCE));
        var failed = new ArrayList<Throwable>();
        var start = Thread.ofPlatform().unstarted(servers::start);
        start.setUncaughtExceptionHandler((_, thrown) -> failed.add(thrown));
        start.start();
        await().until(() -> docker.asked().stream().anyMatch(line -> line.startsWith("port ")));
        assertThat(docker.runs()).isTrue();

        servers.close();

        assertThat(docker.runs()).isFalse();
        assertThat(start.join(PATIENCE)).isTrue();
        assertThat(failed).singleElement().asString().contains("the demo ended");
        assertThat(docker.runs()).isFalse();
        ServerFolder.delete(folderOf(docker));
    }

    @Test
    void no_container_is_started_once_the_demo_ended() throws Exception {
        var docker = new DockerStandIn(folder);
        var engine = docker.engine(PATIENCE);
        engine.close();

        assertThatThrownBy(() -> engine.start("a=b", List.of("image"), folder.resolve("said")))
                .isInstanceOf(DockerEngine.Refused.class);
        assertThat(docker.asked()).isEmpty();
    }

    /// The next start would.
    private static Path folderOf(DockerStandIn docker) throws Exception {
        var run = docker.asked().stream().filter(line -> line.startsWith("run ")).findFirst();
        var words = List.of(run.orElseThrow().split(" "));
        return Path.of(System.getProperty("java.io.tmpdir"))
                .resolve(words.get(words.indexOf("--name") + 1));
    }

    private static long depth(Engine engine, String queue) throws Exception {
        return engine.brokers().queue("demo", queue).depth().value();
    }

    private AmqpServers servers(DockerEngine docker) {
        return new AmqpServers(false, docker, told::add);
    }
}
