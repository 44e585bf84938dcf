package org.deadletteroffice.desktop.connect;

import javafx.collections.ListChangeListener;
import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.control.ScrollPane;
import javafx.scene.input.Clipboard;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyCodeCombination;
import javafx.scene.input.KeyCombination;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.deadletteroffice.desktop.control.Buttons;
import org.deadletteroffice.desktop.control.CheckList;
import org.deadletteroffice.desktop.control.Dot;
import org.deadletteroffice.desktop.control.Tone;
import org.deadletteroffice.spi.connector.Connector;

/// Kinds of brokers on the left, the form in the middle, what a look at the broker says on the
/// right.
public final class ConnectView extends BorderPane {
    private static final KeyCombination PASTE =
            new KeyCodeCombination(KeyCode.V, KeyCombination.SHORTCUT_DOWN);

    public ConnectView(ConnectModel model) {
        getStyleClass().addAll("dialog-frame", "connect");
        setPrefSize(1020, 660);
        setMaxSize(1020, 660);
        setTop(head(model));
        setLeft(kinds(model));
        var form = new ConnectForm(model);
        var scroll = new ScrollPane(form);
        scroll.setFitToWidth(true);
        scroll.getStyleClass().addAll("edge-to-edge", "sheet-body");
        scroll.setFocusTraversable(false);
        scroll.setHbarPolicy(ScrollPane.ScrollBarPolicy.NEVER);
        scroll.setMinWidth(280);
        setCenter(scroll);
        setRight(checks(model));
        setBottom(foot(model));
        addEventFilter(
                KeyEvent.KEY_PRESSED,
                event -> {
                    var text = Clipboard.getSystemClipboard().getString();
                    if (PASTE.match(event) && looksWhole(text) && model.paste(text)) {
                        event.consume();
                    } else if (event.getCode() == KeyCode.ENTER && event.isShortcutDown()) {
                        model.save();
                        event.consume();
                    }
                });
    }

    /// A word or an address is pasted into its field; properties and URLs fill the form.
    private static boolean looksWhole(String text) {
        return text != null
                && (text.contains("=") || text.contains("://") || text.strip().contains("\n"));
    }

    private static HBox head(ConnectModel model) {
        var title =
                new Label(
                        model.isNew()
                                ? "Connect a broker"
                                : "Profile " + model.nameProperty().get());
        title.getStyleClass().add("sheet-title");
        var filler = new Region();
        HBox.setHgrow(filler, Priority.ALWAYS);
        var head = new HBox(10, title, filler);
        if (model.isNew()) {
            head.getChildren().add(Buttons.plain("Import profiles…", model::importProfiles));
        }
        head.setAlignment(Pos.CENTER_LEFT);
        head.getStyleClass().add("sheet-head");
        return head;
    }

    private static Region kinds(ConnectModel model) {
        var list = new ListView<Connector>();
        list.getItems().setAll(model.kinds());
        list.getStyleClass().addAll("plain-list", "kind-list");
        list.setAccessibleText("Kinds of brokers");
        list.setCellFactory(_ -> new KindCell());
        list.getSelectionModel().select(model.kindProperty().get());
        list.getSelectionModel()
                .selectedItemProperty()
                .addListener(
                        (_, _, now) -> {
                            if (now != null) {
                                model.kindProperty().set(now);
                            }
                        });
        model.kindProperty().addListener((_, _, now) -> list.getSelectionModel().select(now));
        list.setDisable(!model.isNew());
        list.setPrefWidth(180);
        list.setMinWidth(120);
        return list;
    }

    private static Region checks(ConnectModel model) {
        var title = new Label("Connection check");
        title.getStyleClass().add("card-title");
        var list = new CheckList();
        var waiting =
                new Label(
                        "Fill in the form: as soon as it is complete, the broker is looked at, step"
                                + " by step. Nothing is changed there.");
        waiting.getStyleClass().add("muted");
        waiting.setWrapText(true);
        Runnable show =
                () -> {
                    list.show(model.diagnosis().steps());
                    waiting.setVisible(model.diagnosis().steps().isEmpty());
                    waiting.setManaged(model.diagnosis().steps().isEmpty());
                };
        model.diagnosis().steps().addListener((ListChangeListener<CheckList.Step>) _ -> show.run());
        show.run();
        var body = new VBox(10, title, waiting, list);
        body.getStyleClass().add("check-side");
        var scroll = new ScrollPane(body);
        scroll.setFitToWidth(true);
        scroll.getStyleClass().addAll("edge-to-edge", "check-scroll");
        scroll.setFocusTraversable(false);
        scroll.setPrefWidth(280);
        scroll.setMinWidth(180);
        return scroll;
    }

    private static HBox foot(ConnectModel model) {
        var again = Buttons.plain("Check again", model::check);
        again.disableProperty().bind(model.diagnosis().lookingProperty());
        var note = new Label();
        note.textProperty().bind(model.noteProperty());
        note.getStyleClass().add("sheet-note");
        note.setMinWidth(20);
        var filler = new Region();
        HBox.setHgrow(filler, Priority.ALWAYS);
        var cancel = Buttons.plain("Cancel", model::close);
        var save =
                Buttons.withKey(
                        Buttons.primary(model.isNew() ? "Save and connect" : "Save", model::save),
                        "Ctrl ↵");
        save.disableProperty().bind(model.savingProperty());
        var foot = new HBox(8, again, note, filler, cancel, save);
        foot.setAlignment(Pos.CENTER_LEFT);
        foot.getStyleClass().addAll("sheet-foot", "dialog-foot");
        return foot;
    }

    private static final class KindCell extends ListCell<Connector> {
        @Override
        protected void updateItem(Connector kind, boolean empty) {
            super.updateItem(kind, empty);
            if (empty || kind == null) {
                setText(null);
                setGraphic(null);
                return;
            }
            var dot = new Dot(Tone.NEUTRAL);
            dot.getStyleClass().add("kind-" + kind.kind());
            setText(kind.displayName());
            setGraphic(dot);
            setGraphicTextGap(8);
        }
    }
}
