package org.deadletteroffice.desktop.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javafx.scene.layout.StackPane;
import org.deadletteroffice.desktop.Pictures;
import org.deadletteroffice.desktop.theme.Theme;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TimeChartTest {
    @ParameterizedTest
    @CsvSource({"0,4", "4,4", "5,10", "17,20", "21,40", "18204,20000", "71641,100000"})
    void the_scale_ends_at_a_plain_number(double highest, double end) {
        assertThat(TimeChart.niceCeiling(highest)).isEqualTo(end);
    }

    /// A node that asks for a layout in each layout keeps a processor busy, and nobody sees it.
    @Test
    void a_chart_that_was_drawn_rests() {
        Pictures.startToolkit();
        var chart = new TimeChart("Dead letters", String::valueOf);
        var stage = Pictures.window(new StackPane(chart), Theme.LIGHT, 600, 300);
        var end = Instant.parse("2026-11-24T12:00:00Z");
        var points =
                List.of(
                        new TimeChart.Point(end.minusSeconds(600), 3),
                        new TimeChart.Point(end.minusSeconds(300), 9));
        var restless = new CopyOnWriteArrayList<Boolean>();
        Pictures.onFx(
                () -> {
                    chart.show(
                            end.minusSeconds(3_600),
                            end,
                            List.of(new TimeChart.Series("all", "series-all", points)),
                            List.of(new TimeChart.Mark(end.minusSeconds(400), "redrive")));
                    return null;
                });
        Pictures.frames(5);

        Pictures.onFx(
                () -> {
                    stage.getScene()
                            .addPostLayoutPulseListener(() -> restless.add(chart.isNeedsLayout()));
                    return null;
                });
        Pictures.frames(5);

        assertThat(restless).isNotEmpty().containsOnly(false);
        Pictures.onFx(
                () -> {
                    stage.close();
                    return null;
                });
    }
}
