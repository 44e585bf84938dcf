package org.deadletteroffice.cli.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.deadletteroffice.core.job.Pace;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.TypeConversionException;

final class CanaryConverterTest {
    private final CanaryConverter converter = new CanaryConverter();

    @Test
    void share_is_a_percentage_or_a_fraction() {
        var canary = new Pace.Canary(20, Duration.ofMinutes(1), 0.05);

        assertThat(converter.convert("20:1m:5%")).isEqualTo(canary);
        assertThat(converter.convert("20:60s:0.05")).isEqualTo(canary);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "20",
                "20:1m",
                "0:1m:5%",
                "-1:1m:5%",
                "20:1m:101%",
                "20:1m:-1%",
                "20:soon:5%",
                "20:1m:NaN",
                "x:1m:5%",
                "20:1m:5%:1"
            })
    void anything_else_is_refused_with_an_example(String text) {
        assertThatThrownBy(() -> converter.convert(text))
                .isInstanceOf(TypeConversionException.class)
                .hasMessageContaining("20:1m:5%");
    }
}
