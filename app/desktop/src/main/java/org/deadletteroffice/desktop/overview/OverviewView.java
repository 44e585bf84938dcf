package org.deadletteroffice.desktop.overview;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.TableView;
import javafx.scene.control.Tooltip;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.deadletteroffice.core.metrics.Sample;
import org.deadletteroffice.desktop.control.BesideOrBelow;
import org.deadletteroffice.desktop.control.Buttons;
import org.deadletteroffice.desktop.control.Columns;
import org.deadletteroffice.desktop.control.Dot;
import org.deadletteroffice.desktop.control.Segmented;
import org.deadletteroffice.desktop.control.Sparkline;
import org.deadletteroffice.desktop.control.StatTile;
import org.deadletteroffice.desktop.control.Tables;
import org.deadletteroffice.desktop.control.TimeChart;
import org.deadletteroffice.desktop.control.Tone;
import org.deadletteroffice.desktop.fx.WhileShowing;
import org.deadletteroffice.desktop.text.Ages;
import org.deadletteroffice.desktop.text.Amounts;
import org.jspecify.annotations.Nullable;

/// All brokers at a glance.
public final class OverviewView extends StackPane {
    public OverviewView(OverviewModel model) {
        var tiles =
                row(
                        tile("Dead letters", model.deadLettersProperty()),
                        tile("Oldest", model.oldestProperty()),
                        tile("Replayed today", model.replayedProperty()),
                        tile("Worst lag", model.lagProperty()),
                        tile("Jobs under way", model.runningProperty()));
        var activity = activity(model);
        activity.setPrefWidth(300);
        activity.setMinWidth(150);
        var chart = chart(model);
        HBox.setHgrow(chart, Priority.ALWAYS);
        var upper = new HBox(14, chart, activity);
        upper.setMinHeight(200);
        upper.setPrefHeight(272);

        var queues = card(queues(model));
        var consumers = card(consumers(model));
        queues.setMinWidth(300);
        queues.setPrefWidth(680);
        consumers.setPrefWidth(426);
        consumers.setMinWidth(240);
        var lower = new BesideOrBelow(queues, consumers, 820);
        VBox.setVgrow(lower, Priority.ALWAYS);

        var page = new VBox(14, tiles, upper, lower);
        page.getStyleClass().add("page-body");
        var scroll = new ScrollPane(page);
        scroll.getStyleClass().addAll("edge-to-edge", "page");
        scroll.setFitToWidth(true);
        scroll.setFitToHeight(true);
        scroll.setHbarPolicy(ScrollPane.ScrollBarPolicy.NEVER);
        scroll.setFocusTraversable(false);

        var first = new FirstSteps(model);
        first.visibleProperty().bind(model.noBrokersProperty());
        scroll.visibleProperty().bind(model.noBrokersProperty().not());
        getChildren().addAll(scroll, first);
        WhileShowing.of(this, model::start);
    }

    private static HBox row(Node... tiles) {
        var box = new HBox(14, tiles);
        for (var tile : tiles) {
            HBox.setHgrow(tile, Priority.ALWAYS);
            ((Region) tile).setPrefWidth(200);
        }
        return box;
    }

    private static StatTile tile(String name, ReadOnlyObjectProperty<Tile> value) {
        var tile = new StatTile(name);
        Runnable show =
                () -> {
                    var now = value.get();
                    tile.valueProperty().set(now.value());
                    tile.noteProperty().set(now.note());
                    tile.tone(now.tone());
                };
        value.addListener(_ -> show.run());
        show.run();
        return tile;
    }

