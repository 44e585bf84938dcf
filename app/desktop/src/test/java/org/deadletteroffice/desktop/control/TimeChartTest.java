package org.deadletteroffice.desktop.control;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TimeChartTest {
    @ParameterizedTest
    @CsvSource({"0,4", "4,4", "5,10", "17,20", "21,40", "18204,20000", "71641,100000"})
    void the_scale_ends_at_a_plain_number(double highest, double end) {
        assertThat(TimeChart.niceCeiling(highest)).isEqualTo(end);
    }
}
