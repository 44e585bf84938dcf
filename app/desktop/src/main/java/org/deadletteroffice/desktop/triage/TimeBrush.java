package org.deadletteroffice.desktop.triage;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import javafx.css.PseudoClass;
import javafx.geometry.Pos;
import javafx.scene.control.Hyperlink;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Pane;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.deadletteroffice.core.query.Period;
import org.deadletteroffice.desktop.control.Buttons;
import org.deadletteroffice.desktop.text.Ages;
import org.deadletteroffice.desktop.text.Amounts;

/// When the messages died, as bars. A period is chosen by drawing over it, or with the arrow keys
/// (with Shift for more than one span) and Enter.
final class TimeBrush extends VBox {
    private static final PseudoClass BRUSHED = PseudoClass.getPseudoClass("brushed");
    private static final double HEIGHT = 30;
    private static final double GAP = 1;

    private final TriageModel model;
    private final Clock clock;
    private final Bars bars = new Bars();
    private final Label first = new Label();
    private final Label words = new Label();
    private final Label last = new Label();
    private final Hyperlink whole;
    private int from = -1;
    private int to = -1;

    TimeBrush(TriageModel model, Clock clock) {
        this.model = model;
        this.clock = clock;
        getStyleClass().add("time-brush");
        setId("time-brush");
        for (var label : List.of(first, words, last)) {
            label.getStyleClass().add("small-muted");
        }
        whole = Buttons.link("All times", () -> model.filter().within(Period.EVER));
        whole.setId("all-times");
        var left = new Region();
        var right = new Region();
        HBox.setHgrow(left, Priority.ALWAYS);
        HBox.setHgrow(right, Priority.ALWAYS);
        var foot = new HBox(8, first, left, words, whole, right, last);
        foot.setAlignment(Pos.CENTER_LEFT);
        getChildren().addAll(bars, foot);
        setFocusTraversable(true);
        setAccessibleText("When the messages died");
        setAccessibleHelp("Arrow keys choose a span, with Shift several; Enter shows only these");
        addEventHandler(KeyEvent.KEY_PRESSED, this::key);
        model.groups().histogramProperty().addListener((_, _, _) -> show());
        model.filter().nowProperty().addListener((_, _, _) -> show());
        show();
    }

    private Histogram histogram() {
        return model.groups().histogramProperty().get();
    }

    private void show() {
        var shown = histogram();
        boolean period = model.filter().hasPeriod();
        boolean any = !shown.counts().isEmpty();
        setVisible(any || period);
        setManaged(any || period);
        whole.setVisible(period);
        whole.setManaged(period);
        from = -1;
        to = -1;
        bars.show(shown.counts());
        first.setText(any ? at(shown, 0) : "");
        last.setText(any ? at(shown, shown.counts().size()) : "");
        tell();
    }

    private String at(Histogram shown, int span) {
        return at(shown.start(span));
    }

    private String at(Instant time) {
        return Ages.at(time, clock.instant(), clock.getZone());
    }

    /// What is drawn over, or what may be done.
    private void tell() {
        if (from < 0) {
            words.setText(
                    model.filter().hasPeriod()
                            ? periodInWords(model.filter().now().period())
                            : "Draw over a time to see it alone");
            return;
        }
        var shown = histogram();
        long count = shown.counts().subList(low(), high()).stream().mapToLong(n -> n).sum();
        words.setText(
                "%s to %s: %s"
                        .formatted(
                                at(shown, low()),
                                at(shown, high()),
                                Amounts.of(count, "message", "messages")));
        setAccessibleText(words.getText());
    }

    private String periodInWords(Period period) {
        var begin = period.from();
        var end = period.to();
        return begin == null
                ? end == null ? "" : "Only before " + at(end)
                : end == null ? "Only since " + at(begin) : "Only " + at(begin) + " to " + at(end);
    }

    private int low() {
        return Math.min(from, to);
    }

    /// Exclusive.
    private int high() {
        return Math.max(from, to) + 1;
    }

    private void brush(int begin, int end) {
        from = begin;
        to = end;
        bars.mark();
        tell();
    }

    private void take() {
        if (from >= 0) {
            var shown = histogram();
            // Whole seconds, as they stand in the filter's text.
            model.filter()
                    .within(
                            new Period(
                                    shown.start(low()).truncatedTo(ChronoUnit.SECONDS),
                                    shown.start(high())
                                            .plusNanos(999_999_999)
                                            .truncatedTo(ChronoUnit.SECONDS)));
        }
    }

    private void key(KeyEvent event) {
        int spans = histogram().counts().size();
        int step = event.getCode() == KeyCode.LEFT ? -1 : event.getCode() == KeyCode.RIGHT ? 1 : 0;
        if (spans > 0 && step != 0) {
            int next = to < 0 ? (step > 0 ? 0 : spans - 1) : Math.clamp(to + step, 0, spans - 1);
            brush(event.isShiftDown() && from >= 0 ? from : next, next);
            event.consume();
        } else if (event.getCode() == KeyCode.ENTER && from >= 0) {
            take();
            event.consume();
        } else if (event.getCode() == KeyCode.ESCAPE && from >= 0) {
            brush(-1, -1);
            event.consume();
        }
    }

    /// The bars; unmanaged, since they are drawn anew in each layout.
    private final class Bars extends Pane {
        private final List<Region> drawn = new ArrayList<>();
        private List<Long> counts = List.of();
        private final Tooltip tip = Buttons.tip("");

        Bars() {
            setMinHeight(HEIGHT);
            setPrefHeight(HEIGHT);
            setMinWidth(0);
            setPrefWidth(0);
            getStyleClass().add("time-brush-bars");
            setOnMousePressed(
                    event -> {
                        TimeBrush.this.requestFocus();
                        int span = span(event);
                        brush(span, span);
                    });
            setOnMouseDragged(event -> brush(from, span(event)));
            setOnMouseReleased(_ -> take());
            Tooltip.install(this, tip);
            setOnMouseMoved(event -> tip.setText(tipAt(span(event))));
        }

        private String tipAt(int span) {
            return span < 0
                    ? ""
                    : "%s to %s: %s"
                            .formatted(
                                    at(histogram(), span),
                                    at(histogram(), span + 1),
                                    Amounts.of(counts.get(span), "message", "messages"));
        }

        /// -1 where there are none.
        private int span(MouseEvent event) {
            int spans = counts.size();
            return spans == 0
                    ? -1
                    : Math.clamp((long) (event.getX() / getWidth() * spans), 0, spans - 1);
        }

        void show(List<Long> now) {
            counts = now;
            while (drawn.size() < now.size()) {
                var bar = new Region();
                bar.getStyleClass().add("time-brush-bar");
                bar.setManaged(false);
                bar.setMouseTransparent(true);
                drawn.add(bar);
            }
            getChildren().setAll(drawn.subList(0, now.size()));
            mark();
            requestLayout();
        }

        void mark() {
            for (int i = 0; i < counts.size(); i++) {
                drawn.get(i)
                        .pseudoClassStateChanged(BRUSHED, from >= 0 && i >= low() && i < high());
            }
        }

        @Override
        protected void layoutChildren() {
            long most = counts.stream().mapToLong(Long::longValue).max().orElse(0);
            double width = getWidth() / Math.max(1, counts.size());
            for (int i = 0; i < counts.size(); i++) {
                long count = counts.get(i);
                // One message among thousands is to be seen too.
                double height = count == 0 ? 1 : Math.max(3, count * HEIGHT / most);
                drawn.get(i)
                        .resizeRelocate(
                                i * width, HEIGHT - height, Math.max(1, width - GAP), height);
            }
        }
    }
}
