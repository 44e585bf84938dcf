package org.deadletteroffice.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.FutureTask;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.deadletteroffice.fixtures.ForeignMessage;
import org.deadletteroffice.fixtures.sqs.AwsFaults;
import org.deadletteroffice.fixtures.sqs.S3StandIn;
import org.deadletteroffice.fixtures.sqs.SqsFixture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `dlo` on SQS, as ElasticMQ has it.
final class SqsEndToEndTest {
    private static SqsFixture sqs;

    @TempDir private Path home;
    private CommandLineDriver dlo;
    private String orders = "";
    private String deadLetters = "";

    @BeforeAll
    static void start() {
        sqs = SqsFixture.start();
    }

    @AfterAll
    static void stop() {
        sqs.close();
    }

    @BeforeEach
    void connect() {
        // queues of their own for each test; the server is shared
        orders = home.getFileName() + "-orders";
        deadLetters = orders + "-dlq";
        sqs.createQueue(deadLetters, Map.of());
        sqs.createSource(orders, deadLetters, 1);
        dlo = new CommandLineDriver(home);
        add("local", sqs.endpoint());
    }

    private void add(String profile, URI endpoint, String... more) {
        var words = new ArrayList<>(List.of("profiles", "add", "sqs", profile));
        Stream.concat(
                        Stream.of(
                                "endpoint=" + endpoint,
                                "region=elasticmq",
                                "signIn=KEYS",
                                "accessKeyId=operator",
                                "poll=0s"),
                        Stream.of(more))
                .forEach(field -> words.addAll(List.of("--set", field)));
        var added = dlo.run(words.toArray(String[]::new));
        assertThat(added.exit()).as(added.err()).isZero();
    }

    /// Received once more than the redrive policy allows.
    private void die(int count) {
        sqs.seed(orders, bodies(count).stream().map(ForeignMessage::of).toList());
        var url = sqs.client().getQueueUrl(request -> request.queueName(orders)).queueUrl();
        await().pollInterval(Duration.ofMillis(1))
                .until(
                        () -> {
                            sqs.client()
                                    .receiveMessage(
                                            request ->
                                                    request.queueUrl(url)
                                                            .maxNumberOfMessages(10)
                                                            .visibilityTimeout(0));
                            return sqs.depth(deadLetters) == count;
                        });
    }

    @Test
    void dead_letters_are_seen_redriven_and_proven() {
        die(3);

        var queue = queue();
        assertThat(queue.get("role").asText()).isEqualTo("deadLetter");
        assertThat(queue.get("feeds"))
                .singleElement()
                .extracting(JsonNode::asText)
                .isEqualTo(orders);
        for (var looking : List.of("browse", "fields", "groups")) {
            assertThat(dlo.run(looking, deadLetters).err())
                    .startsWith("Each look hides a message from consumers for up to ");
        }
        var messages = dlo.run("browse", deadLetters, "--from", "oldest").json().get("messages");
        assertThat(messages).hasSize(3);
        assertThat(messages.get(0).at("/failure/origin/queue").asText()).isEqualTo(orders);

        var job = dlo.run("redrive", deadLetters, "--all", "--yes");

        assertThat(job.exit()).as(job.err()).isZero();
        assertThat(job.json().get("guarantee").asText()).isEqualTo("atLeastOnce");
        assertThat(texts(orders)).containsExactlyInAnyOrderElementsOf(bodies(3));
        assertThat(sqs.depth(deadLetters)).isZero();
        assertThat(dlo.run("audit", "verify").json().get("intact").asBoolean()).isTrue();
    }

