package org.deadletteroffice.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/// `dlo purge`, `restore`, `export` and `import`.
final class PurgeTest extends OnMemory {
    private List<?> deadLetters() {
        return memory.broker.messages("orders.DLT");
    }

    @Test
    void a_purge_is_rehearsed_done_and_undone() {
        memory.withDeadOrders(6);

        var rehearsed = dlo.run("purge", "orders.DLT", "--all", "--dry-run");
        assertThat(rehearsed.exit()).as(rehearsed.err()).isZero();
        GoldenJson.assertSame("purge-dry-run", rehearsed);
        assertThat(deadLetters()).hasSize(6);

        var purge = dlo.run("purge", "orders.DLT", "--all", "--yes");
        assertThat(purge.exit()).as(purge.err()).isZero();
        GoldenJson.assertSame("purge", purge);
        assertThat(deadLetters()).isEmpty();

        var restored = dlo.run("restore", purge.json().get("jobId").asText(), "--yes");
        assertThat(restored.exit()).as(restored.err()).isZero();
        GoldenJson.assertSame("restore", restored);
        assertThat(deadLetters()).hasSize(6);
    }

    @Test
    void at_a_terminal_it_says_how_long_the_undo_lasts_and_asks() {
        memory.withDeadOrders(3);

        var no = dlo.atTerminal("n\n").run("purge", "orders.DLT", "--all");
        assertThat(no.exit()).isEqualTo(6);
        assertThat(no.err()).contains("30 days").contains("Take away 3 messages?");
        assertThat(deadLetters()).hasSize(3);

        assertThat(dlo.atTerminal("y\n").run("purge", "orders.DLT", "--all").exit()).isZero();
        assertThat(deadLetters()).isEmpty();
    }

    @Test
    void without_a_copy_it_wants_the_name_and_cannot_be_undone() {
        memory.withDeadOrders(3);

        var refused = dlo.run("purge", "orders.DLT", "--all", "--no-archive", "--yes");
        assertThat(refused.exit()).isEqualTo(6);
        assertThat(refused.err()).contains("--confirm orders.DLT");
        assertThat(deadLetters()).hasSize(3);

        var purge =
                dlo.run(
                        "purge",
                        "orders.DLT",
                        "--all",
                        "--no-archive",
                        "--confirm",
                        "orders.DLT",
                        "--yes");
        assertThat(purge.exit()).as(purge.err()).isZero();
        assertThat(deadLetters()).isEmpty();
        assertThat(dlo.run("restore", purge.json().get("jobId").asText(), "--yes").exit())
                .isEqualTo(2);
    }

    @Test
    void a_job_that_is_not_there_cannot_be_undone() {
        assertThat(dlo.run("restore", "nothere", "--yes").exit()).isEqualTo(5);
        assertThat(dlo.run("restore", "nothere").exit()).isEqualTo(6);
    }

    @Test
    void on_production_a_purge_and_its_undo_want_name_and_reason() {
        memory.withDeadOrders(2);
        memory.add("prod", "production");

        assertThat(dlo.run("purge", "orders.DLT", "-p", "prod", "--all", "--yes").exit())
                .isEqualTo(6);
        var purge =
                dlo.run(
                        "purge",
                        "orders.DLT",
                        "-p",
                        "prod",
                        "--all",
                        "--yes",
                        "--confirm",
                        "orders.DLT",
                        "--reason",
                        "ticket 7");
        assertThat(purge.exit()).as(purge.err()).isZero();
        var job = purge.json().get("jobId").asText();
        assertThat(dlo.run("restore", job, "--yes").exit()).isEqualTo(6);
        assertThat(
                        dlo.run(
                                        "restore",
                                        job,
                                        "--yes",
                                        "--confirm",
                                        "orders.DLT",
                                        "--reason",
                                        "ticket 7 was wrong")
                                .exit())
                .isZero();
        assertThat(deadLetters()).hasSize(2);
    }

    @Test
    void messages_go_through_a_file_and_back() throws IOException {
        memory.withDeadOrders(5);
        var file = home.resolve("orders.jsonl");

        var exported = dlo.run("export", "orders.DLT", "--file", file.toString());
        assertThat(exported.exit()).as(exported.err()).isZero();
        assertThat(exported.json().get("exported").asInt()).isEqualTo(5);
        assertThat(Files.readAllLines(file)).hasSize(5);
        assertThat(dlo.run("export", "orders.DLT", "--file", file.toString()).exit()).isEqualTo(6);

        var checked = dlo.run("import", file.toString(), "--to", "orders", "--dry-run");
        assertThat(checked.json().get("planned").asInt()).isEqualTo(5);
        assertThat(memory.broker.messages("orders")).isEmpty();

        var imported = dlo.run("import", file.toString(), "--to", "orders", "--yes");
        assertThat(imported.exit()).as(imported.err()).isZero();
        assertThat(imported.json().get("sent").asInt()).isEqualTo(5);
        assertThat(memory.broker.messages("orders")).hasSize(5);
        var again = home.resolve("again.jsonl");
        dlo.run("export", "orders", "--file", again.toString());
        assertThat(bytes(again)).containsExactlyInAnyOrderElementsOf(bytes(file));
    }

    /// All that has to stay the same: what comes after the id.
    private static List<String> bytes(Path file) throws IOException {
        return Files.readAllLines(file).stream()
                .map(line -> line.substring(line.indexOf("\"keyBase64\"")))
                .toList();
    }

    @Test
    void a_file_that_is_none_is_told_with_its_line() throws IOException {
        var file = Files.writeString(home.resolve("bad.jsonl"), "{\"payloadBase64\":null}\nno\n");

        var refused = dlo.run("import", file.toString(), "--to", "orders", "--yes");

        assertThat(refused.exit()).isEqualTo(2);
        assertThat(refused.err()).contains("Line 2");
        assertThat(memory.broker.messages("orders")).isEmpty();
        assertThat(dlo.run("import", "/no/such/file", "--to", "orders", "--yes").exit())
                .isEqualTo(2);
    }
}
