package org.deadletteroffice.desktop.trace;

import java.util.ArrayList;
import java.util.List;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.CheckBox;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressIndicator;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.deadletteroffice.core.trace.Trace;
import org.deadletteroffice.desktop.control.Buttons;
import org.deadletteroffice.desktop.control.Dot;
import org.deadletteroffice.desktop.control.Labels;
import org.deadletteroffice.desktop.control.Segmented;
import org.deadletteroffice.desktop.control.SideSheet;
import org.deadletteroffice.desktop.control.Tone;
import org.deadletteroffice.desktop.shell.ErrorCard;
import org.deadletteroffice.desktop.text.Ages;
import org.deadletteroffice.desktop.text.Amounts;

/// The sheet with everything that bears the ids of a message, oldest first, and how far was looked.
public final class TraceView extends StackPane {
    private static final double WIDTH = 820;

    private final TraceModel model;
    private final VBox body = new VBox(4);

    public TraceView(TraceModel model) {
        this.model = model;
        setMaxWidth(WIDTH);
        setPrefWidth(WIDTH);
        getStyleClass().addAll("trace-view", "edit-view");
        var sheet = new SideSheet("Trace", model::close);
        sheet.setMaxWidth(Double.MAX_VALUE);
        sheet.setAbove(bar());
        body.getStyleClass().add("trace-body");
        sheet.setBody(body);
        sheet.footNote().textProperty().bind(model.summaryProperty());
        var stop = Buttons.plain("Stop looking", model::stop);
        stop.visibleProperty().bind(model.lookingProperty());
        stop.managedProperty().bind(model.lookingProperty());
        sheet.setActs(stop, Buttons.plain("Close", model::close));
        getChildren().add(sheet);
        model.traceProperty().addListener((_, _, _) -> show());
        model.lookingProperty().addListener((_, _, _) -> show());
        model.problemProperty().addListener((_, _, _) -> show());
        show();
    }

    private Node bar() {
        var ids = Labels.small(model.idsInWords());
        ids.getStyleClass().add("mono");
        ids.setWrapText(true);
        ids.setMinHeight(Region.USE_PREF_SIZE);
        var back =
                new Segmented<>(
                        "How far back",
                        List.of(TraceModel.Back.values()),
                        TraceModel.Back.DAY,
                        TraceModel.Back::words);
        back.valueProperty().bindBidirectional(model.backProperty());
        var holding = new CheckBox("Also where looking holds messages or counts as a delivery");
        holding.selectedProperty().bindBidirectional(model.holdingProperty());
        var choices = new HBox(12, Labels.small("Since"), back, holding);
        choices.setAlignment(Pos.CENTER_LEFT);
        var bar = new VBox(8, ids, choices);
        bar.getStyleClass().add("edit-bar");
        return bar;
    }

    private void show() {
        var nodes = new ArrayList<Node>();
        var problem = model.problemProperty().get();
        if (problem != null) {
            nodes.add(new ErrorCard(problem, Buttons.plain("Look again", model::look)));
        }
        var trace = model.traceProperty().get();
        if (trace != null) {
            trace.steps().forEach(step -> nodes.add(row(step)));
            if (trace.steps().isEmpty() && !model.lookingProperty().get()) {
                nodes.add(Labels.small("Nothing that was looked at bears these ids."));
            }
        }
        if (model.lookingProperty().get()) {
            var turning = new ProgressIndicator();
            turning.setPrefSize(16, 16);
            var row = new HBox(8, turning, Labels.small("Looking through the queues…"));
            row.setAlignment(Pos.CENTER_LEFT);
            nodes.add(row);
        }
        if (trace != null) {
            var places = trace.places().stream().filter(place -> !place.complete()).toList();
            if (!places.isEmpty()) {
                nodes.add(Labels.section("Not looked at whole"));
                places.forEach(place -> nodes.add(row(place)));
            }
        }
        body.getChildren().setAll(nodes);
    }

    private Node row(Trace.Step step) {
        var time = step.time();
        var clock = model.clock();
        var when = new Label(time == null ? "–" : Ages.exact(time, clock.getZone()));
        when.getStyleClass().addAll("mono", "muted");
        when.setMinWidth(Region.USE_PREF_SIZE);
        var sentence = new Label(step.sentence());
        sentence.setWrapText(true);
        var where = Labels.small(where(step));
        var words = new VBox(1, sentence, where);
        words.setMinWidth(0);
        HBox.setHgrow(words, Priority.ALWAYS);
        boolean start = model.isStart(step);
        var row =
                new HBox(
                        8,
                        new Dot(
                                start
                                        ? Tone.ACCENT
                                        : step.message() == null ? Tone.NEUTRAL : Tone.WARNING),
                        when,
                        words);
        row.setAlignment(Pos.TOP_LEFT);
        row.getStyleClass().add("trace-step");
        if (start) {
            row.getChildren().add(Labels.note("this message"));
        } else if (step.message() != null && step.profile() != null) {
            row.getChildren().add(Buttons.link("Open", () -> model.open(step)));
        }
        return row;
    }

    private static String where(Trace.Step step) {
        var words = new StringBuilder();
        if (step.profile() != null) {
            words.append(step.profile()).append(" · ");
        }
        if (step.queue() != null) {
            words.append(step.queue());
            words.append(step.message() == null ? "" : " " + step.message()).append(" · ");
        }
        return words.append("by ").append(step.by()).toString();
    }

    private static Node row(Trace.Place place) {
        var words =
                Labels.small(
                        "%s: %s %s"
                                .formatted(
                                        where(place),
                                        place.sentence(),
                                        place.read() == 0
                                                ? ""
                                                : Amounts.of(place.read(), "message", "messages")
                                                        + " read."));
        words.setWrapText(true);
        words.setMinHeight(Region.USE_PREF_SIZE);
        return words;
    }

    private static String where(Trace.Place place) {
        var queue = place.queue();
        if (place.profile().isEmpty()) {
            return queue == null ? "audit" : queue;
        }
        return queue == null ? place.profile() : place.profile() + " · " + queue;
    }
}