    @Test
    void a_payload_in_s3_is_fetched_and_told_when_it_is_missing() throws Exception {
        sqs.seed(
                deadLetters,
                List.of(
                        ForeignMessage.of(
                                "[\"software.amazon.payloadoffloading.PayloadS3Pointer\",{\"s3BucketName\":\"big\",\"s3Key\":\"a b/17\"}]")));
        try (var s3 = new S3StandIn("elasticmq", "operator", "operator")) {
            add("withS3", sqs.endpoint(), "s3Endpoint=" + s3.endpoint());
            var id =
                    dlo.run("browse", deadLetters, "-p", "withS3")
                            .json()
                            .at("/messages/0/id")
                            .asText();

            assertThat(dlo.run("show", deadLetters, id, "-p", "withS3", "--fetch").exit())
                    .isEqualTo(5);
            var rehearsed =
                    dlo.run(
                            "redrive",
                            deadLetters,
                            "-p",
                            "withS3",
                            "--all",
                            "--to",
                            orders,
                            "--dry-run");
            assertThat(rehearsed.json().at("/claimChecks/missing").asInt()).isEqualTo(1);
            s3.put("big/a b/17", "{\"order\":17}");
            var shown = dlo.run("show", deadLetters, id, "-p", "withS3", "--fetch");
            assertThat(shown.exit()).as(shown.err()).isZero();
            assertThat(shown.json().at("/claimChecks/0/fetched/payload/order").asInt())
                    .isEqualTo(17);
        }
    }

    @Test
    void a_copy_in_a_file_brings_back_what_vanished() {
        fill(3);
        var file = home.resolve("rescue.jsonl");
        var exported = dlo.run("export", deadLetters, "--file", file.toString());
        assertThat(exported.exit()).as(exported.err()).isZero();
        assertThat(sqs.depth(deadLetters)).isEqualTo(3);
        var url = sqs.client().getQueueUrl(request -> request.queueName(deadLetters)).queueUrl();
        sqs.client().purgeQueue(request -> request.queueUrl(url));
        assertThat(sqs.depth(deadLetters)).isZero();

        var imported = dlo.run("import", file.toString(), "--to", deadLetters, "--yes");

        assertThat(imported.exit()).as(imported.err()).isZero();
        assertThat(texts(deadLetters)).containsExactlyInAnyOrderElementsOf(bodies(3));
    }

    private JsonNode queue() {
        for (var queue : dlo.run("queues").json()) {
            if (queue.get("queue").asText().equals(deadLetters)) {
                return queue;
            }
        }
        throw new AssertionError("no queue " + deadLetters);
    }

    @Test
    void a_message_group_that_is_longer_than_a_look_is_redriven_whole_and_in_order() {
        var from = deadLetters + ".fifo";
        var to = orders + ".fifo";
        sqs.createQueue(from, Map.of());
        sqs.createQueue(to, Map.of());
        // No more of a group is given out than ten, before some of it are removed.
        sqs.seed(from, bodies(45).stream().map(body -> ForeignMessage.of("one", body)).toList());

        var job = dlo.run("redrive", from, "--all", "--to", to, "--yes");

        assertThat(job.exit()).as(job.err()).isZero();
        assertThat(job.json().get("state").asText()).isEqualTo("done");
        assertThat(sqs.depth(from)).isZero();
        assertThat(sqs.depth(to)).isEqualTo(45);
        var first = texts(to);
        assertThat(first).isNotEmpty().isEqualTo(bodies(45).subList(0, first.size()));
    }

    @Test
    void message_groups_go_on_though_their_first_ten_take_their_time_and_counts_come_late() {
        var from = deadLetters + ".fifo";
        var to = orders + ".fifo";
        sqs.createQueue(from, Map.of());
        sqs.createQueue(to, Map.of());
        sqs.seed(from, twoGroups(13));
        try (var aws = new AwsFaults(sqs.endpoint())) {
            // What the job has removed by the end is still counted as hidden then.
            aws.countLate(Duration.ofSeconds(4));
            add("aws", aws.endpoint());

            // Twenty take longer than the three seconds for which a scan waits for a removal.
            var job = slowly("aws", from, to, 5);

            assertThat(job.json().get("sent").asInt()).isEqualTo(26);
            assertThat(job.err()).doesNotContain("another reader");
        }
        assertThat(sqs.depth(from)).isZero();
        assertThat(sqs.depth(to)).isEqualTo(26);
    }

