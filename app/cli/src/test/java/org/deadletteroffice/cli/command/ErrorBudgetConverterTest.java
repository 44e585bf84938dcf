package org.deadletteroffice.cli.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.deadletteroffice.core.job.Pace.ErrorBudget;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.TypeConversionException;

final class ErrorBudgetConverterTest {
    private final ErrorBudgetConverter converter = new ErrorBudgetConverter();

    @Test
    void is_a_count_or_a_share_of_all_or_of_the_last_ones() {
        assertThat(converter.convert("0")).isEqualTo(new ErrorBudget(0, null));
        assertThat(converter.convert("20")).isEqualTo(new ErrorBudget(20, null));
        assertThat(converter.convert("20:500")).isEqualTo(new ErrorBudget(20, 500));
        assertThat(converter.convert("5%")).isEqualTo(new ErrorBudget(50, 1_000));
        assertThat(converter.convert("2.5%:200")).isEqualTo(new ErrorBudget(5, 200));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "x",
                "-1",
                "5:5",
                "5:0",
                "1:2000000",
                "100%",
                "-1%",
                "NaN%",
                "5%:",
                "1:2:3"
            })
    void anything_else_is_refused_with_an_example(String text) {
        assertThatThrownBy(() -> converter.convert(text))
                .isInstanceOf(TypeConversionException.class)
                .hasMessageContaining("5%:1000");
    }
}
