package org.deadletteroffice.desktop.help;

import java.util.List;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.deadletteroffice.desktop.control.KeyHint;
import org.deadletteroffice.desktop.shell.Shortcut;

/// First steps and every key.
public final class HelpView extends ScrollPane {
    private static final List<String> STEPS =
            List.of(
                    "See: the tree lists dead-letter queues with their depth and trend.",
                    "Understand: Triage groups messages by cause; the reading pane shows why.",
                    "Act: rehearse a redrive, see what it would do, then confirm it.",
                    "Prove: Jobs and Audit keep what was done, by whom, and with what result.");

    public HelpView(HelpModel model) {
        getStyleClass().addAll("edge-to-edge", "page");
        setFitToWidth(true);
        var title = new Label("Help");
        title.getStyleClass().add("page-title");
        var steps = new VBox(6);
        steps.getStyleClass().addAll("card", "padded");
        var stepsTitle = new Label("How a dead letter is dealt with");
        stepsTitle.getStyleClass().add("card-title");
        steps.getChildren().add(stepsTitle);
        for (var step : STEPS) {
            var line = new Label(step);
            line.setWrapText(true);
            line.setMinHeight(Region.USE_PREF_SIZE);
            steps.getChildren().add(line);
        }
        var cards = new FlowPane(14, 14);
        model.groups().forEach((where, keys) -> cards.getChildren().add(card(where, keys)));
        var page = new VBox(14, title, steps, cards);
        page.getStyleClass().add("page-body");
        setContent(page);
    }

    private static Node card(String where, List<Shortcut> keys) {
        var title = new Label(where);
        title.getStyleClass().add("card-title");
        var grid = new GridPane(14, 7);
        for (var i = 0; i < keys.size(); i++) {
            var act = new Label(keys.get(i).act());
            act.setMinWidth(Region.USE_PREF_SIZE);
            var hint = new KeyHint(keys.get(i).keys().replace('+', ' '));
            GridPane.setHalignment(hint, javafx.geometry.HPos.RIGHT);
            grid.addRow(i, hint, act);
        }
        var card = new VBox(10, title, grid);
        card.getStyleClass().addAll("card", "padded");
        card.setAlignment(Pos.TOP_LEFT);
        card.setMinWidth(380);
        return card;
    }
}
