package org.deadletteroffice.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.rabbitmq.client.AMQP.BasicProperties;
import com.rabbitmq.client.DefaultConsumer;
import com.rabbitmq.client.GetResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.deadletteroffice.fixtures.rabbitmq.RabbitBroker;
import org.deadletteroffice.fixtures.rabbitmq.RabbitFixture;
import org.deadletteroffice.memory.MemoryBroker;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// `dlo` on a real RabbitMQ node.
final class RabbitEndToEndTest {
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    /// The sender's own time.
    private static final Date SENT = Date.from(Instant.ofEpochSecond(1_769_750_000));

    private static RabbitFixture rabbit;

    @TempDir private Path home;
    private CommandLineDriver dlo;
    private String orders = "";
    private String deadLetters = "";

    @BeforeAll
    static void start() {
        rabbit = RabbitFixture.start(RabbitFixture.Type.CLASSIC);
    }

    @AfterAll
    static void stop() {
        rabbit.close();
    }

    @BeforeEach
    void connect() {
        // queues of their own for each test; the node is shared
        orders = home.getFileName() + "-orders";
        deadLetters = orders + "-dlq";
        rabbit.createQueue(deadLetters, Map.of());
        rabbit.createQueue(
                orders,
                Map.of("x-dead-letter-exchange", "", "x-dead-letter-routing-key", deadLetters));
        dlo = new CommandLineDriver(home);
        add("local", "/");
    }

    private void add(String profile, String virtualHost) {
        add(profile, virtualHost, "10s");
    }

    private void add(String profile, String virtualHost, String timeout) {
        add(dlo, rabbit, profile, virtualHost, timeout);
    }

    /// Adds a profile of the fixture's node.
    static void add(
            CommandLineDriver dlo,
            RabbitFixture node,
            String profile,
            String virtualHost,
            String timeout) {
        var broker = node.broker();
        var words = new ArrayList<>(List.of("profiles", "add", "rabbitmq", profile));
        for (var field :
                List.of(
                        "hosts=127.0.0.1:" + broker.port(),
                        "username=" + RabbitBroker.ADMIN,
                        "virtualHost=" + virtualHost,
                        "managementUrl=http://127.0.0.1:" + broker.managementPort(),
                        "timeout=" + timeout)) {
            words.addAll(List.of("--set", field));
        }
        done(dlo.run(words.toArray(String[]::new)));
    }

    /// What a command said that ended well.
    static JsonNode done(CommandLineDriver.Outcome outcome) {
        assertThat(outcome.exit()).as(outcome.err() + outcome.out()).isZero();
        return outcome.json();
    }

    /// Rejected by a consumer, with headers of several types.
    private void die(int count) {
        var _ =
                rabbit.use(
                        "let die",
                        channel -> {
                            var _ = channel.confirmSelect();
                            for (var body : bodies(count)) {
                                channel.basicPublish(
                                        "", orders, typed(), body.getBytes(StandardCharsets.UTF_8));
                            }
                            channel.waitForConfirmsOrDie(PATIENCE.toMillis());
                            for (var left = count; left > 0; left--) {
                                var got = channel.basicGet(orders, false);
                                channel.basicReject(got.getEnvelope().getDeliveryTag(), false);
                            }
                            return count;
                        });
        await().atMost(PATIENCE).until(() -> depth(deadLetters) == count);
    }

    private static BasicProperties typed() {
        return new BasicProperties.Builder()
                .contentType("application/json")
                .timestamp(SENT)
                .deliveryMode(2)
                .headers(
                        Map.of(
                                "int",
                                5,
                                "long",
                                5L,
                                "short",
                                (short) 5,
                                "flag",
                                true,
                                "bytes",
                                new byte[] {0, (byte) 0xff},
                                "time",
                                Date.from(Instant.ofEpochSecond(1_769_760_000)),
                                "table",
                                Map.of("int", 7, "list", List.of("a", 8))))
                .build();
    }

    private static List<String> bodies(int count) {
        return IntStream.range(0, count).mapToObj(n -> "{\"order\":" + n + "}").toList();
    }

    private static long depth(String queue) {
        return rabbit.use("count " + queue, channel -> channel.messageCount(queue));
    }

    private static List<GetResponse> taken(String queue) {
        return rabbit.use(
                "take from " + queue,
                channel -> {
                    var all = new ArrayList<GetResponse>();
                    for (var got = channel.basicGet(queue, true);
                            got != null;
                            got = channel.basicGet(queue, true)) {
                        all.add(got);
                    }
                    return all;
                });
    }

    private static List<String> texts(List<GetResponse> messages) {
        return messages.stream()
                .map(message -> new String(message.getBody(), StandardCharsets.UTF_8))
                .toList();
    }

