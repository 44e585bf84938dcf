package org.deadletteroffice.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.deadletteroffice.memory.MemoryBroker;
import org.deadletteroffice.memory.MemoryMessage;
import org.deadletteroffice.spi.message.Header;
import org.deadletteroffice.spi.message.Headers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class TraceTest extends OnMemory {
    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";

    private final Instant now = Instant.now();
    private MemoryBroker other;

    @BeforeEach
    void open() {
        other = MemoryBroker.named(UUID.randomUUID().toString());
        other.createLog("shipments");
        assertThat(
                        dlo.run(
                                        "profiles",
                                        "add",
                                        "memory",
                                        "ship",
                                        "--set",
                                        "broker=" + other.name(),
                                        "--set",
                                        "timeout=2s")
                                .exit())
                .isZero();
    }

    @AfterEach
    void close() {
        other.close();
    }

    private MemoryMessage message(int minutesAgo, String payload, Header... headers) {
        return MemoryMessage.of("k", payload)
                .with(new Headers(List.of(headers)))
                .at(now.minusSeconds(60L * minutesAgo));
    }

    /// An order whose events bear one trace, then one correlation id, then cause one another.
    private void saga() {
        memory.broker.send(
                MemoryHome.ORIGIN,
                List.of(
                        message(
                                30,
                                "{}",
                                Header.of("traceparent", "00-" + TRACE + "-00f067aa0ba902b7-01"),
                                Header.of("X-Correlation-ID", "order-4711")),
                        message(29, "{}", Header.of("X-Correlation-ID", "order-4712"))));
        other.send(
                "shipments",
                List.of(
                        message(
                                20,
                                """
                                {"specversion":"1.0","id":"event-77","source":"/ship","type":"t","correlationid":"order-4711"}""",
                                Header.of("content-type", "application/cloudevents+json")),
                        message(10, "{}", Header.of("ce_causationid", "event-77")),
                        message(5, "{}", Header.of("ce_causationid", "event-78"))));
    }

    @Test
    void ids_lead_from_one_to_the_next_across_brokers_in_the_order_of_time() {
        saga();

        var traced = dlo.run("trace", TRACE);

        assertThat(traced.exit()).isZero();
        var json = traced.json();
        assertThat(json.get("complete").asBoolean()).isTrue();
        assertThat(json.get("steps").findValuesAsText("queue"))
                .containsExactly("orders", "shipments", "shipments");
        assertThat(json.get("steps").findValuesAsText("by"))
                .containsExactly(TRACE, "order-4711", "event-77");
        assertThat(json.get("ids").findValuesAsText("what"))
                .contains("given", "correlation id", "event id");

        var id = json.get("steps").get(0).get("message").asText();
        var ofMessage = dlo.run("trace", "--queue", "orders", "--message", id, "-p", "dev");
        assertThat(ofMessage.json().get("steps")).hasSize(3);
        var ofKey = dlo.run("trace", "k");
        assertThat(ofKey.json().get("steps").size()).isGreaterThanOrEqualTo(5);
    }

    @Test
    void what_was_not_read_is_told() {
        saga();

        var short1 = dlo.run("trace", TRACE, "--max-read", "1");
        var late = dlo.run("trace", TRACE, "--since", "15m");
        var broken = dlo.run("trace", TRACE, "-p", "nowhere");

        assertThat(short1.exit()).isEqualTo(1);
        assertThat(short1.json().get("complete").asBoolean()).isFalse();
        assertThat(short1.json().get("places").toString()).contains("older ones were not read");
        assertThat(late.json().get("steps")).isEmpty();
        assertThat(broken.exit()).isEqualTo(5);
        assertThat(dlo.run("trace").exit()).isEqualTo(2);
    }

    @Test
    void acts_on_what_was_followed_stand_in_the_line() {
        saga();
        memory.withDeadOrders(1);
        assertThat(
                        dlo.run(
                                        "redrive",
                                        "orders.DLT",
                                        "-p",
                                        "dev",
                                        "--all",
                                        "--yes",
                                        "--set-header",
                                        "X-Correlation-ID=order-9999",
                                        "--reason",
                                        "for order-9999")
                                .exit())
                .isZero();

        var steps = dlo.run("trace", "order-9999", "--since", "2000d").json().get("steps");

        assertThat(steps.findValuesAsText("queue")).contains("orders");
        assertThat(steps.findValuesAsText("sentence"))
                .anyMatch(sentence -> sentence.contains("job "));
    }
}
