package org.deadletteroffice.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Columns of plain text, as wide as their content.
public final class Table<T> {
    private static final int WIDEST = 60;

    private enum Width {
        CUT,
        WHOLE
    }

    private record Column<T>(
            String title, boolean right, Width width, Function<T, @Nullable Object> content) {}

    private final List<Column<T>> columns = new ArrayList<>();

    public Table<T> left(String title, Function<T, @Nullable Object> content) {
        columns.add(new Column<>(title, false, Width.CUT, content));
        return this;
    }

    /// For numbers.
    public Table<T> right(String title, Function<T, @Nullable Object> content) {
        columns.add(new Column<>(title, true, Width.CUT, content));
        return this;
    }

    /// For sentences, as the last column: they are not cut.
    public Table<T> whole(String title, Function<T, @Nullable Object> content) {
        columns.add(new Column<>(title, false, Width.WHOLE, content));
        return this;
    }

    /// One line for the titles and one for each row.
    public List<String> lines(List<T> rows) {
        var cells = new ArrayList<List<String>>();
        cells.add(columns.stream().map(Column::title).toList());
        for (var row : rows) {
            cells.add(columns.stream().map(column -> cell(column, row)).toList());
        }
        var widths = new int[columns.size()];
        for (var line : cells) {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], length(line.get(i)));
            }
        }
        return cells.stream().map(line -> line(line, widths)).toList();
    }

    private String line(List<String> cells, int[] widths) {
        var text = new StringBuilder();
        for (int i = 0; i < widths.length; i++) {
            var cell = cells.get(i);
            var padding = " ".repeat(widths[i] - length(cell));
            text.append(i == 0 ? "" : "  ")
                    .append(columns.get(i).right() ? padding + cell : cell + padding);
        }
        return text.toString().stripTrailing();
    }

    private static <T> String cell(Column<T> column, T row) {
        var value = column.content().apply(row);
        var text = value == null ? "–" : plain(String.valueOf(value));
        if (column.width() == Width.WHOLE || length(text) <= WIDEST) {
            return text;
        }
        return text.substring(0, text.offsetByCodePoints(0, WIDEST - 1)) + "…";
    }

    private static int length(String text) {
        return text.codePointCount(0, text.length());
    }

    /// On one line and harmless to a terminal: what a message holds must not move the cursor or
    /// colour the screen.
    public static String plain(String text) {
        var plain = new StringBuilder(text.length());
        text.codePoints()
                .forEach(
                        point -> {
                            if (point == '\n' || point == '\r' || point == '\t') {
                                plain.append(' ');
                            } else if (isHarmless(point)) {
                                plain.appendCodePoint(point);
                            } else {
                                plain.append('·');
                            }
                        });
        return plain.toString();
    }

    /// Like [#plain], but lines stay lines.
    public static String plainLines(String text) {
        return String.join("\n", text.lines().map(Table::plain).toList());
    }

    private static boolean isHarmless(int point) {
        return switch (Character.getType(point)) {
            case Character.CONTROL, Character.FORMAT, Character.SURROGATE, Character.UNASSIGNED ->
                    false;
            default -> true;
        };
    }
}
