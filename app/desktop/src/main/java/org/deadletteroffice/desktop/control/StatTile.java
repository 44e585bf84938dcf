package org.deadletteroffice.desktop.control;

import javafx.beans.property.StringProperty;
import javafx.scene.control.Label;
import javafx.scene.layout.VBox;

/// A number that matters, with its name above and what explains it below.
public final class StatTile extends VBox {
    private final Label value = new Label();
    private final Label note = new Label();

    public StatTile(String name) {
        getStyleClass().addAll("card", "stat-tile");
        var title = new Label(name);
        title.getStyleClass().add("stat-name");
        value.getStyleClass().add("stat-value");
        note.getStyleClass().add("stat-note");
        getChildren().addAll(title, value, note);
        setMinWidth(120);
        accessibleTextProperty().bind(value.textProperty().map(v -> name + ": " + v));
        setFocusTraversable(false);
    }

    public StringProperty valueProperty() {
        return value.textProperty();
    }

    public StringProperty noteProperty() {
        return note.textProperty();
    }

    public void tone(Tone tone) {
        tone.on(value);
    }
}
