package org.deadletteroffice.desktop.control;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.DoubleFunction;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.layout.Pane;
import javafx.scene.layout.Region;
import javafx.scene.shape.Line;
import javafx.scene.shape.Polygon;
import javafx.scene.shape.Polyline;
import javafx.scene.shape.Rectangle;
import org.jspecify.annotations.Nullable;

/// Numbers over time as filled lines, with moments marked on them. What the mouse is over is read
/// out.
public final class TimeChart extends Pane {
    private static final double TOP = 10;
    private static final double RIGHT = 10;
    private static final int LINES = 4;
    private static final int MARK_ROWS = 4;
    private static final DateTimeFormatter CLOCK =
            DateTimeFormatter.ofPattern("HH:mm", Locale.ENGLISH);
    private static final DateTimeFormatter DAY =
            DateTimeFormatter.ofPattern("d MMM", Locale.ENGLISH);
    private static final DateTimeFormatter MOMENT =
            DateTimeFormatter.ofPattern("d MMM HH:mm", Locale.ENGLISH);

    /// A value at a time.
    public record Point(Instant time, double value) {}

    /// @param styleClass `series-all` or `series-one`: gives the colours
    /// @param points oldest first
    public record Series(String name, String styleClass, List<Point> points) {}

    /// A moment worth knowing.
    public record Mark(Instant time, String text) {}

    private final Pane drawing = new Pane();
    private final Pane reading = new Pane();
    private final Label readout = new Label();
    private final DoubleFunction<String> words;
    private List<Series> series = List.of();
    private List<Mark> marks = List.of();
    private Instant from = Instant.EPOCH;
    private Instant to = Instant.EPOCH.plusSeconds(1);
    private double highest = 1;
    private boolean stale = true;
    private double hoverAt = -1;
    private double left = 48;
    private double bottom = 22;

    /// @param words writes a value
    public TimeChart(String name, DoubleFunction<String> words) {
        this.words = words;
        getStyleClass().add("time-chart");
        setAccessibleText(name);
        setFocusTraversable(true);
        setMinSize(160, 90);
        readout.getStyleClass().add("chart-readout");
        readout.setMouseTransparent(true);
        readout.setVisible(false);
        reading.setMouseTransparent(true);
        drawing.setMouseTransparent(true);
        // What is drawn during layout must not ask for another layout, or no pulse is the last.
        drawing.setManaged(false);
        reading.setManaged(false);
        readout.setManaged(false);
        widthProperty().addListener(_ -> stale = true);
        heightProperty().addListener(_ -> stale = true);
        getChildren().addAll(drawing, reading, readout);
        setOnMouseMoved(event -> hover(event.getX()));
        setOnMouseExited(_ -> hover(-1));
        var clip = new Rectangle();
        clip.widthProperty().bind(widthProperty());
        clip.heightProperty().bind(heightProperty());
        setClip(clip);
    }

    public void show(Instant newFrom, Instant newTo, List<Series> newSeries, List<Mark> newMarks) {
        from = newFrom;
        to = newTo;
        series = List.copyOf(newSeries);
        marks = List.copyOf(newMarks);
        highest =
                niceCeiling(
                        series.stream()
                                .flatMap(each -> each.points().stream())
                                .mapToDouble(Point::value)
                                .max()
                                .orElse(0));
        stale = true;
        requestLayout();
    }

    @Override
    protected void layoutChildren() {
        if (!stale) {
            return;
        }
        stale = false;
        drawing.resizeRelocate(0, 0, getWidth(), getHeight());
        reading.resizeRelocate(0, 0, getWidth(), getHeight());
        var nodes = new ArrayList<Node>();
        var widest = label(words.apply(highest), "chart-label");
        left = widest.prefWidth(-1) + 12;
        bottom = widest.prefHeight(-1) + 8;
        if (plotWidth() > 20 && plotHeight() > 20) {
            grid(nodes);
            times(nodes);
            series.forEach(each -> area(each, nodes));
            marks(nodes);
        }
        drawing.getChildren().setAll(nodes);
        // Nodes made during layout would be drawn once without their style.
        drawing.applyCss();
        read();
    }

    private void grid(List<Node> nodes) {
        for (var i = 0; i <= LINES; i++) {
            var value = highest * i / LINES;
            var y = Math.round(y(value)) + 0.5;
            var line = new Line(left, y, getWidth() - RIGHT, y);
            line.getStyleClass().add(i == 0 ? "chart-axis" : "chart-grid");
            nodes.add(line);
            var label = label(words.apply(value), "chart-label");
            var width = label.prefWidth(-1);
            label.resizeRelocate(
                    left - width - 6, y - label.prefHeight(-1) / 2, width, label.prefHeight(-1));
            nodes.add(label);
        }
    }

    private void times(List<Node> nodes) {
        var zone = ZoneId.systemDefault();
        var step = timeStep();
        var format = step.compareTo(Duration.ofHours(24)) >= 0 ? DAY : CLOCK;
        var at = firstTick(step, zone);
        var lastEnd = -1.0;
        while (!at.toInstant().isAfter(to)) {
            var x = x(at.toInstant());
            var label = label(format.format(at), "chart-label");
            var width = label.prefWidth(-1);
            var start = Math.clamp(x - width / 2, left - 10, getWidth() - width);
            if (start > lastEnd + 8) {
                label.resizeRelocate(start, getHeight() - bottom + 5, width, label.prefHeight(-1));
                nodes.add(label);
                lastEnd = start + width;
            }
            at = at.plus(step);
        }
    }

