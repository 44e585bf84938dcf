package org.deadletteroffice.desktop.control;

import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/// A panel with a title, a body that scrolls, and a footer with what can be done.
public final class SideSheet extends BorderPane {
    private final Label title = new Label();
    private final HBox titleExtras = new HBox(8);
    private final VBox above = new VBox();
    private final Label footNote = new Label();
    private final HBox footActs = new HBox(8);

    public SideSheet(String titleText, Runnable close) {
        getStyleClass().add("side-sheet");
        title.setText(titleText);
        title.getStyleClass().add("sheet-title");
        titleExtras.setAlignment(Pos.CENTER_LEFT);
        var escape = new Button("Esc");
        escape.getStyleClass().add("sheet-close");
        escape.setAccessibleText("Close");
        escape.setMinWidth(Region.USE_PREF_SIZE);
        escape.setOnAction(_ -> close.run());
        var head = new HBox(10, title, titleExtras, filler(), escape);
        head.getStyleClass().add("sheet-head");
        head.setAlignment(Pos.CENTER_LEFT);
        setTop(new VBox(head, above));

        footNote.getStyleClass().add("sheet-note");
        footNote.setWrapText(true);
        footNote.setMaxWidth(Double.MAX_VALUE);
        HBox.setHgrow(footNote, Priority.ALWAYS);
        footActs.setAlignment(Pos.CENTER_RIGHT);
        var foot = new HBox(12, footNote, footActs);
        foot.getStyleClass().add("sheet-foot");
        foot.setAlignment(Pos.CENTER_LEFT);
        setBottom(foot);
    }

    public void setTitle(String text) {
        title.setText(text);
    }

    /// Badges beside the title.
    public void setTitleExtras(Node... extras) {
        titleExtras.getChildren().setAll(extras);
    }

    /// Between title and body: steps, tabs.
    public void setAbove(Node... nodes) {
        above.getChildren().setAll(nodes);
    }

    /// A body that scrolls when it is higher than the sheet.
    public void setBody(Node body) {
        var scroll = new ScrollPane(body);
        scroll.setFitToWidth(true);
        scroll.getStyleClass().addAll("edge-to-edge", "sheet-body");
        scroll.setFocusTraversable(false);
        setCenter(scroll);
    }

    /// A body that manages its own room.
    public void setFillingBody(Node body) {
        setCenter(body);
    }

    public Label footNote() {
        return footNote;
    }

    public void setActs(Node... acts) {
        footActs.getChildren().setAll(acts);
    }

    private static Region filler() {
        var filler = new Region();
        HBox.setHgrow(filler, Priority.ALWAYS);
        return filler;
    }
}