    @Test
    void message_groups_go_on_where_the_dead_letter_queue_moves_on_what_was_looked_at_too_often() {
        var from = deadLetters + ".fifo";
        var to = orders + ".fifo";
        var behind = orders + "-behind.fifo";
        sqs.createQueue(behind, Map.of());
        sqs.createQueue(to, Map.of());
        // The rehearsal is one look, the job the second; a third would move them on.
        sqs.createSource(from, behind, 2);
        sqs.seed(from, twoGroups(12));
        try (var aws = new AwsFaults(sqs.endpoint())) {
            aws.countLate(Duration.ofSeconds(4));
            add("aws", aws.endpoint());

            assertThat(
                            dlo.run("redrive", from, "-p", "aws", "--all", "--to", to, "--dry-run")
                                    .exit())
                    .isZero();
            var job = slowly("aws", from, to, 5);

            assertThat(job.json().get("sent").asInt()).isEqualTo(24);
        }
        assertThat(sqs.depth(from)).isZero();
        assertThat(sqs.depth(to)).isEqualTo(24);
        assertThat(sqs.depth(behind)).isZero();
    }

    private CommandLineDriver.Outcome slowly(String profile, String from, String to, int rate) {
        var job =
                dlo.run(
                        "redrive",
                        from,
                        "-p",
                        profile,
                        "--all",
                        "--to",
                        to,
                        "--rate",
                        Integer.toString(rate),
                        "--yes");
        assertThat(job.exit()).as(job.err()).isZero();
        assertThat(job.json().get("state").asText()).isEqualTo("done");
        return job;
    }

    private static List<ForeignMessage> twoGroups(int each) {
        return IntStream.range(0, 2 * each)
                .mapToObj(i -> ForeignMessage.of(i % 2 == 0 ? "even" : "odd", "" + i))
                .toList();
    }

    @Test
    void what_another_reader_hides_is_waited_for_though_counts_come_late() {
        fill(12);
        hide(3, 5);
        try (var aws = new AwsFaults(sqs.endpoint())) {
            aws.countLate(Duration.ofSeconds(3));
            add("aws", aws.endpoint(), "visibility=16s");

            var job = slowly("aws", deadLetters, orders, 500);

            assertThat(job.err())
                    .as("the job's own messages may be counted by then or not")
                    .containsPattern(
                            "3 messages of "
                                    + deadLetters
                                    + " (are|may be) hidden by another reader");
        }
        assertThat(sqs.depth(deadLetters)).isZero();
        assertThat(texts(orders)).containsExactlyInAnyOrderElementsOf(bodies(12));
    }

    private void hide(int count, int seconds) {
        var url = sqs.client().getQueueUrl(request -> request.queueName(deadLetters)).queueUrl();
        var hidden =
                sqs.client()
                        .receiveMessage(
                                request ->
                                        request.queueUrl(url)
                                                .maxNumberOfMessages(count)
                                                .visibilityTimeout(seconds))
                        .messages();
        assertThat(hidden).hasSize(count);
    }

    @Test
    void sqs_moves_a_whole_queue_by_itself_and_the_job_tells_how_far_it_is_until_it_is_stopped()
            throws Exception {
        die(60);
        var rehearsed = dlo.run("move", deadLetters, "--dry-run");
        assertThat(rehearsed.exit()).as(rehearsed.err()).isZero();
        assertThat(rehearsed.json().get("messages").asInt()).isEqualTo(60);
        assertThat(sqs.depth(deadLetters)).isEqualTo(60);

        var moving =
                new FutureTask<>(
                        () ->
                                new CommandLineDriver(home)
                                        .run("move", deadLetters, "--rate", "20", "--yes"));
        Thread.ofPlatform().start(moving);
        await().until(() -> moving.isDone() || job().path("sent").asInt() > 5);
        assertThat(job().get("state").asText()).isEqualTo("running");
        var stopped = dlo.run("jobs", "stop", job().get("jobId").asText());
        assertThat(stopped.exit()).as(stopped.err()).isZero();

        var end = moving.get();
        assertThat(end.json().get("kind").asText()).isEqualTo("move");
        assertThat(end.json().get("state").asText()).as(end.err()).isEqualTo("stopped");
        var moved = end.json().get("sent").asInt();
        assertThat(moved).isBetween(6, 59);
        assertThat(sqs.depth(orders)).isEqualTo(moved);
        assertThat(sqs.depth(deadLetters)).isEqualTo(60 - moved);

        var rest = dlo.run("move", deadLetters, "--to", orders, "--yes");

        assertThat(rest.exit()).as(rest.err()).isZero();
        assertThat(rest.json().get("sent").asInt()).isEqualTo(60 - moved);
        assertThat(texts(orders)).containsExactlyInAnyOrderElementsOf(bodies(60));
    }

