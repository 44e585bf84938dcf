package org.deadletteroffice.desktop.control;

import java.util.List;
import javafx.scene.layout.Region;
import javafx.scene.shape.Polyline;
import javafx.scene.shape.StrokeLineCap;
import javafx.scene.shape.StrokeLineJoin;

/// A line without axes: whether a number grows.
public final class Sparkline extends Region {
    private static final double MARGIN = 2;

    private final Polyline line = new Polyline();
    private List<Double> values = List.of();

    public Sparkline(double width, double height) {
        getStyleClass().add("sparkline");
        line.getStyleClass().add("sparkline-line");
        line.setStrokeLineCap(StrokeLineCap.ROUND);
        line.setStrokeLineJoin(StrokeLineJoin.ROUND);
        line.setManaged(false);
        getChildren().add(line);
        setMinSize(0, height);
        setPrefSize(width, height);
        setMaxHeight(height);
        setMouseTransparent(true);
        Tone.DANGER.on(this);
    }

    /// At even distances, oldest first; fewer than two draw nothing.
    public void show(List<Double> latest) {
        values = List.copyOf(latest);
        requestLayout();
    }

    public void show(List<Double> latest, Tone tone) {
        tone.on(this);
        show(latest);
    }

    @Override
    protected void layoutChildren() {
        var points = line.getPoints();
        if (values.size() < 2 || getWidth() < 4) {
            points.clear();
            return;
        }
        var low = values.stream().mapToDouble(Double::doubleValue).min().orElse(0);
        var high = values.stream().mapToDouble(Double::doubleValue).max().orElse(0);
        var height = getHeight() - 2 * MARGIN;
        var step = (getWidth() - 2 * MARGIN) / (values.size() - 1);
        var next = new Double[values.size() * 2];
        for (var i = 0; i < values.size(); i++) {
            var share = high == low ? 0.5 : (values.get(i) - low) / (high - low);
            next[2 * i] = MARGIN + i * step;
            next[2 * i + 1] = MARGIN + height * (1 - share);
        }
        points.setAll(next);
    }
}