    private static Region chart(OverviewModel model) {
        var chart = new TimeChart("Dead letters over time", value -> Amounts.of(Math.round(value)));
        var empty = note("The line grows while the window is open.");
        var plot = new StackPane(chart, empty);
        VBox.setVgrow(plot, Priority.ALWAYS);
        var all = legend("all", "series-all");
        all.setMinWidth(Region.USE_PREF_SIZE);
        var one = legend("", "series-one");
        one.setVisible(false);
        var range =
                new Segmented<>(
                        "Time shown",
                        List.of(OverviewModel.Range.values()),
                        model.rangeProperty().get(),
                        each -> each.words);
        range.valueProperty().bindBidirectional(model.rangeProperty());
        range.getStyleClass().add("small-segments");
        Runnable show =
                () -> {
                    var now = model.chartProperty().get();
                    empty.setVisible(now == null || now.all().isEmpty());
                    if (now == null) {
                        chart.show(
                                Instant.now().minus(model.rangeProperty().get().time),
                                Instant.now(),
                                List.of(),
                                List.of());
                        return;
                    }
                    one.setText(now.queue());
                    one.setVisible(!now.queue().isEmpty());
                    var series = new ArrayList<TimeChart.Series>();
                    series.add(series("all", "series-all", now.all()));
                    if (!now.queue().isEmpty()) {
                        series.add(series(now.queue(), "series-one", now.one()));
                    }
                    chart.show(
                            now.from(),
                            now.to(),
                            series,
                            now.moments().stream()
                                    .map(moment -> new TimeChart.Mark(moment.time(), moment.text()))
                                    .toList());
                };
        model.chartProperty().addListener(_ -> show.run());
        show.run();
        var head = new HBox(10, title("Dead letters over time"), filler(), all, one, range);
        head.setAlignment(Pos.CENTER_LEFT);
        var card = new VBox(6, head, plot);
        card.getStyleClass().addAll("card", "chart-card");
        card.setMinWidth(260);
        return card;
    }

    private static TimeChart.Series series(String name, String styleClass, List<Sample> samples) {
        return new TimeChart.Series(
                name,
                styleClass,
                samples.stream()
                        .map(sample -> new TimeChart.Point(sample.time(), sample.value()))
                        .toList());
    }

    private static Label legend(String text, String styleClass) {
        var swatch = new Region();
        swatch.getStyleClass().addAll("legend-swatch", styleClass);
        var label = new Label(text, swatch);
        label.getStyleClass().addAll("legend", styleClass);
        return label;
    }

    private static Region activity(OverviewModel model) {
        var list = new ListView<>(model.activities());
        list.getStyleClass().addAll("plain-list", "activity-list");
        list.setAccessibleText("Activity");
        list.setPlaceholder(note("Nothing was done yet."));
        list.setCellFactory(_ -> new ActivityCell());
        list.setOnMouseClicked(_ -> open(model, list.getSelectionModel().getSelectedItem()));
        list.setOnKeyPressed(
                event -> {
                    if (event.getCode() == KeyCode.ENTER) {
                        open(model, list.getSelectionModel().getSelectedItem());
                    }
                });
        VBox.setVgrow(list, Priority.ALWAYS);
        var head = new HBox(8, title("Activity"), filler(), Buttons.link("All", model::openAudit));
        head.setAlignment(Pos.CENTER_LEFT);
        var card = new VBox(6, head, list);
        card.getStyleClass().addAll("card", "chart-card");
        return card;
    }

    private static void open(OverviewModel model, OverviewRow.@Nullable Activity row) {
        if (row != null) {
            model.open(row);
        }
    }

    private static TableView<OverviewRow.DeadLetters> queues(OverviewModel model) {
        var table =
                Tables.of(
                        "Dead-letter queues",
                        model.queues(),
                        note("No dead-letter queues found."),
                        List.of(
                                Columns.text(
                                        "Dead-letter queue",
                                        176,
                                        "strong",
                                        (OverviewRow.DeadLetters row) -> row.ref().name()),
                                Columns.text("Broker", 124, "muted", row -> row.ref().profile()),
                                Columns.number(
                                        "Depth",
                                        70,
                                        OverviewRow.DeadLetters::depth,
                                        row -> row.depthText()),
                                Columns.number(
                                        "Change",
                                        68,
                                        OverviewRow.DeadLetters::change,
                                        OverviewView::change),
                                Columns.drawn(
                                        "6 h",
                                        82,
                                        () -> new Sparkline(72, 16),
                                        (line, row) -> line.show(row.trend(), tone(row))),
                                Columns.number(
                                        "Oldest",
                                        80,
                                        OverviewRow.DeadLetters::oldest,
                                        row -> age(row.oldest())),
                                Columns.text("Fed by", 110, row -> row.fedBy())));
        table.getColumns().get(2).getStyleClass().add("strong");
        Tables.onOpen(table, model::open);
        table.getSelectionModel()
                .selectedItemProperty()
                .addListener(
                        (_, _, row) -> {
                            if (row != null) {
                                model.chosenProperty().set(row.ref());
                            }
                        });
        return table;
    }

