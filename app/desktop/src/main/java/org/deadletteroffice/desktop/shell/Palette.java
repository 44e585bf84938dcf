package org.deadletteroffice.desktop.shell;

import javafx.collections.ListChangeListener;
import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.deadletteroffice.desktop.control.Icons;
import org.deadletteroffice.desktop.control.KeyHint;
import org.kordamp.ikonli.feather.Feather;

/// One field that finds everything.
final class Palette extends VBox {
    private final Runnable close;

    Palette(PaletteModel model, Runnable close) {
        this.close = close;
        getStyleClass().add("palette");
        setMaxSize(620, 440);
        setPrefSize(620, 440);
        var field = new TextField();
        field.setPromptText("Search everything, or run a command…");
        field.setAccessibleText("Search everything, or run a command");
        field.getStyleClass().add("palette-field");
        model.queryProperty().bind(field.textProperty());
        model.search();

        var list = new ListView<>(model.hits());
        list.getStyleClass().add("palette-list");
        list.setAccessibleText("What was found");
        list.setFocusTraversable(false);
        list.setPlaceholder(new Label("Nothing of that name"));
        list.setCellFactory(_ -> new Cell());
        VBox.setVgrow(list, Priority.ALWAYS);
        list.getSelectionModel().selectFirst();
        model.queryProperty().addListener(_ -> list.getSelectionModel().selectFirst());
        // What is found later stands first, and is meant unless the operator chose already.
        model.hits()
                .addListener(
                        (ListChangeListener<PaletteModel.Hit>)
                                change -> {
                                    if (change.getList().size() > 1
                                            && change.getList().getFirst().kind()
                                                    == PaletteModel.Kind.MESSAGE) {
                                        list.getSelectionModel().selectFirst();
                                    }
                                });
        list.setOnMouseClicked(_ -> run(list.getSelectionModel().getSelectedItem()));
        field.addEventFilter(
                KeyEvent.KEY_PRESSED,
                event -> {
                    var step =
                            event.getCode() == KeyCode.DOWN
                                    ? 1
                                    : event.getCode() == KeyCode.UP ? -1 : 0;
                    if (step != 0) {
                        var size = list.getItems().size();
                        if (size > 0) {
                            var selection = list.getSelectionModel();
                            var next = Math.floorMod(selection.getSelectedIndex() + step, size);
                            selection.select(next);
                            list.scrollTo(Math.max(0, next - 4));
                        }
                        event.consume();
                    } else if (event.getCode() == KeyCode.ENTER) {
                        run(list.getSelectionModel().getSelectedItem());
                        event.consume();
                    }
                });
        getChildren().addAll(field, list);
    }

    private void run(PaletteModel.Hit hit) {
        if (hit != null) {
            close.run();
            hit.act().run();
        }
    }

    private static final class Cell extends ListCell<PaletteModel.Hit> {
        @Override
        protected void updateItem(PaletteModel.Hit hit, boolean empty) {
            super.updateItem(hit, empty);
            if (empty || hit == null) {
                setGraphic(null);
                setText(null);
                return;
            }
            var name = new Label(hit.name());
            name.getStyleClass().add("palette-name");
            var note = new Label(hit.note());
            note.getStyleClass().add("palette-note");
            note.setMinWidth(Region.USE_PREF_SIZE);
            var filler = new Region();
            HBox.setHgrow(filler, Priority.ALWAYS);
            var row = new HBox(10, Icons.of(glyph(hit.kind())), name, filler, note);
            row.setAlignment(Pos.CENTER_LEFT);
            if (!hit.keys().isEmpty()) {
                row.getChildren().add(new KeyHint(hit.keys().replace('+', ' ')));
            }
            setPrefWidth(0);
            setText(null);
            setGraphic(row);
            setAccessibleText(hit.name() + ", " + hit.note());
        }

        private static Feather glyph(PaletteModel.Kind kind) {
            return switch (kind) {
                case MESSAGE -> Feather.MAIL;
                case QUEUE -> Feather.INBOX;
                case JOB -> Feather.REPEAT;
                case SCREEN -> Feather.CORNER_DOWN_RIGHT;
                case ACT -> Feather.ZAP;
                case AUDIT -> Feather.CLOCK;
            };
        }
    }
}
