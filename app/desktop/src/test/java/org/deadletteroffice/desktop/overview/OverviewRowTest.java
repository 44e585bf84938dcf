package org.deadletteroffice.desktop.overview;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.deadletteroffice.core.metrics.Sample;
import org.junit.jupiter.api.Test;

class OverviewRowTest {
    private static final Instant NOW = Instant.parse("2026-11-12T11:42:04Z");

    @Test
    void change_is_over_the_last_hour_alone() {
        var samples =
                List.of(
                        new Sample(NOW.minusSeconds(7200), 0),
                        new Sample(NOW.minusSeconds(3600), 100),
                        new Sample(NOW, 160));
        assertThat(OverviewRow.hourlyChange(samples)).isEqualTo(60);
    }

    @Test
    void change_of_a_short_history_is_projected_to_an_hour() {
        var samples = List.of(new Sample(NOW.minusSeconds(600), 100), new Sample(NOW, 110));
        assertThat(OverviewRow.hourlyChange(samples)).isEqualTo(60);
    }

    @Test
    void a_few_seconds_are_no_history() {
        var samples = List.of(new Sample(NOW.minusSeconds(5), 100), new Sample(NOW, 110));
        assertThat(OverviewRow.hourlyChange(samples)).isNull();
        assertThat(OverviewRow.hourlyChange(List.of())).isNull();
    }
}
