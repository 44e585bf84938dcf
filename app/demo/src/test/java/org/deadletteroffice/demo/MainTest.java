package org.deadletteroffice.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.deadletteroffice.core.Engine;
import org.deadletteroffice.core.EngineOptions;
import org.deadletteroffice.core.browse.BrowseRequest;
import org.deadletteroffice.core.profile.Profile;
import org.deadletteroffice.core.query.Filter;
import org.deadletteroffice.spi.connector.Browse.Direction;
import org.deadletteroffice.spi.message.Cursor;
import org.deadletteroffice.spi.message.QueueRole;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MainTest {
    @TempDir private Path folder;
    private Path home;
    private Path temporary;

    @BeforeEach
    void folders() throws IOException {
        home = folder.resolve("home");
        temporary = Files.createDirectory(folder.resolve("temporary"));
    }

    @Test
    void serves_under_a_profile_of_its_own_until_its_input_closes_and_leaves_nothing()
            throws Exception {
        try (var first = DemoProcess.start(home, temporary, "--only", "kafka");
                var engine = Engine.open(EngineOptions.at(home))) {
            assertThat(first.profile()).isEqualTo("demo-kafka");
            assertThat(engine.profiles().get("demo-kafka").temporary()).isTrue();
            assertThat(engine.brokers().queues("demo-kafka"))
                    .anyMatch(queue -> queue.ref().name().equals("orders.payment-dlt"));

            try (var second = DemoProcess.start(home, temporary, "--only", "kafka")) {
                assertThat(second.profile()).isEqualTo("demo-kafka-2");
                assertThat(bootstrap(engine, "demo-kafka-2"))
                        .isNotEqualTo(bootstrap(engine, "demo-kafka"));

                second.terminate();
                second.exitCode();
                second.awaitChildrenGone();
                await().until(() -> names(engine), List.of("demo-kafka")::equals);
            }

            assertThat(first.children()).isNotEmpty();
            first.closeInput();
            assertThat(first.exitCode()).isZero();
            first.awaitChildrenGone();
            await().until(() -> names(engine), List::isEmpty);
            assertThat(temporary).isEmptyDirectory();
        }
    }

    @Test
    void a_killed_demo_leaves_no_process_and_its_files_go_at_the_next_start() throws Exception {
        try (var killed = DemoProcess.start(home, temporary, "--only", "kafka")) {
            killed.profile();
            var broker = killed.children();
            assertThat(broker).isNotEmpty();
            // The broker dies with it, so that it cannot clean up either.
            broker.forEach(ProcessHandle::destroyForcibly);
            killed.kill();
            killed.exitCode();
            killed.awaitChildrenGone();
            assertThat(brokerFolders()).hasSize(1);
        }
        try (var next = DemoProcess.start(home, temporary, "--only", "kafka");
                var engine = Engine.open(EngineOptions.at(home))) {
            assertThat(next.profile()).isEqualTo("demo-kafka");
            assertThat(names(engine)).containsExactly("demo-kafka");
            assertThat(brokerFolders()).hasSize(1);
            next.kill();
            next.exitCode();
            // Killed alone, its broker ends by itself and deletes its folder.
            next.awaitChildrenGone();
            await().atMost(Duration.ofSeconds(20))
                    .untilAsserted(() -> assertThat(brokerFolders()).isEmpty());
        }
    }

    /// Without what compression libraries unpack, which a killed process cannot delete.
    private List<Path> brokerFolders() throws IOException {
        try (var all = Files.list(temporary)) {
            return all.filter(path -> path.getFileName().toString().startsWith("dlo-")).toList();
        }
    }

    /// Slow, as it waits for a node; the node itself is started by other tests too.
    @Test
    @Tag("soak")
    void rabbitmq_has_a_profile_and_dead_letters_of_its_own_where_it_is_installed()
            throws Exception {
        try (var demo = DemoProcess.start(home, temporary, "--only", "rabbitmq");
                var engine = Engine.open(EngineOptions.at(home))) {
            assertThat(demo.profile()).isEqualTo("demo-rabbitmq");
            var queues = engine.brokers().queues("demo-rabbitmq");

            assertThat(queues)
                    .filteredOn(queue -> queue.ref().name().equals("invoices.dlq"))
                    .singleElement()
                    .satisfies(queue -> assertThat(queue.feeds()).containsExactly("invoices"));
            demo.kill();
            demo.exitCode();
            demo.awaitChildrenGone();
            await().atMost(Duration.ofSeconds(20))
                    .untilAsserted(() -> assertThat(temporary).isEmptyDirectory());
        }
    }

    @Test
    void sqs_has_a_profile_and_dead_letters_of_its_own() throws Exception {
        try (var demo = DemoProcess.start(home, temporary, "--only", "sqs");
                var engine = Engine.open(EngineOptions.at(home))) {
            assertThat(demo.profile()).isEqualTo("demo-sqs");
            var queues = engine.brokers().queues("demo-sqs");

            assertThat(queues)
                    .filteredOn(queue -> queue.role() == QueueRole.DEAD_LETTER)
                    .extracting(queue -> queue.ref().name() + " " + queue.depth().value())
                    .containsExactlyInAnyOrder(
                            "parcels-dlq 240",
                            "refunds-dlq.fifo 60",
                            "order-events-billing-dlq 40",
                            "thumbnails-function-dlq 50",
                            "nightly-report-rule-dlq 24");
            assertThat(causes(engine, "parcels-dlq")).containsOnly("Amazon SQS");
            assertThat(causes(engine, "order-events-billing-dlq")).containsOnly("Amazon SNS");
            assertThat(causes(engine, "thumbnails-function-dlq")).containsOnly("AWS Lambda");
            assertThat(causes(engine, "nightly-report-rule-dlq"))
                    .containsOnly("Amazon EventBridge");
            demo.kill();
            demo.exitCode();
            demo.awaitChildrenGone();
            await().atMost(Duration.ofSeconds(20))
                    .untilAsserted(() -> assertThat(brokerFolders()).isEmpty());
        }
    }

    /// By which conventions the causes of its first messages are read.
    private static Set<String> causes(Engine engine, String queue) throws Exception {
        var ref = engine.brokers().queue("demo-sqs", queue).ref();
        return engine
                .messages()
                .browse(
                        new BrowseRequest(
                                ref,
                                Cursor.oldest(),
                                Direction.NEWER,
                                20,
                                Filter.all(),
                                null,
                                false,
                                1_000))
                .messages()
                .stream()
                .map(view -> String.valueOf(view.failure().reader()))
                .collect(Collectors.toSet());
    }

    @Test
    void says_what_is_wrong_with_its_options() throws Exception {
        try (var wrong = DemoProcess.start(home, temporary, "--only", "kafka,abacus")) {
            assertThat(wrong.exitCode()).isEqualTo(2);
            assertThat(folder.resolve("demo.err"))
                    .hasContent(
                            "There is no demo of abacus; there is one of kafka, rabbitmq, sqs.");
        }
    }

    private static List<String> names(Engine engine) {
        return engine.profiles().all().stream().map(Profile::name).toList();
    }

    private static String bootstrap(Engine engine, String profile) throws Exception {
        return String.valueOf(engine.profiles().get(profile).values().get("bootstrap"));
    }
}
