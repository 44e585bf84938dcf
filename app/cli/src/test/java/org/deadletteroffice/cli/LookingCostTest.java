package org.deadletteroffice.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.deadletteroffice.memory.Flavour;
import org.deadletteroffice.memory.Right;
import org.deadletteroffice.spi.message.MessageId;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What looking costs is said first, by every command that looks.
class LookingCostTest extends OnMemory {
    private static final String COUNTING = "returns.dlq";
    private static final String COST =
            "Each look counts as a delivery. Messages looked at are marked as redelivered and held"
                    + " back meanwhile; their order may change.";

    @TempDir private Path files;
    private List<MessageId> ids = List.of();

    @BeforeEach
    void die() {
        memory.withDeadOrders(2);
        memory.broker
                .create(COUNTING, Flavour.COUNTING_QUEUE, 1, Integer.MAX_VALUE)
                .send(
                        COUNTING,
                        MemoryHome.order(1).plus("x-correlation-id", "order-4711"),
                        MemoryHome.order(2).plus("x-correlation-id", "order-4711"));
        ids = memory.broker.messages(COUNTING).stream().map(letter -> letter.id()).toList();
    }

    private CommandLineDriver.Outcome run(
            String command, String queue, MessageId one, MessageId two) {
        var words = new ArrayList<>(List.of(command.split(" ")));
        words.replaceAll(
                word ->
                        switch (word) {
                            case "QUEUE" -> queue;
                            case "ONE" -> one.text();
                            case "TWO" -> two.text();
                            case "FILE" -> files.resolve("out.jsonl").toString();
                            default -> word;
                        });
        return dlo.run(words.toArray(String[]::new));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "browse QUEUE",
                "groups QUEUE",
                "fields QUEUE",
                "show QUEUE ONE",
                "compare QUEUE ONE --with TWO",
                "edit QUEUE ONE --jq .order=7 --dry-run",
                "redrive QUEUE --all --dry-run",
                "redrive QUEUE --id ONE --to orders --yes",
                "purge QUEUE --all --dry-run",
                "purge QUEUE --id ONE --yes",
                "export QUEUE --file FILE",
                "trace --queue QUEUE --message ONE -p dev --since 2026-01-01T00:00:00Z",
                "trace --queue QUEUE --message ONE -p dev --since 2026-01-01T00:00:00Z --holding"
            })
    void what_looking_costs_is_said_first_and_once_and_nothing_where_it_is_free(String command) {
        var told = run(command, COUNTING, ids.getFirst(), ids.getLast());
        assertThat(told.exit()).as(told.err()).isLessThanOrEqualTo(ExitCode.IN_PART.number());
        assertThat(told.err()).startsWith(COST + "\n").containsOnlyOnce(COST);

        var free =
                run(command, MemoryHome.DEAD_LETTERS, new MessageId("0-0"), new MessageId("0-1"));
        assertThat(free.err()).doesNotContain(COST);
    }

    @Test
    void a_job_that_goes_on_looks_too_and_says_so() {
        var ctrlC = dlo.interruption();
        var stop = Thread.ofVirtual().start(() -> onceOneIsSent(ctrlC::request));
        var cut = redriveSlowly();
        assertThat(stop.isAlive()).isFalse();
        assertThat(cut.exit()).isEqualTo(ExitCode.INTERRUPTED.number());

        var resumed = dlo.run("jobs", "resume", cut.json().get("jobId").asText());

        assertThat(resumed.exit()).as(resumed.err()).isZero();
        assertThat(resumed.err()).startsWith(COST + "\n").containsOnlyOnce(COST);
    }

    @Test
    void so_does_one_over_what_failed() {
        var faults = memory.broker.faults();
        var refuse =
                Thread.ofVirtual()
                        .start(
                                () ->
                                        onceOneIsSent(
                                                () ->
                                                        faults.forbid(
                                                                Right.WRITE, MemoryHome.ORIGIN)));
        var failed = redriveSlowly();
        assertThat(refuse.isAlive()).isFalse();
        assertThat(failed.json().get("failed").asLong()).as(failed.err()).isPositive();
        faults.heal();

        var again = dlo.run("jobs", "retry", failed.json().get("jobId").asText());

        assertThat(again.exit()).as(again.err()).isZero();
        assertThat(again.err()).startsWith(COST + "\n").containsOnlyOnce(COST);
    }

    private CommandLineDriver.Outcome redriveSlowly() {
        return dlo.run(
                "redrive", COUNTING, "--all", "--to", MemoryHome.ORIGIN, "--yes", "--rate", "1");
    }

    private void onceOneIsSent(Runnable act) {
        await().until(() -> !memory.broker.messages(MemoryHome.ORIGIN).isEmpty());
        act.run();
    }

    @Test
    void a_cost_that_cannot_be_found_out_is_said_to_be_unknown() {
        var ctrlC = dlo.interruption();
        var stop = Thread.ofVirtual().start(() -> onceOneIsSent(ctrlC::request));
        var cut = redriveSlowly();
        assertThat(stop.isAlive()).isFalse();
        memory.broker.faults().unreachable();

        var resumed = dlo.run("jobs", "resume", cut.json().get("jobId").asText());

        assertThat(resumed.err())
                .startsWith("What looking does to the messages could not be found out. ");
    }

    @Test
    void a_trace_says_of_each_queue_what_looking_costs_there_where_it_looks() {
        var named = "dev/" + COUNTING + ": " + COST;
        var trace = dlo.run("trace", "customer-1", "--since", "2026-01-01T00:00:00Z");
        assertThat(trace.err()).as("it does not look there").doesNotContain(named);

        var holding =
                dlo.run("trace", "customer-1", "--since", "2026-01-01T00:00:00Z", "--holding");
        assertThat(holding.exit()).as(holding.err()).isZero();
        assertThat(holding.err()).containsOnlyOnce(named);
        assertThat(holding.out()).contains(COUNTING);
    }
}
