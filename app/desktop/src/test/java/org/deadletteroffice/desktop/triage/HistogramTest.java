package org.deadletteroffice.desktop.triage;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.deadletteroffice.core.browse.FailureGroup;
import org.deadletteroffice.spi.message.MessageId;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class HistogramTest {
    private static final Instant NOON = Instant.parse("2026-11-30T12:00:00Z");

    private static FailureGroup group(
            String fingerprint, @Nullable Instant first, @Nullable Instant last, int... counts) {
        var trend = new ArrayList<>(Collections.nCopies(24, 0L));
        for (int i = 0; i < counts.length; i++) {
            trend.set(i, (long) counts[i]);
        }
        return new FailureGroup(
                fingerprint,
                null,
                null,
                1,
                first,
                last,
                List.of(),
                null,
                0,
                trend,
                new MessageId("0-0"));
    }

    @Test
    void adds_up_the_groups_over_the_time_of_all() {
        var groups =
                List.of(
                        group("a", NOON, NOON.plusSeconds(60), 1, 2),
                        group("b", NOON.plusSeconds(10), NOON.plusMillis(23_999_999), 0, 3));
        var all = Histogram.of(groups, null);
        assertThat(all.counts()).startsWith(1L, 5L, 0L).hasSize(24);
        assertThat(Histogram.of(groups, "b").counts()).startsWith(0L, 3L);
        assertThat(Histogram.of(groups, "b").first()).isEqualTo(NOON);
        assertThat(all.start(0)).isEqualTo(NOON);
        assertThat(all.start(1)).isEqualTo(NOON.plusMillis(1_000_000));
        assertThat(all.start(24)).isEqualTo(NOON.plusMillis(24_000_000));
    }

    @Test
    void is_nothing_without_times_or_at_one_moment() {
        assertThat(Histogram.of(List.of(), null)).isEqualTo(Histogram.NOTHING);
        assertThat(Histogram.of(List.of(group("a", null, null, 1)), null))
                .isEqualTo(Histogram.NOTHING);
        assertThat(Histogram.of(List.of(group("a", NOON, NOON, 1)), null))
                .isEqualTo(Histogram.NOTHING);
    }
}
