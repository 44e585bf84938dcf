package org.deadletteroffice.core.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import org.deadletteroffice.memory.MemoryMessage;
import org.deadletteroffice.spi.message.Header;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Many messages changed in one go.
class BulkRepairTest {
    private static final String ORDER =
            "{\"country\": \"GB\", \"total\": 9007199254740993, \"items\": [{\"sku\": \"GB-1\"}, {\"sku\": \"x\"}], \"n\": 1.50}";

    @TempDir Path home;

    private static RedriveRequest replace(Office office, String path, String find, String by) {
        return Office.to(office.all(), "elsewhere", new Change.Replace(path, find, by), List.of());
    }

    @ParameterizedTest(name = "in {0}")
    @CsvSource(
            delimiter = '|',
            value = {
                ".country       | {\"country\": \"UK\", \"total\": 9007199254740993, \"items\": [{\"sku\": \"GB-1\"}, {\"sku\": \"x\"}], \"n\": 1.50}",
                ".items[].sku   | {\"country\": \"GB\", \"total\": 9007199254740993, \"items\": [{\"sku\": \"UK-1\"}, {\"sku\": \"x\"}], \"n\": 1.50}",
                "''             | {\"country\": \"UK\", \"total\": 9007199254740993, \"items\": [{\"sku\": \"UK-1\"}, {\"sku\": \"x\"}], \"n\": 1.50}",
            })
    void a_text_is_replaced_where_it_was_asked_for_and_nothing_else_changes(
            String path, String expected) throws Exception {
        try (var office = new Office(home, true)) {
            office.broker.send(Office.DLQ, Office.letter(ORDER));
            office.run(replace(office, path, "GB", "UK"));
            assertThat(office.payloads("elsewhere")).containsExactly(expected);
        }
    }

    @Test
    void what_does_not_hold_the_text_goes_as_it_is_and_what_cannot_be_read_stays()
            throws Exception {
        try (var office = new Office(home, true)) {
            office.broker.send(
                    Office.DLQ,
                    Office.letter("{ \"a\" : \"b\" }"),
                    Office.letter("{\"a\": \"GB\", \"a\": \"twice\"}"));
            var job = office.run(replace(office, "", "GB", "UK"));
            assertThat(office.payloads("elsewhere")).containsExactly("{ \"a\" : \"b\" }");
            assertThat(job.excluded()).as("never sent half-changed").isEqualTo(1);
            assertThat(job.failures().keySet())
                    .singleElement()
                    .asString()
                    .contains("the change failed on it");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"country", ".a | .b", ".a; halt", "env", ".a = 1", "(.a)"})
    void a_path_that_is_none_is_refused(String path) throws Exception {
        try (var office = new Office(home, true)) {
            assertThatThrownBy(() -> office.jobs().rehearse(replace(office, path, "a", "b")))
                    .hasMessageContaining("names no field");
        }
    }

    @Test
    void there_has_to_be_something_to_find() throws Exception {
        try (var office = new Office(home, true)) {
            assertThatThrownBy(() -> office.jobs().rehearse(replace(office, ".a", "", "b")))
                    .hasMessageContaining("nothing to find");
        }
    }

    @Test
    void the_texts_are_taken_as_they_are() throws Exception {
        try (var office = new Office(home, true)) {
            office.broker.send(Office.DLQ, Office.letter("{\"a\": \"1+1 \\\"x\\\" \\\\ .*\"}"));
            office.run(replace(office, ".a", "\"x\" \\ .*", "$1 \"y\""));
            assertThat(office.payloads("elsewhere"))
                    .containsExactly("{\"a\": \"1+1 $1 \\\"y\\\"\"}");
        }
    }

    @Test
    void texts_in_headers_are_replaced_and_bytes_that_are_no_text_stay() throws Exception {
        try (var office = new Office(home, true)) {
            var binary = new byte[] {(byte) 0xff, 'a'};
            office.broker.send(
                    Office.DLQ,
                    new MemoryMessage(
                            null,
                            null,
                            new byte[] {1},
                            org.deadletteroffice.spi.message.Headers.of(
                                    Header.of("to", "a-a"),
                                    new Header("to", binary),
                                    new Header("to", null),
                                    Header.of("other", "a")),
                            null,
                            org.deadletteroffice.spi.message.Failure.NONE));
            var edits = List.<HeaderEdit>of(new HeaderEdit.Replace("to", "a", "b"));
            office.run(Office.to(office.all(), "elsewhere", new Change.None(), edits));
            assertThat(office.broker.messages("elsewhere").getFirst().headers().all().subList(0, 4))
                    .containsExactly(
                            Header.of("to", "b-b"),
                            new Header("to", binary),
                            new Header("to", null),
                            Header.of("other", "a"));
        }
    }

    @Test
    void a_policy_is_kept_for_its_queue_and_changes_are_in_the_trail() throws Exception {
        try (var office = new Office(home, true)) {
            var policies = office.engine().headerPolicies();
            assertThat(policies.of(office.dlq())).isEmpty();
            var policy =
                    new HeaderPolicy(
                            true,
                            true,
                            List.of(
                                    new HeaderEdit.Set("a", "b=c"),
                                    new HeaderEdit.Drop("x"),
                                    new HeaderEdit.Replace("y", "1", "")));
            policies.save(office.dlq(), policy);
            office.reopen();
            var kept = office.engine().headerPolicies();
            assertThat(kept.of(office.dlq())).contains(policy);
            kept.forget(office.dlq());
            assertThat(kept.of(office.dlq())).isEmpty();
            assertThat(office.engine().audit().list(null, "header policy saved", null, 9))
                    .hasSize(2)
                    .first()
                    .satisfies(row -> assertThat(row.details()).containsKeys("before", "after"));
        }
    }
}
