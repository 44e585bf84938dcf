package org.deadletteroffice.desktop.inspect;

import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.layout.HBox;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.deadletteroffice.desktop.control.Badge;
import org.deadletteroffice.desktop.control.Buttons;
import org.deadletteroffice.desktop.control.Tone;
import org.deadletteroffice.desktop.payload.HeaderText;

/// Headers in the broker's order: name above value, with null, empty and bytes told apart.
final class HeadersPane extends StackPane {
    private static final int SHOWN = 400;

    HeadersPane(InspectModel model) {
        var list = new ListView<>(model.headers());
        list.setId("header-list");
        list.getStyleClass().add("header-list");
        list.setAccessibleText("Headers");
        list.setCellFactory(_ -> new Cell());
        list.setPlaceholder(new Label("This message has no headers."));
        getChildren().add(list);
    }

    private static final class Cell extends ListCell<HeaderRow> {
        private final Label name = new Label();
        private final Badge kind = new Badge("", Tone.NEUTRAL);
        private final Badge failure = new Badge("failure", Tone.DANGER);
        private final Label value = new Label();
        private final VBox box;

        Cell() {
            name.getStyleClass().add("header-name");
            value.getStyleClass().addAll("mono", "header-value");
            value.setWrapText(true);
            failure.setTooltip(Buttons.tip("Tells of the death; a redrive leaves it behind"));
            var head = new HBox(6, name, kind, failure);
            head.setAlignment(Pos.CENTER_LEFT);
            box = new VBox(2, head, value);
            setPrefWidth(0);
        }

        @Override
        protected void updateItem(HeaderRow row, boolean empty) {
            super.updateItem(row, empty);
            if (empty || row == null) {
                setGraphic(null);
                setAccessibleText(null);
                return;
            }
            var text = row.text();
            name.setText(text.name());
            var word =
                    switch (text.kind()) {
                        case NULL -> "null";
                        case EMPTY -> "empty";
                        case BYTES -> "bytes";
                        case TEXT -> "";
                    };
            kind.setText(word);
            toggle(kind, !word.isEmpty());
            toggle(failure, row.ofFailure());
            boolean has =
                    text.kind() == HeaderText.Kind.TEXT || text.kind() == HeaderText.Kind.BYTES;
            value.setText(
                    text.text().length() > SHOWN
                            ? text.text().substring(0, SHOWN) + "…"
                            : text.text());
            value.setManaged(has);
            value.setVisible(has);
            setAccessibleText(text.name() + ": " + (has ? value.getText() : word));
            setGraphic(box);
        }

        /// Values wrap at the list's width, which a cell is not asked with.
        @Override
        protected double computePrefHeight(double width) {
            if (getGraphic() == null) {
                return super.computePrefHeight(width);
            }
            double room = getListView().getWidth() - snappedLeftInset() - snappedRightInset() - 14;
            return Math.ceil(box.prefHeight(Math.max(100, room)))
                    + snappedTopInset()
                    + snappedBottomInset();
        }

        private static void toggle(Badge badge, boolean on) {
            badge.setVisible(on);
            badge.setManaged(on);
        }
    }
}
