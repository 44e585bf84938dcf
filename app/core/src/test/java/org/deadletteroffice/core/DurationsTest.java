package org.deadletteroffice.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DurationsTest {
    @ParameterizedTest
    @CsvSource({
        "PT40S,40 s",
        "PT2M,2 min",
        "PT4M10S,4 min 10 s",
        "PT2H,2 h",
        "PT2H0M59S,2 h",
        "PT76H,3 d 4 h",
        "PT963H,40 d",
        "PT-5S,0 s"
    })
    void two_units_are_enough_and_one_where_the_other_is_none(Duration duration, String words) {
        assertThat(Durations.words(duration)).isEqualTo(words);
    }
}
