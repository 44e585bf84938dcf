package org.deadletteroffice.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import java.util.Objects;
import org.deadletteroffice.memory.MemoryMessage;
import org.deadletteroffice.spi.message.DeadLetter;
import org.junit.jupiter.api.Test;

final class RedriveTest extends OnMemory {
    @Test
    void all_go_to_their_origin_once_with_their_bytes() {
        memory.withDeadOrders(20);

        var job = dlo.run("redrive", "orders.DLT", "-p", "dev", "--all", "--yes");

        assertThat(job.exit()).as(job.err()).isZero();
        GoldenJson.assertSame("redrive", job);
        assertThat(origin())
                .extracting(RedriveTest::payload)
                .containsExactlyInAnyOrderElementsOf(
                        memory.broker.messages("orders.DLT").stream()
                                .map(RedriveTest::payload)
                                .toList());
        assertThat(origin())
                .allSatisfy(
                        letter ->
                                assertThat(letter.headers().lastText("content-type"))
                                        .contains("application/json"));
    }

    @Test
    void a_rehearsal_sends_nothing_and_tells_what_would_be() {
        memory.withDeadOrders(5);

        var rehearsed = dlo.run("redrive", "orders.DLT", "--all", "--dry-run");

        assertThat(rehearsed.exit()).isZero();
        GoldenJson.assertSame("redrive-dry-run", rehearsed);
        assertThat(origin()).isEmpty();
        assertThat(dlo.run("jobs").json()).isEmpty();
    }

    @Test
    void a_rehearsal_warns_of_what_goes_further_than_asked_for() {
        memory.withDeadOrders(2);
        memory.broker.faults().warn("orders", "It goes to audit as well.");

        var rehearsed = dlo.run("redrive", "orders.DLT", "--all", "--dry-run");
        var shown =
                dlo.run("redrive", "orders.DLT", "--all", "--dry-run", "--output", "table").out();

        assertThat(rehearsed.json().get("planned").asInt()).isEqualTo(2);
        assertThat(rehearsed.json().get("warnings").toString())
                .contains("It goes to audit as well.", "2");
        assertThat(shown)
                .contains("2 of 2 messages would be sent", "beware")
                .containsPattern("2, such as [0-9-]+: It goes to audit as well\\.");
        assertThat(origin()).isEmpty();
    }

    @Test
    void without_a_terminal_and_without_yes_it_is_refused() {
        memory.withDeadOrders(1);

        var refused = dlo.run("redrive", "orders.DLT", "--all");

        assertThat(refused.exit()).isEqualTo(6);
        assertThat(refused.err()).contains("--dry-run").contains("--yes");
        assertThat(origin()).isEmpty();
    }

    @Test
    void at_a_terminal_it_asks_with_the_plan_and_sends_on_yes() {
        memory.withDeadOrders(3);

        var sent = dlo.atTerminal("y\n").run("redrive", "orders.DLT", "--all");

        assertThat(sent.exit()).as(sent.err()).isZero();
        assertThat(sent.err()).contains("to orders: 3").contains("Send 3 messages? [y/N]");
        assertThat(origin()).hasSize(3);
    }

    @Test
    void anything_but_yes_sends_nothing() {
        memory.withDeadOrders(3);

        assertThat(dlo.atTerminal("\n").run("redrive", "orders.DLT", "--all").exit()).isEqualTo(6);
        assertThat(dlo.atTerminal("").run("redrive", "orders.DLT", "--all").exit()).isEqualTo(6);
        assertThat(origin()).isEmpty();
    }

    @Test
    void scope_is_ids_a_group_or_a_filter() {
        memory.withDeadOrders(6);

        assertThat(planned("--id", "0-0", "0-1")).isEqualTo(2);
        assertThat(planned("--id", "0-2", "--id", "0-3")).isEqualTo(2);
        assertThat(planned("--where", "payload.order == 4")).isEqualTo(1);
        var group = dlo.run("groups", "orders.DLT").json().get(0).get("fingerprint").asText();
        assertThat(planned("--group", group)).isEqualTo(1);
        assertThat(origin()).hasSize(6);
    }

    @Test
    void destination_headers_and_payload_change_on_request() {
        memory.withDeadOrders(1).broker.createLog("repaired");

        var job =
                dlo.run(
                        "redrive",
                        "orders.DLT",
                        "--all",
                        "--yes",
                        "--to",
                        "repaired",
                        "--jq",
                        ".price = 2.25",
                        "--set-header",
                        "ticket=INC-1=2",
                        "--drop-header",
                        "trace");

        assertThat(job.exit()).as(job.err()).isZero();
        var sent = memory.broker.messages("repaired").getFirst();
        assertThat(payload(sent))
                .isEqualTo("{\"order\":0,\"total\":9007199254740993,\"price\":2.25}");
        assertThat(sent.headers().lastText("ticket")).contains("INC-1=2");
        assertThat(sent.headers().has("trace")).isFalse();
        assertThat(origin()).isEmpty();
    }

