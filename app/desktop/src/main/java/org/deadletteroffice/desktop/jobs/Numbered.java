package org.deadletteroffice.desktop.jobs;

import javafx.scene.control.Label;
import javafx.scene.layout.VBox;
import org.deadletteroffice.desktop.control.Tone;

/// A number of a job, with its name below.
final class Numbered extends VBox {
    Numbered(String number, String name, Tone tone) {
        var value = new Label(number);
        value.getStyleClass().add("fact-number");
        tone.on(value);
        var label = new Label(name);
        label.getStyleClass().addAll("muted", "small");
        getChildren().addAll(value, label);
        setAccessibleText(number + " " + name);
    }
}
