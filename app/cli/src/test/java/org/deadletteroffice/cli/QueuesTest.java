package org.deadletteroffice.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import org.deadletteroffice.spi.error.BrokerException;
import org.deadletteroffice.spi.error.Remedy;
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
    void a_queue_that_is_gone_or_silent_when_it_is_asked_about_hides_no_other() {
        var advice = new Remedy.Advice("Check the name.");
        var gone = new BrokerException.NotFound("There is no queue orders.", advice, null);
        var down = new BrokerException.Unreachable("The node of the queue is down.", advice, null);
        for (var how : List.of(gone, down)) {
            memory.broker.faults().failCapabilities("orders", how);

            var queues = dlo.run("queues", "-p", "dev");

            assertThat(queues.exit()).isZero();
            assertThat(queues.json().findValuesAsText("queue")).contains("orders", "orders.DLT");
            var unknown = queues.json().get(0);
            assertThat(unknown.get("depth").asLong()).isZero();
            assertThat(unknown.get("capabilities").isNull()).isTrue();
            assertThat(unknown.get("guarantee").isNull()).isTrue();
            assertThat(unknown.get("observerEffect").isNull()).isTrue();
            assertThat(unknown.at("/error/message").asText()).isEqualTo(how.sentence());
            var known = queues.json().get(1);
            assertThat(known.get("capabilities")).isNotEmpty();
            assertThat(known.has("error")).isFalse();
        }
    }

    /// A question for each queue is too much for one of many.
    @Test
    void a_table_asks_nothing_that_it_does_not_show() {
        var asked = new BrokerException.Cancelled("This was asked.", null);
        memory.broker.faults().failCapabilities("orders", asked);

        assertThat(dlo.run("queues", "-p", "dev").exit()).as("asked for JSON").isNotZero();
        var table = dlo.run("queues", "-p", "dev", "-o", "table");

        assertThat(table.exit()).isZero();
        assertThat(table.out().lines()).hasSize(3);
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
