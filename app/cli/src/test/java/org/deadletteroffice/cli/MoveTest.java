package org.deadletteroffice.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.deadletteroffice.memory.MemoryMessage;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// `dlo move`.
final class MoveTest extends OnMemory {
    @BeforeEach
    void fill() {
        memory.broker.createQueue("jobs.dlq").createQueue("jobs");
        var dead = new ArrayList<MemoryMessage>();
        for (var i = 0; i < 7; i++) {
            dead.add(MemoryMessage.of("job " + i));
        }
        memory.broker.send("jobs.dlq", dead);
    }

    @Test
    void the_broker_moves_a_whole_queue_and_the_job_follows() {
        var rehearsed = dlo.run("move", "jobs.dlq", "--to", "jobs", "--dry-run");
        assertThat(rehearsed.exit()).as(rehearsed.err()).isZero();
        assertThat(rehearsed.json().get("messages").asInt()).isEqualTo(7);
        assertThat(memory.broker.messages("jobs.dlq")).hasSize(7);

        var moved = dlo.run("move", "jobs.dlq", "--to", "jobs", "--yes");
        assertThat(moved.exit()).as(moved.err()).isZero();
        assertThat(moved.json().get("kind").asText()).isEqualTo("move");
        assertThat(moved.json().get("sent").asInt()).isEqualTo(7);
        assertThat(memory.broker.messages("jobs")).hasSize(7);
        assertThat(memory.broker.messages("jobs.dlq")).isEmpty();
    }

    @Test
    void a_redrive_that_the_broker_could_do_by_itself_says_so_once_and_only_then() {
        var hint = "by itself, without copies: dlo move jobs.dlq -p dev --to jobs";
        var dry = dlo.run("redrive", "jobs.dlq", "--all", "--to", "jobs", "--dry-run");
        assertThat(dry.err()).containsOnlyOnce(hint);
        assertThat(dry.out()).doesNotContain("dlo move");
        var asked = dlo.atTerminal("n\n").run("redrive", "jobs.dlq", "--all", "--to", "jobs");
        assertThat(asked.err()).containsOnlyOnce(hint);
        for (var other :
                List.of(
                        List.of("--all", "--to", "jobs", "--set-header", "a=b"),
                        List.of("--all", "--to", "jobs", "--find", "job", "--replace-with", "task"),
                        List.of("--all", "--to", "jobs", "--canary", "2:1s:5%"),
                        List.of("--where", "payload != null", "--to", "jobs"),
                        List.of("--all"))) {
            var words = new ArrayList<>(List.of("redrive", "jobs.dlq", "--dry-run"));
            words.addAll(other);
            var told = dlo.run(words.toArray(String[]::new));
            assertThat(told.err()).as(other.toString()).doesNotContain("dlo move");
        }
        assertThat(dlo.run("redrive", "orders.DLT", "--all", "--to", "orders", "--dry-run").err())
                .as("a log stays where it is")
                .doesNotContain("dlo move");

        var sent =
                dlo.run("redrive", "jobs.dlq", "--all", "--to", "jobs", "--rate", "500", "--yes");
        assertThat(sent.exit()).as(sent.err()).isZero();
        assertThat(sent.err()).containsOnlyOnce(hint + " --rate 500");
    }

    @Test
    void it_asks_and_takes_no_for_an_answer() {
        var no = dlo.atTerminal("n\n").run("move", "jobs.dlq", "--to", "jobs");

        assertThat(no.exit()).isEqualTo(6);
        assertThat(no.err()).contains("without copies").contains("Let the broker move them?");
        assertThat(memory.broker.messages("jobs.dlq")).hasSize(7);
    }

    @Test
    void a_log_is_refused_and_told_what_to_do() {
        var refused = dlo.run("move", "orders.DLT", "--to", "orders", "--yes");

        assertThat(refused.exit()).isEqualTo(2);
        assertThat(refused.err()).contains("dlo redrive orders.DLT --all");
        assertThat(dlo.run("move", "jobs.dlq", "--rate", "0", "--yes").exit()).isEqualTo(2);
    }
}