    private JsonNode job() {
        return dlo.run("jobs", "list").json().path(0);
    }

    @Test
    void a_sign_in_that_expires_midway_interrupts_the_job_which_goes_on_after_a_new_one() {
        fill(300);
        try (var aws = new AwsFaults(sqs.endpoint())) {
            add("aws", aws.endpoint());
            aws.refuse("SendMessageBatch", 403, "ExpiredToken", 7, Integer.MAX_VALUE);

            var cut =
                    dlo.run("redrive", deadLetters, "-p", "aws", "--all", "--to", orders, "--yes");

            assertThat(cut.exit()).as(cut.err()).isEqualTo(7);
            assertThat(cut.json().get("state").asText()).isEqualTo("interrupted");
            assertThat(cut.json().get("sentence").asText()).contains("has expired");
            assertThat(cut.json().get("sent").asInt()).isEqualTo(70).isEqualTo(sqs.depth(orders));
            aws.heal();
            var resumed = dlo.run("jobs", "resume", cut.json().get("jobId").asText());
            assertThat(resumed.exit()).as(resumed.err()).isZero();
        }
        assertThat(texts(orders)).containsExactlyInAnyOrderElementsOf(bodies(300));
        assertThat(sqs.depth(deadLetters)).isZero();
    }

    @Test
    void a_throttled_redrive_waits_and_sends_nothing_twice() {
        fill(300);
        try (var aws = new AwsFaults(sqs.endpoint())) {
            add("aws", aws.endpoint());
            aws.refuse("SendMessageBatch", 400, "RequestThrottled", 3, 2);
            aws.refuse("DeleteMessageBatch", 400, "RequestThrottled", 2, 2);

            var job =
                    dlo.run("redrive", deadLetters, "-p", "aws", "--all", "--to", orders, "--yes");

            assertThat(job.exit()).as(job.err()).isZero();
            assertThat(job.err())
                    .as("the operator is told of the wait, and which one it is")
                    .containsPattern("asks to slow down .* Waiting 1\\.\\d s, then try 1 of 12\\.");
        }
        assertThat(texts(orders)).containsExactlyInAnyOrderElementsOf(bodies(300));
        assertThat(sqs.depth(deadLetters)).isZero();
    }

    @Test
    void a_purge_takes_what_it_can_and_says_that_it_waits_for_what_another_reader_hides() {
        fill(12);
        add("brief", sqs.endpoint(), "visibility=16s");
        hide(3, 5);

        var job = dlo.run("purge", deadLetters, "-p", "brief", "--all", "--yes");

        assertThat(job.exit()).as(job.err()).isZero();
        assertThat(job.err())
                .contains(
                        "3 messages of " + deadLetters + " are hidden by another reader. Waiting");
        assertThat(job.json().get("removed").asInt()).isEqualTo(12);
        assertThat(sqs.depth(deadLetters)).isZero();
    }

    @Test
    void a_key_that_may_not_be_used_and_a_clock_that_is_wrong_are_named() {
        fill(1);
        try (var aws = new AwsFaults(sqs.endpoint())) {
            add("aws", aws.endpoint());
            aws.refuse("SendMessageBatch", 400, "KMS.AccessDeniedException", 0, Integer.MAX_VALUE);
            var denied =
                    dlo.run("redrive", deadLetters, "-p", "aws", "--all", "--to", orders, "--yes");
            assertThat(denied.err() + denied.out()).contains("key that encrypts");
            assertThat(sqs.depth(deadLetters)).isEqualTo(1);

            aws.refuse("ReceiveMessage", 403, "RequestTimeTooSkewed", 0, Integer.MAX_VALUE);
            var late = dlo.run("browse", deadLetters, "-p", "aws", "--from", "oldest");
            assertThat(late.exit()).as(late.err()).isEqualTo(4);
            assertThat(late.err()).contains("clock").contains("Set the clock");
        }
    }

    private void fill(int count) {
        sqs.seed(deadLetters, bodies(count).stream().map(ForeignMessage::of).toList());
    }

    private static List<String> bodies(int count) {
        return IntStream.range(0, count).mapToObj(number -> "{\"order\":" + number + "}").toList();
    }

    private static List<String> texts(String queue) {
        return sqs.peek(queue).stream().map(ForeignMessage::text).toList();
    }
}
