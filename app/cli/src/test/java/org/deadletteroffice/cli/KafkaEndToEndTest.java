package org.deadletteroffice.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.deadletteroffice.fixtures.kafka.KafkaBroker;
import org.deadletteroffice.fixtures.sqs.S3StandIn;
import org.deadletteroffice.memory.DeathHeaders;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `dlo` as a process of its own, as a shell runs it, on a real broker.
final class KafkaEndToEndTest {
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static KafkaBroker broker;

    @TempDir private Path home;
    private String origin = "";
    private String deadLetters = "";

    @BeforeAll
    static void start() {
        broker = KafkaBroker.start();
    }

    @AfterAll
    static void stop() {
        broker.close();
    }

    @BeforeEach
    void connect() throws Exception {
        // a topic of its own for each test; the broker is shared
        origin = home.getFileName() + ".orders";
        deadLetters = origin + ".DLT";
        try (var admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrap()))) {
            admin.createTopics(
                            List.of(
                                    new NewTopic(origin, 2, (short) 1),
                                    new NewTopic(deadLetters, 1, (short) 1)
                                            .configs(Map.of("retention.ms", "3600000"))))
                    .all()
                    .get();
        }
        var added =
                dlo(
                        "profiles",
                        "add",
                        "kafka",
                        "local",
                        "--set",
                        "bootstrap=" + broker.bootstrap(),
                        "--set",
                        "timeout=60s");
        assertThat(added.exit()).as(added.err()).isZero();
    }

    @Test
    void dead_letters_are_seen_redriven_and_proven() throws Exception {
        die(3);

        var messages = dlo("browse", deadLetters, "--from", "oldest").json().get("messages");
        assertThat(messages).hasSize(3);
        assertThat(messages.get(0).at("/payload/order").asInt()).isZero();
        var died = Instant.parse(messages.get(0).get("timestamp").asText());
        assertThat(messages.get(0).get("vanishesAt").asText())
                .isEqualTo(died.plus(Duration.ofHours(1)).toString());
        assertThat(messages.get(0).at("/failure/origin/queue").asText()).isEqualTo(origin);

        var job = dlo("redrive", deadLetters, "--all", "--yes");

        assertThat(job.exit()).as(job.err()).isZero();
        assertThat(job.json().get("guarantee").asText()).isEqualTo("exactlyOnce");
        var arrived = arrived();
        assertThat(arrived)
                .extracting(KafkaEndToEndTest::payload)
                .containsExactlyInAnyOrder(order(0), order(1), order(2));
        assertThat(arrived).extracting(ConsumerRecord::partition).containsOnly(1);
        assertThat(dlo("browse", deadLetters).json().get("messages")).isEmpty();
        assertThat(dlo("audit", "verify").json().get("intact").asBoolean()).isTrue();
    }

    @Test
    void a_terminated_redrive_ends_with_7_and_goes_on_where_it_stopped() throws Exception {
        die(600);
        var output = Files.createTempFile(home, "out", ".json");
        var process =
                builder("redrive", deadLetters, "--all", "--yes", "--rate", "60")
                        .redirectOutput(output.toFile())
                        .redirectError(home.resolve("err.txt").toFile())
                        .start();
        await().atMost(PATIENCE).until(() -> !process.isAlive() || !arrived().isEmpty());

        process.destroy(); // SIGTERM

        assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(Files.readString(home.resolve("err.txt"))).isEqualTo(7);
        var job = new ObjectMapper().readTree(output.toFile());
        assertThat(job.get("sent").asInt()).isEqualTo(arrived().size()).isLessThan(600);
        var resumed = dlo("jobs", "resume", job.get("jobId").asText());
        assertThat(resumed.exit()).as(resumed.err()).isZero();
        assertThat(arrived())
                .extracting(KafkaEndToEndTest::payload)
                .hasSize(600)
                .doesNotHaveDuplicates();
    }

    @Test
    void a_payload_in_s3_is_found_and_fetched_with_the_sign_in_of_the_profile_that_is_named()
            throws Exception {
        send(pointer("a b/17"), pointer("gone"));
        try (var s3 = new S3StandIn("eu-central-1", "operator", "operator")) {
            s3.put("big/a b/17", "{\"order\":17}");
            s3.refuse("big/denied", 403, "AccessDenied", Map.of());
            var dlo = new CommandLineDriver(home);
            // Of Amazon SQS nothing is asked.
            add(
                    dlo,
                    "sqs",
                    "vault",
                    "endpoint=http://127.0.0.1:9",
                    "region=eu-central-1",
                    "signIn=KEYS",
                    "accessKeyId=operator",
                    "s3Endpoint=" + s3.endpoint());
            add(
                    dlo,
                    "kafka",
                    "withVault",
                    "bootstrap=" + broker.bootstrap(),
                    "timeout=60s",
                    "payloadProfile=vault");

            var rehearsed = rehearse(dlo, "withVault");
            assertThat(rehearsed.at("/claimChecks/present").asInt()).isEqualTo(1);
            assertThat(rehearsed.at("/claimChecks/missing").asInt()).isEqualTo(1);
            assertThat(s3.asked()).containsExactlyInAnyOrder("HEAD big/a b/17", "HEAD big/gone");
            var shown = dlo.run("show", deadLetters, "0-0", "-p", "withVault", "--fetch");
            assertThat(shown.exit()).as(shown.err()).isZero();
            assertThat(shown.json().at("/claimChecks/0/fetched/payload/order").asInt())
                    .isEqualTo(17);
            assertThat(s3.asked()).contains("GET big/a b/17");

            send(pointer("denied"));
            var denied = dlo.run("show", deadLetters, "0-2", "-p", "withVault", "--fetch");
            assertThat(denied.exit()).as(denied.err()).isEqualTo(4);
            assertThat(denied.err()).contains("s3:GetObject").contains("big/denied");
            var asked = s3.asked().size();
            var alone = rehearse(dlo, "local");
            assertThat(alone.at("/claimChecks/unknown").asInt()).isEqualTo(3);
            assertThat(alone.at("/claimChecks").toString())
                    .contains("It points into S3, for which this profile has no sign-in.");
            assertThat(s3.asked()).hasSize(asked);
        }
    }

    private static String pointer(String key) {
        return "[\"software.amazon.payloadoffloading.PayloadS3Pointer\",{\"s3BucketName\":\"big\",\"s3Key\":\"%s\"}]"
                .formatted(key);
    }

    private static void add(CommandLineDriver dlo, String kind, String profile, String... fields) {
        var words = new ArrayList<>(List.of("profiles", "add", kind, profile));
        List.of(fields).forEach(field -> words.addAll(List.of("--set", field)));
        var added = dlo.run(words.toArray(String[]::new));
        assertThat(added.exit()).as(added.err()).isZero();
    }

    private JsonNode rehearse(CommandLineDriver dlo, String profile) {
        var rehearsed =
                dlo.run(
                        "redrive",
                        deadLetters,
                        "-p",
                        profile,
                        "--all",
                        "--to",
                        origin,
                        "--dry-run");
        assertThat(rehearsed.exit()).as(rehearsed.err()).isZero();
        return rehearsed.json();
    }

    @Test
    void a_broker_that_is_not_there_is_unreachable() throws Exception {
        dlo(
                "profiles",
                "add",
                "kafka",
                "gone",
                "--set",
                "bootstrap=127.0.0.1:9",
                "--set",
                "timeout=2s");

        var refused = dlo("browse", deadLetters, "-p", "gone");

        assertThat(refused.exit()).as(refused.err()).isEqualTo(3);
        assertThat(refused.json().at("/error/kind").asText()).isEqualTo("unreachable");
        assertThat(refused.err().lines()).hasSize(1);
    }

    private void send(String... payloads) {
        try (var producer = producer()) {
            for (var payload : payloads) {
                producer.send(
                        new ProducerRecord<>(
                                deadLetters, payload.getBytes(StandardCharsets.UTF_8)));
            }
        }
    }

    private static KafkaProducer<byte[], byte[]> producer() {
        return new KafkaProducer<>(
                Map.of("bootstrap.servers", broker.bootstrap()),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    private void die(int count) {
        try (var producer = producer()) {
            for (int i = 0; i < count; i++) {
                var letter =
                        new ProducerRecord<byte[], byte[]>(
                                deadLetters, order(i).getBytes(StandardCharsets.UTF_8));
                DeathHeaders.of(origin, "java.io.IOException", "no answer to order " + i)
                        .from(1, i)
                        .spring()
                        .forEach(header -> letter.headers().add(header.name(), header.value()));
                producer.send(letter);
            }
        }
    }

    private List<ConsumerRecord<byte[], byte[]>> arrived() {
        try (var consumer =
                new KafkaConsumer<byte[], byte[]>(
                        Map.of(
                                "bootstrap.servers",
                                broker.bootstrap(),
                                "isolation.level",
                                "read_committed"),
                        new ByteArrayDeserializer(),
                        new ByteArrayDeserializer())) {
            var partitions = List.of(new TopicPartition(origin, 0), new TopicPartition(origin, 1));
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            var ends = consumer.endOffsets(partitions);
            var records = new ArrayList<ConsumerRecord<byte[], byte[]>>();
            while (partitions.stream()
                    .anyMatch(p -> consumer.position(p) < ends.getOrDefault(p, 0L))) {
                consumer.poll(Duration.ofMillis(100)).forEach(records::add);
            }
            return records;
        }
    }

    private static String order(int number) {
        return "{\"order\":" + number + "}";
    }

    private static String payload(ConsumerRecord<byte[], byte[]> letter) {
        return new String(letter.value(), StandardCharsets.UTF_8);
    }

    private ProcessBuilder builder(String... args) {
        var command =
                new ArrayList<>(
                        List.of(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-XX:TieredStopAtLevel=1",
                                "--sun-misc-unsafe-memory-access=allow",
                                "--enable-native-access=ALL-UNNAMED",
                                "-cp",
                                System.getProperty("java.class.path"),
                                Main.class.getName()));
        command.addAll(List.of(args));
        var builder = new ProcessBuilder(command);
        builder.environment().put("DLO_HOME", home.toString());
        return builder;
    }

    private CommandLineDriver.Outcome dlo(String... args) throws IOException, InterruptedException {
        var out = Files.createTempFile(home, "out", ".txt");
        var err = Files.createTempFile(home, "err", ".txt");
        var process =
                builder(args).redirectOutput(out.toFile()).redirectError(err.toFile()).start();
        assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        return new CommandLineDriver.Outcome(
                process.exitValue(), Files.readString(out), Files.readString(err));
    }
}
