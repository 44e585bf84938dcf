package org.deadletteroffice.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
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
