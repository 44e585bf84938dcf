package org.deadletteroffice.desktop.control;

import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;
import javafx.scene.text.TextAlignment;
import org.kordamp.ikonli.feather.Feather;

/// What stands where there is nothing to show: why, and what to do.
public final class EmptyState extends VBox {
    private final Label title = new Label();
    private final Label text = new Label();
    private final HBox acts = new HBox(8);

    public EmptyState(Feather glyph, String title, String text, Node... acts) {
        getStyleClass().add("empty-state");
        setAlignment(Pos.CENTER);
        var icon = Icons.of(glyph);
        icon.getStyleClass().add("empty-icon");
        this.title.getStyleClass().add("empty-title");
        this.title.setWrapText(true);
        this.title.setTextAlignment(TextAlignment.CENTER);
        this.text.getStyleClass().add("empty-text");
        this.text.setWrapText(true);
        this.text.setTextAlignment(TextAlignment.CENTER);
        this.text.setMaxWidth(460);
        this.text.setAlignment(Pos.CENTER);
        this.acts.setAlignment(Pos.CENTER);
        this.acts.getChildren().setAll(acts);
        getChildren().addAll(icon, this.title, this.text, this.acts);
        show(title, text);
    }

    public void show(String newTitle, String newText) {
        title.setText(newTitle);
        text.setText(newText);
    }
}
