package org.deadletteroffice.desktop.control;

import java.util.List;
import java.util.function.Consumer;
import javafx.collections.ObservableList;
import javafx.collections.transformation.SortedList;
import javafx.scene.Node;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import javafx.scene.input.KeyCode;
import javafx.scene.input.MouseButton;

/// Tables as this window draws them.
public final class Tables {
    /// @param name for a screen reader
    /// @param empty shown while there is no row
    public static <R> TableView<R> of(
            String name, ObservableList<R> rows, Node empty, List<TableColumn<R, R>> columns) {
        var sorted = new SortedList<>(rows);
        var table = new TableView<R>(sorted);
        sorted.comparatorProperty().bind(table.comparatorProperty());
        table.setAccessibleText(name);
        table.setPlaceholder(empty);
        table.setColumnResizePolicy(TableView.CONSTRAINED_RESIZE_POLICY_FLEX_LAST_COLUMN);
        table.getColumns().setAll(columns);
        for (var column : columns) {
            column.setMinWidth(Math.min(54, column.getPrefWidth()));
            column.setReorderable(false);
        }
        return table;
    }

    /// Enter and a double click do `open`.
    public static <R> void onOpen(TableView<R> table, Consumer<R> open) {
        table.setOnKeyPressed(
                event -> {
                    var row = table.getSelectionModel().getSelectedItem();
                    if (row != null && event.getCode() == KeyCode.ENTER) {
                        open.accept(row);
                        event.consume();
                    }
                });
        table.setOnMouseClicked(
                event -> {
                    var row = table.getSelectionModel().getSelectedItem();
                    if (row != null
                            && event.getButton() == MouseButton.PRIMARY
                            && event.getClickCount() == 2) {
                        open.accept(row);
                    }
                });
    }

    private Tables() {}
}
