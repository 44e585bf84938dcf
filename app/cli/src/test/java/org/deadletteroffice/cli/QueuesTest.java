package org.deadletteroffice.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class QueuesTest extends OnMemory {
    @BeforeEach
    void die() {
        memory.withDeadOrders(3);
    }

    @Test
    void queues_have_the_promised_fields() {
        GoldenJson.assertSame("queues", dlo.run("queues", "-p", "dev"));
    }

    @Test
    void dead_letter_queues_can_be_asked_for_alone() {
        var queues = dlo.run("queues", "--dead-letters");

        assertThat(queues.json()).hasSize(1);
        assertThat(queues.json().get(0).get("queue").asText()).isEqualTo("orders.DLT");
        assertThat(queues.json().get(0).get("depth").asLong()).isEqualTo(3);
    }

    @Test
    void jsonl_is_a_line_for_each_and_a_table_has_titles() {
        assertThat(dlo.run("queues", "-o", "jsonl").out().lines()).hasSize(2);
        assertThat(dlo.run("queues", "--output=table").out().lines())
                .hasSize(3)
                .first()
                .asString()
                .startsWith("PROFILE  QUEUE");
    }

    @Test
    void a_terminal_gets_a_table_unasked() {
        assertThat(dlo.atTerminal("").run("queues").out()).startsWith("PROFILE");
    }

    @Test
    void consumers_have_the_promised_fields() {
        memory.broker.consume("orders.DLT", "triage", 1);

        GoldenJson.assertSame("lag", dlo.run("lag", "--window", "0s"));
    }

    @Test
    void a_broker_that_is_down_hides_no_other() {
        dlo.run("profiles", "add", "memory", "gone", "--set", "broker=nowhere");

        var queues = dlo.run("queues");

        assertThat(queues.exit()).isEqualTo(1);
        assertThat(queues.json().findValuesAsText("queue")).contains("orders", "orders.DLT");
        var last = queues.json().get(queues.json().size() - 1);
        assertThat(last.get("profile").asText()).isEqualTo("gone");
        assertThat(last.at("/error/kind").asText()).isEqualTo("unreachable");
        assertThat(queues.err()).contains("gone: ");
    }

    @Test
    void when_every_broker_is_down_the_code_says_so() {
        memory.broker.faults().unreachable();

        assertThat(dlo.run("queues").exit()).isEqualTo(3);
        assertThat(dlo.run("lag").exit()).isEqualTo(3);
    }

    @Test
    void a_profile_file_of_nonsense_hides_no_queue() throws IOException {
        Files.writeString(home.resolve("profiles").resolve("broken.json"), "[");

        var queues = dlo.run("queues");

        assertThat(queues.exit()).isEqualTo(1);
        assertThat(queues.json().findValuesAsText("queue")).contains("orders.DLT");
        assertThat(queues.err()).contains("broken");
    }

    @Test
    void an_unknown_profile_is_told_with_those_there_are() {
        var queues = dlo.run("queues", "-p", "prod");

        assertThat(queues.exit()).isEqualTo(5);
        assertThat(queues.err()).contains("prod").contains("dev");
    }
}
