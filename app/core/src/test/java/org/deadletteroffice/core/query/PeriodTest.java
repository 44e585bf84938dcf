package org.deadletteroffice.core.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.deadletteroffice.core.cause.Letters.DIED;
import static org.deadletteroffice.core.cause.Letters.view;

import java.time.Instant;
import org.deadletteroffice.core.browse.MessageView;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// A period at the head of a filter. The message died at 2026-03-01T10:15:30.123Z.
class PeriodTest {
    private static final MessageView ORDER = view("{\"id\": 17, \"country\": \"DE\"}");

    @ParameterizedTest
    @CsvSource({
        "from:2026-03-01T10:15:30.123Z, true",
        "from:2026-03-01T10:15:30.124Z, false",
        "to:2026-03-01T10:15:30.124Z, true",
        "to:2026-03-01T10:15:30.123Z, false",
        "from:2026-03-01T11:00:00+01:00 to:2026-03-01T12:00:00+01:00, true",
        "from:2026-03-01T10:00:00Z to:2026-03-01T11:00:00Z payload.id == 17, true",
        "from:2026-03-01T10:00:00Z payload.id == 18, false",
        "to:2026-03-01T10:00:00Z payload.id == 17, false",
        "from:2026-03-01T10:00:00Z country, true",
        "from:2026-03-01T10:00:00Z nowhere, false",
        "from:home, false"
    })
    void means_what_died_in_it_and_what_stands_behind_it(String text, boolean meant)
            throws Exception {
        assertThat(Filter.parse(text).matches(ORDER)).isEqualTo(meant);
    }

    @Test
    void is_written_as_it_is_read() throws Exception {
        var text = "from:2026-03-01T10:00:00Z to:2026-03-01T11:00:00Z payload.id == 17";
        var filter =
                Filter.parse(
                        "  from:2026-03-01T11:00:00+01:00   to:2026-03-01T11:00:00Z payload.id == 17");
        assertThat(filter.text()).isEqualTo(text);
        assertThat(filter.isExpression()).isTrue();
        assertThat(Filter.parse("from:2026-03-01T10:00:00Z").isAll()).isFalse();
        assertThat(Filter.parse("from:2026-03-01T10:00:00Z order").isExpression()).isFalse();
    }

    @Test
    void is_changed_without_changing_the_rest() {
        var hour = new Period(DIED, DIED.plusSeconds(3_600));
        var narrowed = Period.within("from:2026-01-01T00:00:00Z payload.id == 17", hour);
        assertThat(narrowed)
                .isEqualTo(
                        "from:2026-03-01T10:15:30.123Z to:2026-03-01T11:15:30.123Z payload.id == 17");
        assertThat(Period.within(narrowed, Period.EVER)).isEqualTo("payload.id == 17");
        assertThat(Period.within("two words", hour)).endsWith("Z two words");
    }

    @Test
    void of_two_both_hold() throws Exception {
        var day = Instant.parse("2026-03-01T00:00:00Z");
        var early = new Period(day, day.plusSeconds(100));
        var late = new Period(day.plusSeconds(50), day.plusSeconds(200));
        var both = new Period(day.plusSeconds(50), day.plusSeconds(100));

        assertThat(early.and(late)).isEqualTo(both);
        assertThat(late.and(early)).isEqualTo(both);
        assertThat(Period.EVER.and(late)).isEqualTo(late);
        assertThat(late.and(Period.EVER)).isEqualTo(late);
        assertThat(Filter.parse(early.text() + late.text() + "order").period()).isEqualTo(both);
        assertThat(both.isEmpty()).isFalse();
        assertThat(new Period(day, day).isEmpty()).isTrue();
        assertThat(new Period(null, day).isEmpty()).isFalse();
    }

    @Test
    void a_group_within_it_is_one_filter() throws Exception {
        var fingerprint = ORDER.fingerprint();
        for (var text : new String[] {"to:2027-01-01T00:00:00Z", "payload.id == 17 || false"}) {
            var within = Filter.parse(text).textWithin(fingerprint);
            assertThat(Filter.parse(within).matches(ORDER)).as(within).isTrue();
            assertThat(Filter.parse(Filter.parse(text).textWithin("0")).matches(ORDER)).isFalse();
        }
    }

    @Test
    void the_place_of_an_error_counts_from_the_head() {
        var text = "from:2026-03-01T10:00:00Z mesage.key == '1'";
        assertThatThrownBy(() -> Filter.parse(text))
                .isInstanceOfSatisfying(
                        FilterException.class,
                        wrong -> {
                            assertThat(wrong.position()).isEqualTo(text.indexOf("mesage"));
                            assertThat(wrong.suggestion())
                                    .isEqualTo(text.replace("mesage", "message"));
                        });
    }

    @Test
    void a_message_without_a_time_is_in_none() {
        assertThat(new Period(Instant.EPOCH, null).holds(null)).isFalse();
        assertThat(Period.EVER.holds(null)).isTrue();
    }
}