    @Test
    void another_profile_can_be_the_destination() {
        memory.withDeadOrders(2);
        try (var other = org.deadletteroffice.memory.MemoryBroker.named("other-" + home)) {
            other.createLog("orders", 2);
            dlo.run("profiles", "add", "memory", "other", "--set", "broker=" + other.name());

            var job =
                    dlo.run(
                            "redrive",
                            "orders.DLT",
                            "-p",
                            "dev",
                            "--all",
                            "--yes",
                            "--to-profile",
                            "other");

            assertThat(job.exit()).as(job.err()).isZero();
            assertThat(job.json().get("guarantee").asText()).isEqualTo("atLeastOnce");
            assertThat(other.messages("orders")).hasSize(2);
        }
    }

    @Test
    void what_was_left_out_is_told_with_the_reason_and_code_1() {
        memory.withDeadOrders(2);
        memory.broker.send("orders.DLT", MemoryMessage.of("nobody knows where from"));

        var job = dlo.run("redrive", "orders.DLT", "--all", "--yes");

        assertThat(job.exit()).isEqualTo(1);
        assertThat(job.json().get("state").asText()).isEqualTo("doneInPart");
        assertThat(job.json().get("sent").asLong()).isEqualTo(2);
        assertThat(job.json().get("excluded").asLong()).isEqualTo(1);
        assertThat(job.json().at("/reasons/0/reason").asText()).isNotBlank();
        assertThat(job.json().at("/left/0/id").asText()).isEqualTo("0-2");
        assertThat(job.err()).isNotBlank();
    }

    @Test
    void an_origin_that_is_gone_leaves_the_messages_and_says_so() {
        memory.withDeadOrders(2).broker.delete("orders");

        var job = dlo.run("redrive", "orders.DLT", "--all", "--yes");

        assertThat(job.exit()).isIn(1, 5);
        assertThat(job.out() + job.err()).contains("orders");
        assertThat(memory.broker.messages("orders.DLT")).hasSize(2);
    }

    @Test
    void an_origin_that_may_not_be_written_leaves_the_messages_and_says_so() {
        memory.withDeadOrders(2);
        memory.broker.faults().forbid(org.deadletteroffice.memory.Right.WRITE, "orders");

        var job = dlo.run("redrive", "orders.DLT", "--all", "--yes");

        assertThat(job.exit()).isIn(1, 4);
        assertThat(job.out()).contains("orders");
        assertThat(origin()).isEmpty();
    }

    @Test
    void sending_to_the_source_itself_is_refused_unless_forced() {
        memory.withDeadOrders(1);

        var refused = dlo.run("redrive", "orders.DLT", "--all", "--yes", "--to", "orders.DLT");

        assertThat(refused.exit()).isEqualTo(6);
        assertThat(memory.broker.messages("orders.DLT")).hasSize(1);
    }

    @Test
    void production_wants_the_queue_and_a_reason() {
        memory.withDeadOrders(2).add("prod", "production");
        String[] line = {"redrive", "orders.DLT", "-p", "prod", "--all", "--yes"};

        assertThat(dlo.run(line).err()).contains("--confirm orders.DLT");
        assertThat(dlo.run(with(line, "--confirm", "orders.DLT")).err()).contains("--reason");
        assertThat(dlo.run(with(line, "--confirm", "orders", "--reason", "x")).exit()).isEqualTo(6);
        assertThat(origin()).isEmpty();

        var sent = dlo.run(with(line, "--confirm", "orders.DLT", "--reason", "INC-4711"));

        assertThat(sent.exit()).as(sent.err()).isZero();
        assertThat(sent.json().get("reason").asText()).isEqualTo("INC-4711");
        assertThat(origin()).hasSize(2);
        assertThat(dlo.run("audit", "list", "--text", "INC-4711").json()).isNotEmpty();
    }

    @Test
    void an_interrupted_job_ends_with_7_and_a_resumed_one_sends_each_once() {
        memory.withDeadOrders(400);
        var ctrlC = dlo.interruption();
        var watcher =
                Thread.ofVirtual()
                        .start(
                                () -> {
                                    await().until(() -> !origin().isEmpty());
                                    ctrlC.request();
                                });

        var interrupted = dlo.run("redrive", "orders.DLT", "--all", "--yes", "--rate", "100");

        assertThat(watcher.isAlive()).isFalse();
        assertThat(interrupted.exit()).isEqualTo(7);
        var job = interrupted.json().get("jobId").asText();
        assertThat(interrupted.err()).contains("dlo jobs resume " + job);
        assertThat(interrupted.json().get("sent").asLong())
                .isEqualTo(origin().size())
                .isLessThan(400);

        assertThat(dlo.run("jobs", "stop", "no-such-job").exit()).isEqualTo(5);
        var sentence = dlo.run("jobs", "show", job).json().get("sentence").asText();
        assertThat(sentence).isNotBlank();
        assertThat(dlo.run("jobs", "-o", "table").out()).contains("HOW IT STANDS", sentence);
        assertThat(dlo.run("jobs", "show", job).json().get("state").asText())
                .isEqualTo("interrupted");
        var resumed = dlo.run("jobs", "resume", job);

        assertThat(resumed.exit()).as(resumed.err()).isZero();
        assertThat(origin()).extracting(RedriveTest::payload).hasSize(400).doesNotHaveDuplicates();
    }

