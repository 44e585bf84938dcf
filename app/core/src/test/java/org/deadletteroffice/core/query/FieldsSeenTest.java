package org.deadletteroffice.core.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.deadletteroffice.core.cause.Letters.text;
import static org.deadletteroffice.core.cause.Letters.view;

import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.deadletteroffice.core.query.FieldsSeen.Field;
import org.junit.jupiter.api.Test;

class FieldsSeenTest {
    private final FieldsSeen seen = new FieldsSeen();

    @Test
    void names_are_as_a_filter_writes_them() throws Exception {
        var message =
                view(
                        """
                        {"id": 17, "customer": {"first name": "Ann"}, "items": [{"sku": "a"}], "in": true, "gone": null}""",
                        text("trace", "1"),
                        text("x-attempts", "3"));
        seen.add(message);
        seen.add(view("{\"id\": 18, \"gone\": 1}"));

        assertThat(seen.all())
                .containsExactly(
                        new Field("headers.trace", "text", 1),
                        new Field("headers['x-attempts']", "text", 1),
                        new Field("payload.customer", "object", 1),
                        new Field("payload.customer['first name']", "text", 1),
                        new Field("payload.gone", "number", 2),
                        new Field("payload.id", "number", 2),
                        new Field("payload.items", "list", 1),
                        new Field("payload.items[0]", "object", 1),
                        new Field("payload.items[0].sku", "text", 1),
                        new Field("payload['in']", "true or false", 1));
        for (var field : seen.all()) {
            var filter = Filter.parse(field.name() + " != 'nothing'");
            assertThat(filter.matches(message)).as(field.name()).isTrue();
        }
    }

    @Test
    void objects_with_data_as_names_do_not_fill_the_memory() {
        for (int round = 0; round < 60; round++) {
            int from = round * 100;
            var members =
                    IntStream.range(from, from + 100)
                            .mapToObj("\"k%d\": 1"::formatted)
                            .collect(Collectors.joining(","));
            seen.add(view("{" + members + "}"));
        }

        assertThat(seen.all()).hasSize(2_000);
    }
}
