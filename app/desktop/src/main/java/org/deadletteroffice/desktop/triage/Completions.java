package org.deadletteroffice.desktop.triage;

import java.util.List;
import java.util.function.IntFunction;
import javafx.geometry.Bounds;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.stage.Popup;

/// A list of names below a text field, for the word at the caret. The field keeps the focus: arrows
/// choose, Tab or Enter takes, Esc closes.
final class Completions {
    private static final double ROW = 26;

    private final TextField field;
    private final IntFunction<List<FieldNames.Completion>> source;
    private final Runnable taken;
    private final Popup popup = new Popup();
    private final ListView<FieldNames.Completion> list = new ListView<>();
    private boolean taking;
    private boolean pending;

    /// @param source the names for a caret position
    /// @param taken called when a name was put in
    Completions(TextField field, IntFunction<List<FieldNames.Completion>> source, Runnable taken) {
        this.field = field;
        this.source = source;
        this.taken = taken;
        list.getStyleClass().add("completions");
        list.setAccessibleText("Names that fit");
        list.setFixedCellSize(ROW);
        list.setFocusTraversable(false);
        list.setCellFactory(_ -> new Cell());
        list.setOnMouseClicked(_ -> take());
        popup.getContent().add(list);
        popup.setAutoHide(true);
        field.textProperty()
                .addListener(
                        (_, _, _) -> {
                            if (field.isFocused() && !taking) {
                                pending = true;
                            }
                        });
        field.caretPositionProperty()
                .addListener(
                        (_, _, _) -> {
                            if (pending) {
                                pending = false;
                                offer();
                            }
                        });
        field.focusedProperty()
                .addListener(
                        (_, _, focused) -> {
                            if (!focused) {
                                popup.hide();
                            }
                        });
    }

    /// Handles a key while the list shows, or Ctrl+Space that opens it.
    ///
    /// @return whether it was for the list
    boolean key(KeyEvent event) {
        if (event.isControlDown() && event.getCode() == KeyCode.SPACE) {
            offer();
            return true;
        }
        if (!popup.isShowing()) {
            return false;
        }
        switch (event.getCode()) {
            case DOWN -> list.getSelectionModel().selectNext();
            case UP -> list.getSelectionModel().selectPrevious();
            case TAB -> take();
            case ENTER -> {
                if (list.getSelectionModel().getSelectedIndex() < 0) {
                    popup.hide();
                    return false;
                }
                take();
            }
            case ESCAPE -> popup.hide();
            default -> {
                return false;
            }
        }
        return true;
    }

    private void offer() {
        var names = source.apply(field.getCaretPosition());
        if (names.isEmpty() || field.getScene() == null) {
            popup.hide();
            return;
        }
        list.getItems().setAll(names);
        list.getSelectionModel().clearSelection();
        list.setPrefSize(Math.min(460, Math.max(280, field.getWidth())), names.size() * ROW + 4);
        Bounds at = field.localToScreen(field.getBoundsInLocal());
        if (at != null) {
            popup.show(field, at.getMinX(), at.getMaxY() + 2);
        }
    }

    private void take() {
        var chosen = list.getSelectionModel().getSelectedItem();
        if (chosen == null && !list.getItems().isEmpty()) {
            chosen = list.getItems().getFirst();
        }
        popup.hide();
        if (chosen != null) {
            taking = true;
            field.setText(chosen.in(field.getText()));
            field.positionCaret(chosen.from() + chosen.insert().length());
            taking = false;
            taken.run();
        }
    }

    private static final class Cell extends ListCell<FieldNames.Completion> {
        private final Label name = new Label();
        private final Label kind = new Label();
        private final HBox row;

        Cell() {
            name.getStyleClass().add("mono");
            kind.getStyleClass().add("small-muted");
            kind.setMinWidth(Region.USE_PREF_SIZE);
            var filler = new Region();
            HBox.setHgrow(filler, Priority.ALWAYS);
            row = new HBox(12, name, filler, kind);
            row.setMaxWidth(Double.MAX_VALUE);
        }

        @Override
        protected void updateItem(FieldNames.Completion item, boolean empty) {
            super.updateItem(item, empty);
            if (empty || item == null) {
                setGraphic(null);
            } else {
                name.setText(item.insert());
                kind.setText(item.kind());
                setGraphic(row);
            }
        }
    }
}