    private static TableView<OverviewRow.Consumer> consumers(OverviewModel model) {
        var table =
                Tables.of(
                        "Consumers",
                        model.consumers(),
                        note("No consumers seen."),
                        List.of(
                                Columns.text(
                                        "Consumer",
                                        140,
                                        "strong",
                                        (OverviewRow.Consumer row) -> row.group()),
                                Columns.text("Reads", 116, "muted", row -> row.reads()),
                                Columns.drawn(
                                        "Lag", 58, OverviewView::lagLabel, OverviewView::showLag),
                                Columns.text("Clear", 96, "muted", row -> row.clear())));
        table.getColumns().get(2).getStyleClass().add("number");
        return table;
    }

    private static Label lagLabel() {
        var label = new Label();
        label.setMaxWidth(Double.MAX_VALUE);
        label.getStyleClass().addAll("lag-value", "strong");
        return label;
    }

    private static void showLag(Label label, OverviewRow.Consumer row) {
        label.setText(Amounts.of(row.lag()));
        row.tone().on(label);
        var growth = row.growth();
        label.setTooltip(
                Buttons.tip(
                        row.group()
                                + " on "
                                + row.profile()
                                + ", "
                                + row.state()
                                + (growth == null
                                        ? ""
                                        : "\nlag changes by " + Amounts.signedRate(growth))
                                + (row.note().isEmpty() ? "" : "\n" + row.note())));
    }

    private static String change(OverviewRow.DeadLetters row) {
        var change = row.change();
        return change == null
                ? Amounts.UNKNOWN
                : change == 0 ? "0" : Amounts.signed(change) + " /h";
    }

    private static Tone tone(OverviewRow.DeadLetters row) {
        var change = row.change();
        return change != null && change > 0 ? Tone.DANGER : Tone.NEUTRAL;
    }

    private static String age(@Nullable Duration age) {
        return age == null ? Amounts.UNKNOWN : Ages.of(age);
    }

    private static StackPane card(Node node) {
        var card = new StackPane(node);
        card.getStyleClass().addAll("card", "table-card");
        return card;
    }

    private static Label title(String text) {
        var label = new Label(text);
        label.getStyleClass().add("card-title");
        label.setMinWidth(Region.USE_PREF_SIZE);
        return label;
    }

    private static Label note(String text) {
        var label = new Label(text);
        label.getStyleClass().add("muted");
        return label;
    }

    private static Region filler() {
        var filler = new Region();
        HBox.setHgrow(filler, Priority.ALWAYS);
        return filler;
    }

    private static final class ActivityCell extends ListCell<OverviewRow.Activity> {
        private final Tooltip tip = Buttons.tip("");

        @Override
        protected void updateItem(OverviewRow.Activity row, boolean empty) {
            super.updateItem(row, empty);
            setText(null);
            if (empty || row == null) {
                setGraphic(null);
                setTooltip(null);
                return;
            }
            var time = new Label(Ages.at(row.time(), Instant.now(), ZoneId.systemDefault()));
            time.getStyleClass().addAll("mono", "activity-time");
            time.setMinWidth(Region.USE_PREF_SIZE);
            var text = new Label(row.sentence());
            text.setMinWidth(30);
            var line = new HBox(7, new Dot(row.tone()), time, text);
            line.setAlignment(Pos.CENTER_LEFT);
            setPrefWidth(0);
            setGraphic(line);
            tip.setText(row.sentence());
            setTooltip(tip);
            setAccessibleText(time.getText() + " " + row.sentence());
        }
    }
}
