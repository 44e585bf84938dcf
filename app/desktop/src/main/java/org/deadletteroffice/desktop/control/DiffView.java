package org.deadletteroffice.desktop.control;

import java.util.List;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import javafx.css.PseudoClass;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.layout.StackPane;

/// What differs, line by line.
public final class DiffView extends StackPane {
    private static final PseudoClass ADDED = PseudoClass.getPseudoClass("added");
    private static final PseudoClass REMOVED = PseudoClass.getPseudoClass("removed");
    private static final PseudoClass HEADING = PseudoClass.getPseudoClass("heading");
    private static final double ROW = 20;

    /// What became of a line.
    public enum Change {
        SAME,
        ADDED,
        REMOVED,
        /// Names what the lines below belong to, or stands for lines left out.
        HEADING
    }

    /// One line.
    public record Line(Change change, String text) {}

    private final ObservableList<Line> lines = FXCollections.observableArrayList();
    private final ListView<Line> list = new ListView<>(lines);

    public DiffView() {
        getStyleClass().add("diff-view");
        list.setCellFactory(_ -> new Cell());
        list.setFixedCellSize(ROW);
        list.setAccessibleText("Difference");
        getChildren().add(list);
    }

    public void show(List<Line> newLines) {
        lines.setAll(newLines);
    }

    /// Grows with its lines up to `most`, so that a short difference takes little room.
    public void fitUpTo(int most) {
        list.prefHeightProperty()
                .bind(
                        javafx.beans.binding.Bindings.size(lines)
                                .map(size -> Math.clamp(size.intValue(), 1, most) * ROW + 8));
        list.minHeightProperty().bind(list.prefHeightProperty());
    }

    private static final class Cell extends ListCell<Line> {
        @Override
        protected void updateItem(Line line, boolean empty) {
            super.updateItem(line, empty);
            var shown = empty || line == null ? null : line;
            pseudoClassStateChanged(ADDED, shown != null && shown.change() == Change.ADDED);
            pseudoClassStateChanged(REMOVED, shown != null && shown.change() == Change.REMOVED);
            pseudoClassStateChanged(HEADING, shown != null && shown.change() == Change.HEADING);
            setText(shown == null ? null : sign(shown.change()) + shown.text());
        }

        private static String sign(Change change) {
            return switch (change) {
                case ADDED -> "+ ";
                case REMOVED -> "- ";
                case SAME -> "  ";
                case HEADING -> "@@ ";
            };
        }
    }
}