    /// The headers of a message with their types, as an application sees them.
    private static String headers(GetResponse message) {
        var headers = new TreeMap<String, String>();
        message.getProps().getHeaders().forEach((name, value) -> headers.put(name, words(value)));
        return headers.toString();
    }

    private static String words(@Nullable Object value) {
        return switch (value) {
            case null -> "nothing";
            case byte[] bytes -> java.util.HexFormat.of().formatHex(bytes);
            case List<?> array -> array.stream().map(RabbitEndToEndTest::words).toList().toString();
            case Map<?, ?> table -> {
                var sorted = new TreeMap<String, String>();
                table.forEach((name, each) -> sorted.put(String.valueOf(name), words(each)));
                yield sorted.toString();
            }
            default -> value.getClass().getSimpleName() + ' ' + value;
        };
    }

    private JsonNode queue(String name) {
        for (var queue : done(dlo.run("queues", "-p", "local"))) {
            if (queue.get("queue").asText().equals(name)) {
                return queue;
            }
        }
        throw new AssertionError("no queue " + name);
    }

    @Test
    void dead_letters_are_seen_understood_redriven_and_proven() {
        die(3);

        await().atMost(PATIENCE)
                .untilAsserted(
                        () ->
                                assertThat(queue(deadLetters).get("role").asText())
                                        .isEqualTo("deadLetter"));
        var way = queue(deadLetters).at("/ways/0");
        assertThat(way.get("from").asText()).isEqualTo(orders);
        assertThat(way.get("exchange").asText()).isEmpty();
        assertThat(way.get("key").asText()).isEqualTo(deadLetters);
        var looked = dlo.run("browse", deadLetters, "--from", "oldest");
        assertThat(looked.err()).startsWith("Messages looked at are marked as redelivered");
        var messages = done(looked).get("messages");
        assertThat(messages).hasSize(3);
        assertThat(messages.get(0).at("/payload/order").asInt()).isZero();
        assertThat(messages.get(0).at("/failure/type").asText()).isEqualTo("rejected");
        assertThat(messages.get(0).at("/failure/origin/queue").asText()).isEqualTo(orders);
        var id = messages.get(1).get("id").asText();
        var shown = done(dlo.run("show", deadLetters, id));
        assertThat(shown.at("/payload/order").asInt()).isEqualTo(1);
        assertThat(shown.at("/failure/message").asText())
                .isEqualTo("Rejected by a consumer of " + orders);

        var redriven = dlo.run("redrive", deadLetters, "--all", "--yes");
        var job = done(redriven);

        assertThat(redriven.err()).containsOnlyOnce("dlo move " + deadLetters + " -p local");
        assertThat(job.get("sent").asInt()).isEqualTo(3);
        assertThat(job.get("removed").asInt()).isEqualTo(3);
        var home = taken(orders);
        assertThat(texts(home)).isEqualTo(bodies(3));
        assertThat(home)
                .extracting(message -> message.getProps().getTimestamp())
                .containsOnly(SENT);
        assertThat(depth(deadLetters)).isZero();
        var jobs = done(dlo.run("jobs", "list"));
        assertThat(jobs.at("/0/jobId")).isEqualTo(job.get("jobId"));
        assertThat(jobs.at("/0/state").asText()).isEqualTo("done");
        assertThat(done(dlo.run("audit", "verify")).get("intact").asBoolean()).isTrue();
    }

    @Test
    void what_was_purged_is_restored_with_the_types_of_its_headers() {
        die(2);
        var before = taken(deadLetters).stream().map(RabbitEndToEndTest::headers).toList();
        die(2);

        var purge = done(dlo.run("purge", deadLetters, "--all", "--yes"));
        assertThat(depth(deadLetters)).isZero();
        var restored = done(dlo.run("restore", purge.get("jobId").asText(), "--yes"));

        assertThat(restored.get("sent").asInt()).isEqualTo(2);
        var after = taken(deadLetters);
        assertThat(texts(after)).isEqualTo(bodies(2));
        assertThat(after)
                .extracting(RabbitEndToEndTest::withoutDeath)
                .isEqualTo(before.stream().map(RabbitEndToEndTest::withoutDeath).toList());
    }

    /// It tells the second in which each of them died, and a restored message has a mark besides.
    private static String withoutDeath(String headers) {
        return headers.replaceAll("x-death=\\[.*?\\}\\], ", "").replaceAll(", x-redrive[^,}]*", "");
    }

    private static String withoutDeath(GetResponse message) {
        return withoutDeath(headers(message));
    }