    @Test
    void an_interrupted_job_can_be_abandoned() {
        memory.withDeadOrders(400);
        var ctrlC = dlo.interruption();
        Thread.ofVirtual()
                .start(
                        () -> {
                            await().until(() -> !origin().isEmpty());
                            ctrlC.request();
                        });
        var job =
                dlo.run("redrive", "orders.DLT", "--all", "--yes", "--rate", "100")
                        .json()
                        .get("jobId")
                        .asText();

        var ended = dlo.run("jobs", "abandon", job);

        assertThat(ended.exit()).as(ended.err()).isZero();
        assertThat(dlo.run("jobs", "resume", job).exit()).isNotZero();
    }

    @Test
    void jobs_have_the_promised_fields() {
        memory.withDeadOrders(2);
        dlo.run("redrive", "orders.DLT", "--all", "--yes", "--reason", "fixed");

        var jobs = dlo.run("jobs", "list");
        GoldenJson.assertSame("jobs-list", jobs);
        GoldenJson.assertSame(
                "jobs-show", dlo.run("jobs", "show", jobs.json().get(0).get("jobId").asText()));
        assertThat(dlo.run("jobs", "-o", "table").out()).contains("JOB", "done", "orders.DLT");
    }

    @Test
    void one_message_is_edited_in_its_format_and_replayed() throws IOException {
        memory.withDeadOrders(2);
        var file = home.resolve("fixed.json");
        Files.writeString(file, "{\"order\": 1, \"total\": 9007199254740995, \"price\": 1.50}");

        var job = dlo.run("edit", "orders.DLT", "0-1", "--payload-file", file.toString(), "-y");

        assertThat(job.exit()).as(job.err()).isZero();
        GoldenJson.assertSame("edit", job);
        assertThat(origin()).hasSize(1);
        assertThat(payload(origin().getFirst())).contains("9007199254740995");
    }

    @Test
    void an_edit_that_is_not_the_format_is_refused_with_its_place() throws IOException {
        memory.withDeadOrders(1);
        var file = Files.writeString(home.resolve("broken.json"), "{\"order\": ");

        var refused = dlo.run("edit", "orders.DLT", "0-0", "--payload-file", file.toString(), "-y");

        assertThat(refused.exit()).isEqualTo(2);
        assertThat(refused.err()).contains("line 1").contains("--raw");
        assertThat(origin()).isEmpty();
    }

    @Test
    void raw_bytes_go_as_they_are() throws IOException {
        memory.withDeadOrders(1);
        var file = Files.write(home.resolve("raw.bin"), new byte[] {0, 1, (byte) 0xff});

        var job =
                dlo.run(
                        "edit",
                        "orders.DLT",
                        "0-0",
                        "--payload-file",
                        file.toString(),
                        "--raw",
                        "-y");

        assertThat(job.exit()).as(job.err()).isZero();
        assertThat(origin().getFirst().payload()).containsExactly(0, 1, 0xff);
    }

    @Test
    void an_edit_can_be_rehearsed_and_shows_the_difference() {
        memory.withDeadOrders(1);

        var rehearsed = dlo.run("edit", "orders.DLT", "0-0", "--jq", ".price = 3", "--dry-run");

        assertThat(rehearsed.exit()).as(rehearsed.err()).isZero();
        assertThat(rehearsed.json().at("/samples/0/payload").toString())
                .contains("removed", "added");
        assertThat(origin()).isEmpty();
    }

    @Test
    void an_edit_that_changes_nothing_needs_a_terminal() {
        memory.withDeadOrders(1);

        assertThat(dlo.run("edit", "orders.DLT", "0-0", "--yes").exit()).isEqualTo(2);
    }

    @Test
    void at_a_terminal_the_editor_opens() throws IOException {
        memory.withDeadOrders(1);
        var editor =
                Files.writeString(
                        home.resolve("editor"), "#!/bin/sh\nsed -i s/1.50/7.50/ \"$1\"\n");
        assertThat(editor.toFile().setExecutable(true)).isTrue();

        var job =
                dlo.withVariable("EDITOR", editor.toString())
                        .atTerminal("y\n")
                        .run("edit", "orders.DLT", "0-0");

        assertThat(job.exit()).as(job.err()).isZero();
        assertThat(payload(origin().getFirst())).contains("7.50").contains("9007199254740993");
    }

    private long planned(String... scope) {
        var job = dlo.run(with(new String[] {"redrive", "orders.DLT", "--yes"}, scope));
        assertThat(job.exit()).as(job.err()).isZero();
        return job.json().get("planned").asLong();
    }

    private List<DeadLetter> origin() {
        return memory.broker.messages("orders");
    }

    private static String payload(DeadLetter letter) {
        return new String(Objects.requireNonNull(letter.payload()), StandardCharsets.UTF_8);
    }

    private static String[] with(String[] line, String... more) {
        var all = java.util.Arrays.copyOf(line, line.length + more.length);
        System.arraycopy(more, 0, all, line.length, more.length);
        return all;
    }
}
