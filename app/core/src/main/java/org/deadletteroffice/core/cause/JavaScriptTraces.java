package org.deadletteroffice.core.cause;

import java.util.ArrayList;
import java.util.List;
import org.deadletteroffice.core.cause.StackTrace.Problem;
import org.jspecify.annotations.Nullable;

/// What V8 prints (`error.stack`), what Node's `inspect` makes of it (`[cause]:`, `[errors]:`,
/// properties in braces), what Node prints before it dies, and chains that loggers print
/// (`Caused by: `).
final class JavaScriptTraces {
    private static final ForeignCode FOREIGN = ForeignCode.of("javascript");

    /// Outermost first.
    private final List<Problem> problems = new ArrayList<>();

    private final List<StackFrame> frames = new ArrayList<>();
    private final StringBuilder head = new StringBuilder();

    /// In the braces behind the frames: nothing there is a message.
    private boolean inProperties;

    static List<Problem> problems(String text) {
        var reader = new JavaScriptTraces();
        for (var line : (Iterable<String>) afterPreamble(text).lines()::iterator) {
            if (reader.problems.size() == StackTraces.MAX_PROBLEMS || !reader.take(line)) {
                break;
            }
        }
        reader.endProblem();
        return reader.problems;
    }

    /// Node shows where it died first: file and line, the code, and a caret below it.
    private static String afterPreamble(String text) {
        int caret = text.indexOf("^\n");
        if (caret < 0) {
            return text;
        }
        int before = caret;
        while (before > 0 && (text.charAt(before - 1) == ' ' || text.charAt(before - 1) == '^')) {
            before--;
        }
        boolean alone = before > 0 && text.charAt(before - 1) == '\n';
        boolean first = alone && text.lastIndexOf("\n    at ", before) < 0;
        return first ? text.substring(caret + 2).stripLeading() : text;
    }

    /// False where what follows is of no further interest.
    private boolean take(String line) {
        var plain = line.strip();
        if (plain.startsWith("at ")) {
            var frame = frame(plain.substring(3));
            if (frame != null && frames.size() < StackTraces.MAX_FRAMES) {
                frames.add(frame);
            }
            inProperties |= plain.endsWith("{");
            // The first of several errors ends with a comma: the rest are its siblings.
            return !plain.endsWith(",") || problems.isEmpty();
        }
        if (plain.startsWith("[cause]: ")) {
            begin(plain.substring(9));
        } else if (plain.startsWith("[errors]: [")) {
            begin("");
        } else if (plain.regionMatches(true, 0, "Caused by: ", 0, 11)) {
            begin(plain.substring(11));
        } else if (frames.isEmpty() && !inProperties) {
            // Of a message with several lines.
            head.append(head.isEmpty() ? "" : "\n").append(line);
            inProperties = plain.startsWith("[") && plain.endsWith("] {");
        }
        return true;
    }

    private void begin(String first) {
        endProblem();
        head.append(first);
        inProperties = false;
    }

    private void endProblem() {
        var text = head.toString().strip();
        if (text.startsWith("[") && text.endsWith("] {")) {
            // An error without frames.
            text = text.substring(1, text.length() - 3);
        }
        if (text.startsWith("Uncaught ")) {
            text = text.substring(9);
        }
        if (!text.isEmpty() || !frames.isEmpty()) {
            problems.add(problem(text));
        }
        head.setLength(0);
        frames.clear();
    }

    private Problem problem(String text) {
        // `TypeError [ERR_INVALID_ARG_TYPE]: message`
        int code = text.indexOf(" [");
        int codeEnd = text.indexOf("]: ");
        if (code > 0 && codeEnd > code && StackTraces.typeEnd(text.substring(0, code), 0) == code) {
            return new Problem(
                    text.substring(0, code), text.substring(codeEnd + 3).strip(), frames);
        }
        var headed = StackTraces.headed(text, frames);
        return headed == null ? new Problem(null, text.isEmpty() ? null : text, frames) : headed;
    }

    /// `[async] [new] name [as alias] (place)` or `[async] place`; the place is `file:line:column`.
    private static @Nullable StackFrame frame(String told) {
        var text = told;
        while (text.endsWith("{") || text.endsWith(",") || text.endsWith(" ")) {
            text = text.substring(0, text.length() - 1);
        }
        if (text.startsWith("async ")) {
            text = text.substring(6);
        }
        int open = text.endsWith(")") ? text.lastIndexOf(" (") : -1;
        var where = open < 0 ? text : text.substring(open + 2, text.length() - 1);
        var method = open < 0 ? "" : name(text.substring(0, open));
        if (where.isEmpty()) {
            return null;
        }
        int line = 0;
        int column = StackTraces.digitsBefore(where, where.length());
        if (column > 1 && column < where.length() && where.charAt(column - 1) == ':') {
            int number = StackTraces.digitsBefore(where, column - 1);
            if (number > 1 && number < column - 1 && where.charAt(number - 1) == ':') {
                line = StackTraces.lineNumber(where.substring(number, column - 1));
                where = where.substring(0, number - 1);
            }
        }
        var file = where.startsWith("file://") ? where.substring(7) : where;
        return new StackFrame(method, file, line, !FOREIGN.isForeign(method, file));
    }

    /// Without what tells only how it was called.
    private static String name(String told) {
        int alias = told.indexOf(" [as ");
        var name = alias > 0 ? told.substring(0, alias) : told;
        for (var receiver : List.of("Object.", "Function.", "module.exports.", "exports.")) {
            if (name.startsWith(receiver)) {
                name = name.substring(receiver.length());
                break;
            }
        }
        return name.equals("<anonymous>") ? "" : name;
    }
}
