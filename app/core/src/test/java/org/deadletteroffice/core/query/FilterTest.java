package org.deadletteroffice.core.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.deadletteroffice.core.cause.Letters.letter;
import static org.deadletteroffice.core.cause.Letters.text;
import static org.deadletteroffice.core.cause.Letters.view;

import java.lang.management.ManagementFactory;
import java.util.Collections;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.deadletteroffice.core.browse.MessageView;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FilterTest {
    private static final MessageView ORDER =
            view(
                    """
                    {"id": 17, "amount": 12.50, "big": 9007199254740993, "country": "DE", "note": "M\\u00fcller",
                     "items": [{"sku": "A-1", "n": 2}, {"sku": "B-2", "n": 0}], "gone": null}""",
                    text("x-error-message", "card declined by issuer"),
                    text("x-error-type", "com.shop.PaymentException"),
                    text("x-original-topic", "orders"),
                    text("x-attempts", "4"),
                    text("trace", "abc-1"));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "payload.amount > 12",
                "payload.amount == 12.5",
                "payload.id == 17.0",
                "payload.id >= 16.5 && payload.id < 18",
                "payload.big == 9007199254740993",
                "payload.country == 'DE'",
                "payload.country in ['DE', 'AT']",
                "payload.items.exists(i, i.sku == 'B-2' && i.n == 0)",
                "payload.items[0].n == 2",
                "payload.items.size() == 2",
                "payload.gone == null",
                "!has(payload.missing)",
                "has(cause.tries) && cause.tries > 3",
                "cause.type.endsWith('PaymentException')",
                "cause.message.contains('declined')",
                "cause.message.matches('card .* issuer')",
                "cause.origin == \"orders\"",
                "headers.trace == 'abc-1'",
                "headers['trace'].startsWith('abc')",
                "message.size > 100 && message.size < 1.0e6",
                "message.format == 'json' && !message.tombstone",
                "message.partition == 3",
                "message.key == 'key-1'",
                "message.timestamp > timestamp('2026-02-28T00:00:00Z')",
                "message.timestamp - timestamp('2026-03-01T00:00:00Z') < duration('24h')",
                "payload.missing == 1 || payload.id == 17",
                "cause.type.lowerAscii().contains('payment')",
                "true",
            })
    void matches_by_expression(String cel) throws FilterException {
        var filter = Filter.parse(cel);

        assertThat(filter.isExpression()).isTrue();
        assertThat(filter.matches(ORDER)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "payload.missing == 1",
                "payload.country > 5",
                "payload.id == 18",
                "headers.nothing == 'x'",
                "message.deliveries > 1",
                "payload.country",
                "cause.consumer == 'x'",
            })
    void is_false_and_no_error_where_a_field_is_missing_or_of_another_type(String cel)
            throws FilterException {
        assertThat(Filter.parse(cel).matches(ORDER)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "declined",
                "CARD issuer",
                "\"declined by\"",
                "key-1",
                "müller",
                "17 DE",
                "com.shop.PaymentException",
                "paymentexception orders",
            })
    void finds_words_anywhere_ignoring_case(String words) throws FilterException {
        var filter = Filter.parse(words);

        assertThat(filter.isExpression()).isFalse();
        assertThat(filter.matches(ORDER)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"by declined\"", "declined nowhere", "cause", "<order>"})
    void needs_every_word(String words) throws FilterException {
        var filter = Filter.parse(words);

        assertThat(filter.isExpression()).isFalse();
        assertThat(filter.matches(ORDER)).isFalse();
    }

    @Test
    void blank_means_all() throws FilterException {
        assertThat(Filter.parse("  ").isAll()).isTrue();
        assertThat(Filter.all().matches(ORDER)).isTrue();
        assertThat(Filter.parse("true").isAll()).isFalse();
    }

    @Test
    void words_reach_into_compressed_text() throws Exception {
        var gzipped = new java.io.ByteArrayOutputStream();
        try (var out = new java.util.zip.GZIPOutputStream(gzipped)) {
            out.write(
                    "{\"customer\":\"Miriam\"}".getBytes(java.nio.charset.StandardCharsets.UTF_8));
        }
        var message = view(letter(gzipped.toByteArray()));

        assertThat(Filter.parse("miriam").matches(message)).isTrue();
        assertThat(Filter.parse("payload.customer == 'Miriam'").matches(message)).isTrue();
    }

    @Test
    void names_the_nearest_field_of_a_wrong_one() {
        assertFails("cause.typ == 'x'", 6, "cause.type == 'x'");
        assertFails("message.sizee > 5", 8, "message.size > 5");
        assertFails(
                "payload.a == 1 && cause.orgin == 'o'",
                24,
                "payload.a == 1 && cause.origin == 'o'");
    }

    @Test
    void names_the_nearest_variable_or_function_of_a_wrong_one() {
        assertFails("mesage.size > 5", 0, "message.size > 5");
        assertFails("retry_count == 3", 0, "payload.retry_count == 3");
        assertFails("cause.message.contain('x')", 14, "cause.message.contains('x')");
    }

    @Test
    void suggests_two_equals_signs_for_one() {
        assertFails("payload.country = 'DE'", 16, "payload.country == 'DE'");
    }

    @Test
    void says_which_character_belongs_to_no_expression() {
        assertThatThrownBy(() -> Filter.parse("payload.id == `7`"))
                .hasMessage("The filter cannot be understood: '`7`' is not expected here.");
    }

    @Test
    void refuses_what_yields_no_boolean() {
        assertThatThrownBy(() -> Filter.parse("size(cause.message) + 1"))
                .isInstanceOf(FilterException.class)
                .hasMessageContaining("true or false");
    }

    @Test
    void refuses_what_is_too_long_or_too_deep() {
        assertThatThrownBy(() -> Filter.parse("payload.a == " + "1 + ".repeat(5_000) + "1"))
                .isInstanceOf(FilterException.class);
        assertThatThrownBy(
                        () ->
                                Filter.parse(
                                        "(".repeat(2_000) + "payload.a == 1" + ")".repeat(2_000)))
                .isInstanceOf(FilterException.class);
    }

    @Test
    void a_loop_without_end_in_sight_is_false() throws FilterException {
        var many = view("[" + String.join(",", Collections.nCopies(2_000, "1")) + "]");

        assertThat(
                        Filter.parse(
                                        "payload.all(a, payload.all(b, payload.all(c, payload.all(d, a == b))))")
                                .matches(many))
                .isFalse();
        assertThat(Filter.parse("payload.map(a, payload.map(b, a)).size() == 2000").matches(many))
                .isFalse();
    }

    /// What makes a backtracking matcher try two to the power of its length.
    @Test
    void no_text_defeats_a_pattern() throws FilterException {
        var text = view("{\"t\": \"%s!\"}".formatted("a".repeat(1 << 18)));
        var threads = ManagementFactory.getThreadMXBean();
        long start = threads.getCurrentThreadCpuTime();

        assertThat(Filter.parse("payload.t.matches('^(a+)+$')").matches(text)).isFalse();
        assertThat(Filter.parse("payload.t.matches('^(a|aa)+!$')").matches(text)).isTrue();

        assertThat(threads.getCurrentThreadCpuTime() - start).isLessThan(2_000_000_000L);
    }

    @Test
    void a_tombstone_is_null() throws FilterException {
        var tombstone = view(letter((byte[]) null));

        assertThat(Filter.parse("message.tombstone").matches(tombstone)).isTrue();
        assertThat(Filter.parse("payload == null").matches(tombstone)).isTrue();
        assertThat(Filter.parse("payload.a == 1").matches(tombstone)).isFalse();
        assertThat(Filter.parse("word").matches(tombstone)).isFalse();
    }

    @Property(tries = 500)
    void any_text_is_a_filter_or_a_sentence(@ForAll String text) {
        try {
            Filter.parse(text).matches(ORDER);
        } catch (FilterException wrong) {
            assertThat(wrong.getMessage()).isNotBlank();
            assertThat(wrong.position()).isBetween(-1, text.length());
        }
    }

    private static void assertFails(String text, int position, String suggestion) {
        assertThatThrownBy(() -> Filter.parse(text))
                .isInstanceOfSatisfying(
                        FilterException.class,
                        wrong -> {
                            assertThat(wrong.suggestion()).isEqualTo(suggestion);
                            assertThat(wrong.position()).isEqualTo(position);
                        });
    }
}
