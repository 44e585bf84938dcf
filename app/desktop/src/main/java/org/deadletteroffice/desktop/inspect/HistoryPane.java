package org.deadletteroffice.desktop.inspect;

import java.util.List;
import javafx.collections.ListChangeListener;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.deadletteroffice.desktop.control.Buttons;
import org.deadletteroffice.desktop.control.Dot;
import org.deadletteroffice.desktop.text.Ages;

/// What happened to the message, oldest first.
final class HistoryPane extends StackPane {
    private static final int LATELY = 4;

    private final InspectModel model;
    private final boolean brief;
    private final VBox rows = new VBox(8);

    /// @param brief only the last few events, as high as they need
    HistoryPane(InspectModel model, boolean brief) {
        this.model = model;
        this.brief = brief;
        if (brief) {
            getChildren().add(rows);
        } else {
            rows.getStyleClass().add("history-pane");
            var scroll = new ScrollPane(rows);
            scroll.setFitToWidth(true);
            scroll.getStyleClass().add("edge-to-edge");
            getChildren().add(scroll);
        }
        model.history().addListener((ListChangeListener<HistoryEvent>) _ -> show());
        show();
    }

    private void show() {
        List<HistoryEvent> all = model.history();
        var shown =
                brief && all.size() > LATELY ? all.subList(all.size() - LATELY, all.size()) : all;
        rows.getChildren().setAll(shown.stream().map(this::row).toList());
    }

    private Node row(HistoryEvent event) {
        var dot = new Dot(event.tone());
        var clock = model.clock();
        var time =
                new Label(
                        event.time() == null
                                ? ""
                                : brief
                                        ? Ages.at(event.time(), clock.instant(), clock.getZone())
                                        : Ages.exact(event.time(), clock.getZone()));
        time.getStyleClass().addAll("mono", "muted");
        time.setMinWidth(Region.USE_PREF_SIZE);
        time.setManaged(event.time() != null);
        var sentence = new Label(event.sentence());
        sentence.setWrapText(!brief);
        sentence.setTooltip(Buttons.tip(event.sentence()));
        HBox.setHgrow(sentence, Priority.ALWAYS);
        var row = new HBox(8, dot, time, sentence);
        row.setAlignment(Pos.BASELINE_LEFT);
        var job = event.job();
        if (job != null) {
            row.getChildren().add(Buttons.link("Show job", () -> model.acts().openJob(job)));
        }
        return row;
    }
}