    @Test
    void dead_letters_go_to_another_virtual_host_and_to_another_kind_of_broker_and_back() {
        die(2);
        rabbit.manage("PUT", "/vhosts/other", "");
        rabbit.manage(
                "PUT",
                "/permissions/other/" + RabbitBroker.ADMIN,
                "{\"configure\":\".*\",\"write\":\".*\",\"read\":\".*\"}");
        rabbit.manage("PUT", "/queues/other/" + orders, "{\"durable\":true}");
        add("other", "other");

        var there =
                done(
                        dlo.run(
                                "redrive",
                                deadLetters,
                                "-p",
                                "local",
                                "--all",
                                "--yes",
                                "--to",
                                orders,
                                "--to-profile",
                                "other"));

        assertThat(there.get("sent").asInt()).isEqualTo(2);
        assertThat(depth(deadLetters)).isZero();
        assertThat(done(dlo.run("browse", orders, "-p", "other")).get("messages"))
                .hasSize(2)
                .allSatisfy(
                        message ->
                                assertThat(message.get("timestamp").asText())
                                        .isEqualTo(SENT.toInstant().toString()));

        try (var memory = MemoryBroker.named(UUID.randomUUID().toString())) {
            memory.createLog("parked");
            done(dlo.run("profiles", "add", "memory", "shelf", "--set", "broker=" + memory.name()));
            var parked =
                    done(
                            dlo.run(
                                    "redrive",
                                    orders,
                                    "-p",
                                    "other",
                                    "--all",
                                    "--yes",
                                    "--to",
                                    "parked",
                                    "--to-profile",
                                    "shelf"));
            assertThat(parked.get("sent").asInt()).isEqualTo(2);
            assertThat(memory.messages("parked"))
                    .allSatisfy(
                            message -> assertThat(message.headers().lastText("int")).hasValue("5"));

            var back =
                    done(
                            dlo.run(
                                    "redrive",
                                    "parked",
                                    "-p",
                                    "shelf",
                                    "--all",
                                    "--yes",
                                    "--to",
                                    orders,
                                    "--to-profile",
                                    "local"));
            assertThat(back.get("sent").asInt()).isEqualTo(2);
        }
        var home = taken(orders);
        assertThat(texts(home)).containsExactlyInAnyOrderElementsOf(bodies(2));
        assertThat(home)
                .allSatisfy(
                        message ->
                                assertThat(headers(message))
                                        .contains(
                                                "bytes=00ff",
                                                "flag=Boolean true",
                                                "int=Integer 5",
                                                "long=Long 5",
                                                "short=Short 5",
                                                "table={int=Integer 7, list=[ByteArrayLongString a, Integer 8]}",
                                                "time=Date "));
    }

    @Test
    void job_whose_broker_is_short_of_disk_says_so_to_whoever_lists_the_jobs() throws Exception {
        die(200);
        add("hasty", "/", "1s");
        var outcome = new CompletableFuture<CommandLineDriver.Outcome>();
        Thread.ofVirtual()
                .start(
                        () ->
                                outcome.complete(
                                        new CommandLineDriver(home)
                                                .run(
                                                        "redrive",
                                                        deadLetters,
                                                        "-p",
                                                        "hasty",
                                                        "--all",
                                                        "--yes",
                                                        "--rate",
                                                        "20")));
        await().atMost(PATIENCE).until(() -> depth(orders) > 0);
        rabbit.broker().control("set_disk_free_limit", "900000GB");
        try {
            await().atMost(PATIENCE)
                    .until(() -> onlyJob().get("sentence").asText(), told -> told.contains("disk"));
            assertThat(onlyJob().get("state").asText()).isEqualTo("running");
            var job = onlyJob().get("jobId").asText();
            assertThat(dlo.run("jobs", "show", job, "--output", "table").out())
                    .contains("The broker takes no messages now", "disk");

            done(dlo.run("jobs", "stop", job));
            // What was on its way may still arrive, so it is not stopped for good.
            assertThat(outcome.get(1, TimeUnit.MINUTES).exit())
                    .isEqualTo(ExitCode.INTERRUPTED.number());
            assertThat(onlyJob().get("sentence").asText()).contains("Resume the job to settle it");
        } finally {
            rabbit.broker().control("set_disk_free_limit", "50MB");
        }
    }

    private JsonNode onlyJob() {
        return done(dlo.run("jobs", "list")).get(0);
    }

    @Test
    @Timeout(180)
    void rates_that_the_broker_tells_are_there_long_before_the_window_is_over() {
        var reader =
                rabbit.<JsonNode>use(
                        "billing",
                        channel -> {
                            var _ =
                                    channel.basicConsume(
                                            orders, false, new DefaultConsumer(channel));
                            await().atMost(PATIENCE)
                                    .until(() -> lag("0s").path("growth").isNumber());
                            return lag("1h");
                        });

        assertThat(reader.get("rate").isNumber()).isTrue();
        assertThat(reader.get("lag").asLong()).isZero();
    }

    private JsonNode lag(String window) {
        for (var row : done(dlo.run("lag", "-p", "local", "--window", window))) {
            if (row.get("queue").asText().equals(orders)) {
                return row;
            }
        }
        return MissingNode.getInstance();
    }
}
