package org.deadletteroffice.core.cause;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// The languages whose stack traces are read, told apart by the look of their frames.
enum TraceLanguage {
    JAVA,
    JAVASCRIPT,
    PYTHON,
    RUBY,
    DOTNET,
    GO;

    /// How many lines that begin with `at` are looked at: the first of a trace may be odd.
    private static final int LOOKS = 12;

    String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    List<StackTrace.Problem> problems(String text) {
        return switch (this) {
            case JAVA -> JavaTraces.problems(text);
            case JAVASCRIPT -> JavaScriptTraces.problems(text);
            case PYTHON -> PythonTraces.problems(text);
            case RUBY -> RubyTraces.problems(text);
            case DOTNET -> DotNetTraces.problems(text);
            case GO -> GoTraces.problems(text);
        };
    }

    /// Whether a frame is best named by its file: the names of functions there bear no package.
    boolean namesByFile() {
        return this == JAVASCRIPT || this == PYTHON || this == RUBY;
    }

    /// Null where no line looks like a frame.
    static @Nullable TraceLanguage of(String text) {
        int at = frameWord(text, 0);
        boolean unclear = false;
        for (int looks = 0; at >= 0 && looks < LOOKS; looks++) {
            int end = text.indexOf('\n', at);
            var language = ofFrame(text.substring(at, end < 0 ? text.length() : end).strip());
            if (language != null) {
                return language;
            }
            unclear = true;
            at = frameWord(text, at);
        }
        if (text.contains("  File \"")) {
            return PYTHON;
        }
        if (text.contains(":in `") || text.contains(":in '")) {
            return RUBY;
        }
        if (text.contains(".go:") && text.contains("\n\t")) {
            return GO;
        }
        // `at Shop.Orders.Consume(Order order)`, without its file.
        return unclear ? DOTNET : null;
    }

    /// Offset of the next `at ` that begins a line; -1 where there is none.
    private static int frameWord(String text, int from) {
        int at = text.indexOf("at ", from + 1);
        while (at >= 0) {
            int before = at - 1;
            while (before >= 0 && (text.charAt(before) == ' ' || text.charAt(before) == '\t')) {
                before--;
            }
            if (before < at - 1 && (before < 0 || text.charAt(before) == '\n')) {
                return at;
            }
            at = text.indexOf("at ", at + 3);
        }
        return -1;
    }

    /// Null where this frame could be of several languages, or is none.
    private static @Nullable TraceLanguage ofFrame(String line) {
        int place = line.lastIndexOf(" in ");
        if (place > 0 && line.indexOf(":line ", place) > 0) {
            return DOTNET;
        }
        int open = line.lastIndexOf('(');
        int close = line.indexOf(')', Math.max(open, 0));
        var where = open > 0 && close > open ? line.substring(open + 1, close) : "";
        if (isJavaPlace(where)) {
            return JAVA;
        }
        boolean script =
                where.startsWith("node:")
                        || where.equals("<anonymous>")
                        || where.equals("native")
                        || where.startsWith("index ")
                        || endsWithColumn(where)
                        || (where.isEmpty() && endsWithColumn(line));
        return script ? JAVASCRIPT : null;
    }

    private static boolean isJavaPlace(String where) {
        if (where.equals("Native Method")
                || where.equals("Unknown Source")
                || where.equals("<generated>")) {
            return true;
        }
        int colon = where.lastIndexOf(':');
        var file = colon > 0 ? where.substring(0, colon) : where;
        return file.endsWith(".java")
                || file.endsWith(".kt")
                || file.endsWith(".scala")
                || file.endsWith(".groovy")
                || file.endsWith(".clj");
    }

    /// `:12:34`, perhaps with what Node prints behind it.
    private static boolean endsWithColumn(String text) {
        int end = text.length();
        while (end > 0 && " {,)".indexOf(text.charAt(end - 1)) >= 0) {
            end--;
        }
        int column = StackTraces.digitsBefore(text, end);
        if (column == end || column == 0 || text.charAt(column - 1) != ':') {
            return false;
        }
        int line = StackTraces.digitsBefore(text, column - 1);
        return line < column - 1 && line > 0 && text.charAt(line - 1) == ':';
    }
}
