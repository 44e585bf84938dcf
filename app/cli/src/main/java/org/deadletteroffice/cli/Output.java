package org.deadletteroffice.cli;

import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;

/// Standard output of one run, in the form the user asked for.
public final class Output {
    /// `--output`.
    public enum Format {
        /// For people.
        TABLE,
        /// One document.
        JSON,
        /// One line for each item of a list.
        JSONL
    }

    private final PrintStream out;
    private final Format format;

    public Output(PrintStream out, Format format) {
        this.out = out;
        this.format = format;
    }

    public Format format() {
        return format;
    }

    public boolean isTable() {
        return format == Format.TABLE;
    }

    /// @param nothing what a table says when there is no item
    public <T> void list(
            List<T> items, Function<T, Map<String, Object>> json, Table<T> table, String nothing) {
        switch (format) {
            case TABLE -> {
                if (items.isEmpty()) {
                    out.println(nothing);
                } else {
                    table.lines(items).forEach(out::println);
                }
            }
            case JSON -> document(items.stream().map(json).toList());
            case JSONL -> items.forEach(item -> line(json.apply(item)));
        }
        out.flush();
    }

    /// @param text for people, with no line end after it
    public void object(Map<String, Object> json, Supplier<String> text) {
        switch (format) {
            case TABLE -> out.println(text.get());
            case JSON -> document(json);
            case JSONL -> line(json);
        }
        out.flush();
    }

    /// Text that is the same in every form (`--help`, completion).
    public void text(String text) {
        out.print(text);
        out.flush();
    }

    /// For an answer that is written piece by piece.
    public PrintStream stream() {
        return out;
    }

    private void document(Object value) {
        try (var json = new Json(out, true)) {
            json.value(value);
        }
        out.println();
    }

    public void line(Map<String, Object> value) {
        try (var json = new Json(out, false)) {
            json.value(value);
        }
        out.println();
    }

    void error(Trouble trouble) {
        if (!isTable()) {
            object(Map.of("error", trouble.json()), () -> "");
        }
    }
}
