package org.deadletteroffice.desktop.overview;

import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.deadletteroffice.desktop.control.Buttons;
import org.deadletteroffice.desktop.control.Icons;
import org.kordamp.ikonli.feather.Feather;

/// What an empty window says: what to do, in three lines, and two ways to begin.
final class FirstSteps extends VBox {
    FirstSteps(OverviewModel model) {
        super(12);
        getStyleClass().add("first-steps");
        setAlignment(Pos.CENTER);
        var icon = Icons.of(Feather.INBOX);
        icon.getStyleClass().add("empty-icon");
        var title = new Label("Where do your dead letters lie?");
        title.getStyleClass().add("first-title");
        title.setWrapText(true);
        var lines =
                new VBox(
                        7,
                        line("1", "Connect a broker: its dead-letter queues are found for you."),
                        line("2", "Open a queue to see which causes there are, and how many."),
                        line("3", "Repair, rehearse, redrive; the audit trail keeps the proof."));
        lines.setMaxWidth(Region.USE_PREF_SIZE);
        var acts =
                new HBox(
                        10,
                        Buttons.withKey(
                                Buttons.primary("Connect a broker", model::connect), "Ctrl N"));
        if (model.demo().isAvailable()) {
            var demo = Buttons.plain("", model.demo()::start);
            demo.textProperty().bind(model.demo().textProperty());
            demo.disableProperty().bind(model.demo().startingProperty());
            acts.getChildren().add(demo);
        }
        acts.setAlignment(Pos.CENTER);
        var note =
                new Label(
                        "The demo starts a Kafka broker on this machine, filled with dead letters;"
                                + " it goes away with the window.");
        note.getStyleClass().addAll("muted", "small");
        note.setWrapText(true);
        note.setVisible(model.demo().isAvailable());
        getChildren().addAll(icon, title, lines, acts, note);
    }

    private static HBox line(String number, String text) {
        var circle = new Label(number);
        circle.getStyleClass().add("step-number");
        circle.setMinWidth(Region.USE_PREF_SIZE);
        var words = new Label(text);
        words.setWrapText(true);
        var line = new HBox(10, circle, words);
        line.setAlignment(Pos.CENTER_LEFT);
        return line;
    }
}
