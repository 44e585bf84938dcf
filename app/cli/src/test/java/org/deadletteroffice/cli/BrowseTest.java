package org.deadletteroffice.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import org.deadletteroffice.memory.MemoryMessage;
import org.deadletteroffice.spi.profile.Secret;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class BrowseTest extends OnMemory {
    @Test
    void messages_have_the_promised_fields() {
        memory.withDeadOrders(2);

        GoldenJson.assertSame("browse", dlo.run("browse", "orders.DLT", "-p", "dev"));
    }

    @Test
    void an_empty_queue_is_an_empty_list_at_its_end() {
        var browsed = dlo.run("browse", "orders.DLT");

        assertThat(browsed.exit()).isZero();
        assertThat(browsed.json().get("messages")).isEmpty();
        assertThat(browsed.json().get("nextCursor").isNull()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"newest", "oldest"})
    void next_cursors_lead_through_the_whole_queue_without_gap_or_repeat(String from) {
        memory.withDeadOrders(25);
        var seen = new ArrayList<String>();

        var next = from;
        while (next != null) {
            var page = dlo.run("browse", "orders.DLT", "--limit", "10", "--from", next).json();
            seen.addAll(ids(page));
            next = page.get("nextCursor").isNull() ? null : page.get("nextCursor").asText();
        }

        assertThat(seen).hasSize(25);
        assertThat(new HashSet<>(seen)).hasSize(25);
    }

    @Test
    void a_period_ends_where_to_says() {
        memory.withDeadOrders(5);
        var from = "2026-01-31T08:01:00Z";
        var to = "2026-01-31T08:03:00Z";

        assertThat(orders(dlo.run("browse", "orders.DLT", "--from", from, "--to", to).json()))
                .containsExactly(1L, 2L);
        assertThat(orders(dlo.run("browse", "orders.DLT", "--to", to).json()))
                .containsExactly(2L, 1L, 0L);
        var words =
                dlo.run("browse", "orders.DLT", "--where", "from:" + from + " payment", "--to", to);
        assertThat(orders(words.json())).containsExactly(2L, 1L);
        var wrong = dlo.run("browse", "orders.DLT", "--from", to, "--to", from);
        assertThat(wrong.exit()).isEqualTo(2);
        assertThat(wrong.err()).contains("before it begins");
    }

    @Test
    void a_period_of_the_filter_holds_beside_that_of_the_options() {
        memory.withDeadOrders(5);
        var one = "2026-01-31T08:01:00Z";
        var three = "2026-01-31T08:03:00Z";
        var where = "from:" + one + " to:" + three;

        assertThat(orders(dlo.run("browse", "orders.DLT", "-w", where, "--to", "1s").json()))
                .containsExactly(2L, 1L);
        var since =
                dlo.run(
                        "browse",
                        "orders.DLT",
                        "-w",
                        where,
                        "--from",
                        "2026-01-31T08:02:00Z",
                        "--to",
                        "1s");
        assertThat(orders(since.json())).containsExactly(2L);
        var apart = dlo.run("browse", "orders.DLT", "-w", where, "--from", three, "--to", "1s");
        assertThat(apart.exit()).isEqualTo(2);
        assertThat(apart.err()).contains("before it begins");
    }

    @Test
    void oldest_and_a_time_go_forwards() {
        memory.withDeadOrders(5);

        var orders = orders(dlo.run("browse", "orders.DLT", "--from", "oldest").json());
        var since = dlo.run("browse", "orders.DLT", "--from", "2026-01-31T08:03:00Z").json();

        assertThat(orders).containsExactly(0L, 1L, 2L, 3L, 4L);
        assertThat(orders(since)).containsExactly(3L, 4L);
    }

    @Test
    void a_limit_beyond_one_page_is_kept() {
        memory.withDeadOrders(450);

        var browsed = dlo.run("browse", "orders.DLT", "--limit", "420");

        assertThat(ids(browsed.json())).hasSize(420).doesNotHaveDuplicates();
        assertThat(browsed.json().at("/completeness/read").asLong()).isGreaterThanOrEqualTo(420);
        assertThat(browsed.json().get("nextCursor").asText()).isNotBlank();
    }

    @Test
    void a_filter_is_cel_or_plain_words() {
        memory.withDeadOrders(5);

        assertThat(orders(dlo.run("browse", "orders.DLT", "-w", "payload.order == 3").json()))
                .containsExactly(3L);
        assertThat(orders(dlo.run("browse", "orders.DLT", "-w", "\"payment 2\"").json()))
                .containsExactly(2L);
    }

    @Test
    void a_filter_that_is_wrong_is_told_as_such() {
        var refused = dlo.run("browse", "orders.DLT", "-w", "payload.order == ");

        assertThat(refused.exit()).isEqualTo(2);
        assertThat(refused.json().at("/error/remedy").asText()).isNotBlank();
    }

    @Test
    void jsonl_is_one_message_a_line_and_the_cursor_is_told_beside() {
        memory.withDeadOrders(3);

        var browsed = dlo.run("browse", "orders.DLT", "-o", "jsonl", "--limit", "2");

        assertThat(browsed.out().lines()).hasSize(2).allMatch(line -> line.startsWith("{\"id\":"));
        assertThat(browsed.err()).contains("--from older:");
    }

    @Test
    void a_table_shows_cause_and_origin() {
        memory.withDeadOrders(1);

        assertThat(dlo.atTerminal("").run("browse", "orders.DLT").out())
                .contains("ID", "TimeoutException", "payment 0 not answered", "orders 1@100");
    }

    @Test
    void what_a_message_holds_does_not_reach_the_terminal_raw() {
        memory.broker.send("orders.DLT", MemoryMessage.of("\u001b[2Jkey", "\u001b]0;title\u0007"));

        var out = dlo.atTerminal("").run("browse", "orders.DLT").out();

        assertThat(out).doesNotContain("\u001b").doesNotContain("\u0007");
    }

    @Test
    void one_message_is_shown_whole() {
        memory.withDeadOrders(1);

        GoldenJson.assertSame("show", dlo.run("show", "orders.DLT", firstId()));
    }

    @Test
    void bytes_come_out_as_they_are_and_null_is_told_from_empty() {
        byte[] binary = {0, (byte) 0xfe, 13, 10};
        memory.broker.send("orders.DLT", MemoryMessage.of(binary), MemoryMessage.of(new byte[0]));
        memory.broker.send("orders.DLT", MemoryMessage.of((byte[]) null));

        var messages = dlo.run("browse", "orders.DLT", "--from", "oldest").json().get("messages");

        assertThat(Base64.getDecoder().decode(messages.get(0).get("payloadBase64").asText()))
                .isEqualTo(binary);
        assertThat(messages.get(1).get("payloadBase64").asText("null")).isEmpty();
        assertThat(messages.get(2).get("payloadBase64").isNull()).isTrue();
        assertThat(messages.get(0).get("keyBase64").isNull()).isTrue();
    }

    @Test
    void earlier_deaths_are_told_by_queue_with_count_and_time() {
        var message =
                MemoryMessage.of("{}")
                        .plus(
                                "x-death",
                                """
                                [{"count":3,"queue":"orders","reason":"rejected","time":{"!T":1769760000}},\
                                {"count":1,"queue":"orders.retry","reason":"expired","time":{"!T":1769760005}}]""");
        memory.broker.send("orders.DLT", message);
        var id = firstId();

        assertThat(dlo.atTerminal("").run("show", "orders.DLT", id).out())
                .contains(
                        """
                        Earlier deaths, oldest first
                          2026-01-30T08:00:00Z  Rejected by a consumer of orders, 2 times from then on
                          2026-01-30T08:00:05Z  Expired in orders.retry
                        """);
    }

    @Test
    void a_message_in_a_table_has_payload_headers_and_stack_trace() {
        memory.withDeadOrders(1);

        assertThat(dlo.run("show", "orders.DLT", firstId(), "-o", "table").out())
                .contains(
                        "9007199254740993", "content-type: application/json", "Stack trace", "at ");
    }

    @Test
    void a_message_that_is_not_there_is_not_found() {
        memory.withDeadOrders(1);

        assertThat(dlo.run("show", "orders.DLT", "0-999").exit()).isEqualTo(5);
    }

    @Test
    void groups_have_the_promised_fields() {
        memory.withDeadOrders(4);

        GoldenJson.assertSame("groups", dlo.run("groups", "orders.DLT"));
    }

    @Test
    void a_group_can_be_browsed_by_its_fingerprint() {
        memory.withDeadOrders(4);
        memory.broker.send("orders.DLT", MemoryMessage.of("no cause"));
        var fingerprint = dlo.run("groups", "orders.DLT").json().get(0).get("fingerprint").asText();

        assertThat(ids(dlo.run("browse", "orders.DLT", "--group", fingerprint).json())).hasSize(4);
    }

    @ParameterizedTest
    @ValueSource(strings = {"browse gone", "show gone 0-0", "groups gone", "redrive gone --all -y"})
    void a_queue_that_is_gone_is_not_found(String line) {
        var refused = dlo.run(line.split(" "));

        assertThat(refused.exit()).isEqualTo(5);
        assertThat(refused.json().at("/error/message").asText()).contains("gone");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "browse orders.DLT",
                "show orders.DLT 0-0",
                "groups orders.DLT",
                "redrive orders.DLT --all -y",
                "edit orders.DLT 0-0 --jq . -y"
            })
    void a_broker_that_is_down_is_unreachable(String line) {
        memory.broker.faults().unreachable();

        var refused = dlo.run(line.split(" "));

        assertThat(refused.exit()).isEqualTo(3);
        assertThat(refused.json().at("/error/kind").asText()).isEqualTo("unreachable");
        assertThat(refused.err().lines()).hasSize(1);
    }

    @Test
    void a_wrong_password_is_told_apart_from_a_broker_that_is_down() {
        memory.broker.addUser("ann", new Secret("right"));

        var refused = dlo.run("browse", "orders.DLT");

        assertThat(refused.exit()).isEqualTo(4);
        assertThat(refused.json().at("/error/kind").asText()).isEqualTo("notAuthenticated");
    }

    private String firstId() {
        return ids(dlo.run("browse", "orders.DLT").json()).getFirst();
    }

    private static List<String> ids(JsonNode page) {
        var ids = new ArrayList<String>();
        page.get("messages").forEach(message -> ids.add(message.get("id").asText()));
        return ids;
    }

    private static List<Long> orders(JsonNode page) {
        var orders = new ArrayList<Long>();
        page.get("messages").forEach(m -> orders.add(m.at("/payload/order").asLong()));
        return orders;
    }

    @Test
    void a_saved_filter_is_used_by_its_name() {
        memory.withDeadOrders(5);
        assertThat(dlo.run("filters", "save", "few", "payload.order < 2").exit()).isZero();

        assertThat(dlo.run("filters", "list").json().get(0).get("text").asText())
                .isEqualTo("payload.order < 2");
        assertThat(dlo.run("browse", "orders.DLT", "--where", "@few").json().get("messages"))
                .hasSize(
                        dlo.run("browse", "orders.DLT", "--where", "payload.order < 2")
                                .json()
                                .get("messages")
                                .size());
        var unknown = dlo.run("browse", "orders.DLT", "--where", "@fwe");
        assertThat(unknown.exit()).isEqualTo(5);
        assertThat(unknown.json().get("error").get("remedy").asText()).contains("@few");
        assertThat(dlo.run("filters", "remove", "few").exit()).isZero();
        assertThat(dlo.run("filters").json()).isEmpty();
    }

    @Test
    void fields_are_named_as_a_filter_writes_them() {
        memory.withDeadOrders(3);

        var names = dlo.run("fields", "orders.DLT").json().findValuesAsText("name");

        assertThat(names).contains("payload.order");
        assertThat(names).allMatch(name -> name.matches("(payload|headers)[.\\[].*"));
    }

    @Test
    void a_wrong_filter_is_told_with_its_place_and_a_suggestion() {
        var wrong = dlo.run("browse", "orders.DLT", "--where", "cause.typ == 'x'");

        assertThat(wrong.exit()).isEqualTo(2);
        var error = wrong.json().get("error");
        assertThat(error.get("message").asText()).endsWith("(At character 7.)");
        assertThat(error.get("remedy").asText()).contains("cause.type == 'x'");
    }
}
