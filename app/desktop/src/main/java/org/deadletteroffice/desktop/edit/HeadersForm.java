package org.deadletteroffice.desktop.edit;

import javafx.collections.ListChangeListener;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.TextField;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.deadletteroffice.desktop.control.Badge;
import org.deadletteroffice.desktop.control.Buttons;
import org.deadletteroffice.desktop.control.Tone;
import org.kordamp.ikonli.feather.Feather;

/// Key and headers as fields. Headers that tell of the death are not here: they stay behind.
final class HeadersForm extends StackPane {
    private final EditModel model;
    private final Runnable typed;
    private final VBox rows = new VBox(6);

    /// @param typed told of every change
    HeadersForm(EditModel model, Runnable typed) {
        this.model = model;
        this.typed = typed;
        getStyleClass().add("headers-form");
        var key = new TextField();
        key.textProperty().bindBidirectional(model.keyProperty());
        key.textProperty().addListener((_, _, _) -> typed.run());
        key.getStyleClass().add("mono");
        key.setAccessibleText("Key");
        key.setPromptText(model.hasKey() ? "" : "this message has no key");
        var keyNote = small("");
        model.startProperty()
                .addListener(
                        (_, _, start) ->
                                keyNote.setText(
                                        start != null && start.keyHex()
                                                ? "The key is no text: write it as hex."
                                                : ""));
        var note =
                small(
                        "Headers that tell of the failure are left behind by the replay and are not"
                                + " listed. Bytes that are no text travel as they are.");
        note.setWrapText(true);
        var add = Buttons.plain("Add header", Feather.PLUS, model::addHeader);
        var body = new VBox(10, title("Key"), key, keyNote, title("Headers"), note, rows, add);
        keyNote.managedProperty().bind(keyNote.textProperty().isNotEmpty());
        body.getStyleClass().add("headers-body");
        var scroll = new ScrollPane(body);
        scroll.setFitToWidth(true);
        scroll.getStyleClass().add("edge-to-edge");
        getChildren().add(scroll);
        model.headers().addListener((ListChangeListener<HeaderField>) _ -> show());
        show();
    }

    private void show() {
        rows.getChildren().setAll(model.headers().stream().map(this::row).toList());
        typed.run();
    }

    private Node row(HeaderField field) {
        var name = new TextField();
        name.textProperty().bindBidirectional(field.nameProperty());
        name.setEditable(field.isAdded());
        name.setPrefWidth(250);
        name.setMinWidth(160);
        name.setAccessibleText("Header name");
        name.setPromptText("name");
        name.getStyleClass().add("header-name-field");
        var value = new TextField();
        value.textProperty().bindBidirectional(field.valueProperty());
        value.getStyleClass().add("mono");
        value.setAccessibleText("Value of " + field.nameProperty().get());
        value.setEditable(!field.isBinary());
        value.disableProperty().bind(field.droppedProperty());
        value.setPromptText(field.emptyWord());
        HBox.setHgrow(value, Priority.ALWAYS);
        name.textProperty().addListener((_, _, _) -> typed.run());
        value.textProperty().addListener((_, _, _) -> typed.run());
        var row = new HBox(6, name, value);
        row.setAlignment(Pos.CENTER_LEFT);
        if (field.repeats() > 1) {
            var badge = new Badge(field.repeats() + "×", Tone.WARNING);
            badge.setTooltip(
                    Buttons.tip(
                            "This name occurs "
                                    + field.repeats()
                                    + " times. Changing it leaves one; untouched, all travel."));
            row.getChildren().add(badge);
        }
        if (field.isBinary()) {
            row.getChildren().add(new Badge("bytes", Tone.NEUTRAL));
        }
        var remove =
                Buttons.icon(
                        Feather.TRASH_2,
                        "Leave " + field.nameProperty().get() + " out, or take it back",
                        () -> {
                            model.removeHeader(field);
                            typed.run();
                        });
        field.droppedProperty()
                .addListener(
                        (_, _, dropped) ->
                                row.pseudoClassStateChanged(
                                        javafx.css.PseudoClass.getPseudoClass("dropped"), dropped));
        row.getStyleClass().add("header-row");
        row.getChildren().add(remove);
        return row;
    }

    private static Label title(String words) {
        var label = new Label(words);
        label.getStyleClass().add("section-title");
        return label;
    }

    private static Label small(String words) {
        var label = new Label(words);
        label.getStyleClass().add("small-muted");
        return label;
    }
}
