package org.deadletteroffice.desktop.triage;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FieldNamesTest {
    private final FieldNames names = new FieldNames();

    FieldNamesTest() {
        names.learn(Letters.message(1));
    }

    @Test
    void learns_fields_and_headers_of_messages() {
        assertThat(names.seen())
                .contains(
                        "payload.orderId",
                        "payload.total",
                        "payload.lines[0].sku",
                        "payload['odd name']",
                        "headers['trace-id']");
    }

    @Test
    void completes_the_word_at_the_caret() {
        var text = "cause.tries > 2 && tot";
        var first = names.complete(text, text.length()).getFirst();
        assertThat(first.in(text)).isEqualTo("cause.tries > 2 && payload.total");
        assertThat(first.kind()).isEqualTo("number");
    }

    @Test
    void offers_the_language_of_filters_without_any_message() {
        assertThat(new FieldNames().complete("cause.ty", 8))
                .extracting(FieldNames.Completion::insert)
                .contains("cause.type");
    }

    @Test
    void offers_nothing_where_no_word_is() {
        assertThat(names.complete("a == ", 5)).isEmpty();
    }
}
