package org.deadletteroffice.desktop.control;

import java.util.Comparator;
import java.util.function.Function;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.scene.Node;
import javafx.scene.control.TableCell;
import javafx.scene.control.TableColumn;
import org.jspecify.annotations.Nullable;

/// Columns of a table whose rows are records.
public final class Columns {
    public static <R> TableColumn<R, R> text(
            String title, double width, Function<? super R, String> words) {
        return column(
                title,
                width,
                Comparator.comparing((R row) -> words.apply(row), String.CASE_INSENSITIVE_ORDER),
                (cell, row) -> cell.setText(words.apply(row)));
    }

    /// As [#text], drawn with a style class of its own.
    public static <R> TableColumn<R, R> text(
            String title, double width, String styleClass, Function<? super R, String> words) {
        var column = Columns.<R>text(title, width, words);
        column.getStyleClass().add(styleClass);
        return column;
    }

    /// Aligned to the right, sorted by its value.
    public static <R, N extends Comparable<N>> TableColumn<R, R> number(
            String title,
            double width,
            Function<? super R, ? extends @Nullable N> value,
            Function<? super R, String> words) {
        Comparator<R> order =
                Comparator.comparing(
                        row -> value.apply(row), Comparator.nullsFirst(Comparator.naturalOrder()));
        var column = column(title, width, order, (cell, row) -> cell.setText(words.apply(row)));
        column.getStyleClass().add("number");
        return column;
    }

    /// Drawn by a node that is made once a cell and shown each row.
    public static <R, C extends Node> TableColumn<R, R> drawn(
            String title,
            double width,
            java.util.function.Supplier<C> make,
            java.util.function.BiConsumer<? super C, ? super R> show) {
        var column = new TableColumn<R, R>(title);
        column.setCellValueFactory(data -> new ReadOnlyObjectWrapper<>(data.getValue()));
        column.setPrefWidth(width);
        column.setSortable(false);
        column.setCellFactory(
                _ ->
                        new TableCell<>() {
                            private final C node = make.get();

                            @Override
                            protected void updateItem(R row, boolean empty) {
                                super.updateItem(row, empty);
                                if (empty || row == null) {
                                    setGraphic(null);
                                } else {
                                    show.accept(node, row);
                                    setGraphic(node);
                                }
                            }
                        });
        return column;
    }

    private static <R> TableColumn<R, R> column(
            String title,
            double width,
            Comparator<R> order,
            java.util.function.BiConsumer<TableCell<R, R>, R> show) {
        var column = new TableColumn<R, R>(title);
        column.setCellValueFactory(data -> new ReadOnlyObjectWrapper<>(data.getValue()));
        column.setPrefWidth(width);
        column.setComparator(order);
        column.setCellFactory(
                _ ->
                        new TableCell<>() {
                            @Override
                            protected void updateItem(R row, boolean empty) {
                                super.updateItem(row, empty);
                                if (empty || row == null) {
                                    setText(null);
                                } else {
                                    show.accept(this, row);
                                }
                            }
                        });
        return column;
    }

    private Columns() {}
}