    private ZonedDateTime firstTick(Duration step, ZoneId zone) {
        var at = from.atZone(zone).truncatedTo(ChronoUnit.DAYS);
        while (at.toInstant().isBefore(from)) {
            at = at.plus(step);
        }
        return at;
    }

    private Duration timeStep() {
        var shown = Duration.between(from, to);
        var wanted = Math.max(2, plotWidth() / 110);
        for (var minutes : new long[] {5, 10, 15, 30, 60, 120, 180, 360, 720, 1440, 2880, 10_080}) {
            var step = Duration.ofMinutes(minutes);
            if (shown.dividedBy(step) <= wanted) {
                return step;
            }
        }
        return Duration.ofDays(30);
    }

    private void area(Series each, List<Node> nodes) {
        var shown =
                each.points().stream()
                        .filter(point -> !point.time().isBefore(from) && !point.time().isAfter(to))
                        .toList();
        if (shown.isEmpty()) {
            return;
        }
        var line = new Polyline();
        for (var point : shown) {
            line.getPoints().addAll(x(point.time()), y(point.value()));
        }
        if (shown.size() == 1) {
            line.getPoints().addAll(x(to), y(shown.getFirst().value()));
        }
        var fill = new Polygon();
        fill.getPoints().addAll(line.getPoints());
        var points = line.getPoints();
        fill.getPoints().addAll(points.get(points.size() - 2), y(0), points.getFirst(), y(0));
        fill.getStyleClass().addAll("chart-fill", each.styleClass());
        line.getStyleClass().addAll("chart-line", each.styleClass());
        nodes.add(fill);
        nodes.add(line);
    }

    /// Labels that would cover each other stand one below the other.
    private void marks(List<Node> nodes) {
        var ends = new double[MARK_ROWS];
        var shown =
                marks.stream()
                        .filter(mark -> !mark.time().isBefore(from) && !mark.time().isAfter(to))
                        .sorted(Comparator.comparing(Mark::time))
                        .toList();
        for (var mark : shown) {
            var x = Math.round(x(mark.time())) + 0.5;
            var line = new Line(x, TOP, x, getHeight() - bottom);
            line.getStyleClass().add("chart-mark");
            nodes.add(line);
            var label = label(mark.text(), "chart-mark-label");
            var width = Math.min(label.prefWidth(-1), plotWidth() / 2);
            var height = label.prefHeight(-1);
            var start = x + 5 + width > getWidth() - RIGHT ? x - 5 - width : x + 5;
            for (var row = 0; row < MARK_ROWS; row++) {
                if (start > ends[row]) {
                    ends[row] = start + width + 6;
                    label.resizeRelocate(start, TOP + row * height, width, height);
                    nodes.add(label);
                    break;
                }
            }
        }
    }

    private void hover(double x) {
        hoverAt = x;
        read();
    }

    private void read() {
        reading.getChildren().clear();
        var inside = hoverAt >= left && hoverAt <= getWidth() - RIGHT && !series.isEmpty();
        readout.setVisible(inside);
        if (!inside) {
            return;
        }
        var time =
                from.plusMillis(
                        (long)
                                ((hoverAt - left)
                                        / plotWidth()
                                        * Duration.between(from, to).toMillis()));
        var text = new StringBuilder(MOMENT.format(time.atZone(ZoneId.systemDefault())));
        for (var each : series) {
            var point = nearest(each, time);
            if (point != null) {
                text.append('\n').append(each.name()).append("  ");
                text.append(words.apply(point.value()));
            }
        }
        readout.setText(text.toString());
        readout.applyCss();
        var width = readout.prefWidth(-1);
        var start = hoverAt + 12 + width > getWidth() ? hoverAt - 12 - width : hoverAt + 12;
        readout.resizeRelocate(start, TOP + 6, width, readout.prefHeight(width));
        var line = new Line(hoverAt, TOP, hoverAt, getHeight() - bottom);
        line.getStyleClass().add("chart-hover");
        reading.getChildren().add(line);
        reading.applyCss();
    }

    private static @Nullable Point nearest(Series each, Instant time) {
        Point best = null;
        for (var point : each.points()) {
            if (best == null
                    || distance(point.time(), time).compareTo(distance(best.time(), time)) < 0) {
                best = point;
            }
        }
        return best;
    }

    private static Duration distance(Instant one, Instant other) {
        return Duration.between(one, other).abs();
    }

    private Label label(String text, String styleClass) {
        var label = new Label(text);
        label.getStyleClass().add(styleClass);
        label.setMinWidth(Region.USE_PREF_SIZE);
        // A label has no size before its style is known.
        drawing.getChildren().add(label);
        label.applyCss();
        drawing.getChildren().remove(label);
        return label;
    }

    private double x(Instant time) {
        var whole = Math.max(1, Duration.between(from, to).toMillis());
        return left + plotWidth() * Duration.between(from, time).toMillis() / whole;
    }

    private double y(double value) {
        return TOP + plotHeight() * (1 - value / highest);
    }

    private double plotWidth() {
        return getWidth() - left - RIGHT;
    }

    private double plotHeight() {
        return getHeight() - TOP - bottom;
    }

    /// The next of 4, 10, 20, 40, 100, … at or above, so that grid lines have plain numbers.
    static double niceCeiling(double value) {
        var size = 4.0;
        while (true) {
            for (var factor : new double[] {1, 2.5, 5}) {
                if (size * factor >= value) {
                    return size * factor;
                }
            }
            size *= 10;
        }
    }
}
