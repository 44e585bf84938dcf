package org.deadletteroffice.desktop.triage;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimeTextTest {
    @ParameterizedTest
    @CsvSource({
        "14:30, 2026-11-12T14:30:00Z",
        "2026-11-10, 2026-11-10T00:00:00Z",
        "2026-11-10 08:15, 2026-11-10T08:15:00Z",
        "2026-11-10T08:15:00Z, 2026-11-10T08:15:00Z",
        "2026-11-10T08:15:00+02:00, 2026-11-10T06:15:00Z",
        "2 h ago, 2026-11-12T10:00:00Z",
        "90 min, 2026-11-12T10:30:00Z",
        "3 days ago, 2026-11-09T12:00:00Z",
        "yesterday, 2026-11-11T00:00:00Z"
    })
    void reads_a_moment_as_people_type_it(String typed, Instant moment) {
        assertThat(TimeText.parse(typed, Letters.CLOCK)).contains(moment);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "soon", "25:99", "2026-13-40", "h", "-1 h"})
    void refuses_what_is_no_moment(String typed) {
        assertThat(TimeText.parse(typed, Letters.CLOCK)).isEmpty();
    }

    @Test
    void ignores_space_around_it() {
        assertThat(TimeText.parse("  12:00 ", Letters.CLOCK)).contains(Letters.CLOCK.instant());
    }
}
