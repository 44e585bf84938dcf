package org.deadletteroffice.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.deadletteroffice.memory.MemoryMessage;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `dlo show --fetch`, and what a rehearsal says of payloads that are not there.
class FetchTest extends OnMemory {
    private static final String POINTER =
            "[\"software.amazon.payloadoffloading.PayloadS3Pointer\",{\"s3BucketName\":\"big\",\"s3Key\":\"17\"}]";

    @TempDir Path files;

    @BeforeEach
    void point() {
        memory.broker.send(
                MemoryHome.DEAD_LETTERS,
                MemoryMessage.of("k", POINTER).with(MemoryHome.order(1).headers()));
    }

    private void write() {
        memory.broker.put(
                "big", "17", "{\"order\":9007199254740993}".getBytes(StandardCharsets.UTF_8));
    }

    private CommandLineDriver.Outcome show(String... more) {
        var args = new java.util.ArrayList<>(java.util.List.of("show", "orders.DLT", "0-0"));
        args.addAll(java.util.List.of(more));
        return dlo.run(args.toArray(String[]::new));
    }

    @Test
    void nothing_is_fetched_until_it_is_asked_for() {
        var shown = show();

        assertThat(shown.exit()).isZero();
        assertThat(shown.out()).contains("\"place\": \"s3://big/17\"", "\"fetched\": null");
        assertThat(show("--output", "table").out())
                .contains("points to    s3://big/17 (the payload)");
    }

    @Test
    void the_payload_is_fetched_read_and_written_to_a_file() {
        write();
        var file = files.resolve("payload.json");

        var shown = show("--fetch-to", file.toString());

        assertThat(shown.exit()).as(shown.err()).isZero();
        assertThat(shown.out()).contains("\"format\": \"s3-pointer+json\"", "9007199254740993");
        assertThat(file).hasContent("{\"order\":9007199254740993}");
        assertThat(show("--fetch", "--output", "table").out())
                .contains("Fetched from s3://big/17", "\"order\": 9007199254740993");
    }

    @Test
    void a_payload_that_is_not_there_ends_with_5_and_one_that_was_never_elsewhere_with_2() {
        var missing = show("--fetch");
        assertThat(missing.exit()).isEqualTo(5);
        assertThat(missing.err()).contains("There is no object big/17");

        memory.withDeadOrders(1);
        var plain = dlo.run("show", "orders.DLT", "0-1", "--fetch");
        assertThat(plain.exit()).isEqualTo(2);
        assertThat(plain.err()).contains("points to no payload");
    }

    @Test
    void several_payloads_for_one_file_are_refused_before_any_is_fetched() {
        memory.broker.send(
                MemoryHome.DEAD_LETTERS,
                MemoryMessage.of(
                        "k", "{\"dataref\":\"s3://big/18\",\"claimCheck\":\"s3://big/19\"}"));
        var file = files.resolve("payload.json");

        var refused = dlo.run("show", "orders.DLT", "0-1", "--fetch-to", file.toString());

        assertThat(refused.exit()).isEqualTo(2);
        assertThat(refused.err()).contains("points to 2 payloads").doesNotContain("no object");
        assertThat(file).doesNotExist();
    }

    @Test
    void a_rehearsal_says_beforehand_what_is_missing() {
        var redrive = dlo.run("redrive", "orders.DLT", "--id", "0-0", "--dry-run");
        assertThat(redrive.out()).contains("\"missing\": 1", "There is no object big/17");

        write();
        var told =
                dlo.run("redrive", "orders.DLT", "--id", "0-0", "--dry-run", "--output", "table");
        assertThat(told.out()).contains("payloads that messages point to: 1 there, 0 missing");
    }
}
