package org.deadletteroffice.desktop.plan;

import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.deadletteroffice.desktop.control.Labels;
import org.deadletteroffice.desktop.control.Tone;

/// Large numbers side by side, each with what it counts below.
public final class Figures extends HBox {
    public Figures() {
        super(12);
        getStyleClass().addAll("card-part", "tiles");
    }

    public Figures add(String number, String words, Tone tone) {
        var big = new Label(number);
        big.getStyleClass().add("tile-number");
        tone.on(big);
        var tile = new VBox(2, big, Labels.small(words));
        tile.setPrefWidth(170);
        tile.setMinWidth(90);
        tile.setAccessibleText(number + " " + words);
        getChildren().add(tile);
        return this;
    }

    /// At the right edge.
    public Figures end(Node node) {
        var filler = new Region();
        HBox.setHgrow(filler, Priority.ALWAYS);
        getChildren().addAll(filler, node);
        return this;
    }
}
