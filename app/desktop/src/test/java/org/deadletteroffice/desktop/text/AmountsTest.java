package org.deadletteroffice.desktop.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.deadletteroffice.spi.message.Count;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AmountsTest {
    @Test
    void counts_say_how_far_they_can_be_trusted() {
        assertThat(Amounts.of(Count.exact(18_204))).isEqualTo("18,204");
        assertThat(Amounts.of(Count.atLeast(18_204))).isEqualTo("≥ 18,204");
        assertThat(Amounts.of(Count.atMost(7))).isEqualTo("≤ 7");
        assertThat(Amounts.of(Count.approximate(7))).isEqualTo("≈ 7");
    }

    @Test
    void signs_stand_before_changes() {
        assertThat(Amounts.signed(1822)).isEqualTo("+1,822");
        assertThat(Amounts.signed(-12)).isEqualTo("−12");
        assertThat(Amounts.signed(0)).isEqualTo("0");
    }

    @ParameterizedTest
    @CsvSource({"482,482 /s", "0.5,30 /min", "0.001,4 /h", "0,0", "0.96,1 /s"})
    void rates_take_the_unit_that_needs_no_decimals(double perSecond, String words) {
        assertThat(Amounts.rate(perSecond)).isEqualTo(words);
    }

    @ParameterizedTest
    @CsvSource({
        "812,812 B",
        "1024,1.0 KiB",
        "1048576,1.0 MiB",
        "1048575,1.0 MiB",
        "53687091200,50 GiB"
    })
    void bytes_grow_into_larger_units(long bytes, String words) {
        assertThat(Amounts.bytes(bytes)).isEqualTo(words);
    }

    @ParameterizedTest
    @CsvSource({"0,0 %", "1,100 %", "0.971,97.1 %", "0.9999,99.9 %", "0.00001,0.1 %", "0.5,50 %"})
    void only_all_is_a_hundred_percent(double share, String words) {
        assertThat(Amounts.percent(share)).isEqualTo(words);
    }
}
