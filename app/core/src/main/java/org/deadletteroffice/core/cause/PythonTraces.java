package org.deadletteroffice.core.cause;

import java.util.ArrayList;
import java.util.List;
import org.deadletteroffice.core.cause.StackTrace.Problem;
import org.jspecify.annotations.Nullable;

/// What Python's `traceback` prints: the call nearest to the throw last, causes before what they
/// led to (`The above exception was the direct cause…`, `During handling of…`), exception groups
/// (`+ Exception Group Traceback`), and tracebacks that another process sent along in quotes.
final class PythonTraces {
    private static final String BEGIN = "Traceback (most recent call last):";
    private static final String DIRECT = "The above exception was the direct cause of";
    private static final String HANDLING = "During handling of the above exception";
    private static final ForeignCode FOREIGN = ForeignCode.of("python");

    private enum At {
        OUTSIDE,
        FRAMES,
        MESSAGE
    }

    /// As printed: root cause first.
    private final List<Problem> printed = new ArrayList<>();

    /// The groups whose first member is being read, with what led to them, outermost first.
    private final List<Problem> groups = new ArrayList<>();

    private final List<StackFrame> frames = new ArrayList<>();
    private final StringBuilder told = new StringBuilder();
    private At at = At.OUTSIDE;

    static List<Problem> problems(String text) {
        var reader = new PythonTraces();
        for (var line : (Iterable<String>) text.lines()::iterator) {
            var plain = withoutGroupMargin(line);
            if (plain.contains("+---------------- 2 ----") || reader.isFull()) {
                break;
            }
            reader.take(plain);
        }
        reader.endProblem();
        var problems = new ArrayList<>(reader.groups);
        problems.addAll(reader.printed.reversed());
        return problems;
    }

    private boolean isFull() {
        return printed.size() + groups.size() >= StackTraces.MAX_PROBLEMS;
    }

    /// `    | text` of an exception group is `text`; indentation of what is in it stays.
    private static String withoutGroupMargin(String line) {
        int word = 0;
        while (word < line.length() && line.charAt(word) == ' ') {
            word++;
        }
        boolean margin = word >= 2 && word < line.length() && "|+".indexOf(line.charAt(word)) >= 0;
        if (!margin || line.startsWith("+-", word)) {
            return line;
        }
        return line.substring(Math.min(line.length(), word + 2));
    }

    private void take(String line) {
        if (line.endsWith(BEGIN)) {
            endProblem();
            at = At.FRAMES;
        } else if (line.contains("+---------------- 1 ----")) {
            endProblem();
            groups.addAll(printed.reversed());
            printed.clear();
        } else if (line.startsWith(DIRECT) || line.startsWith(HANDLING)) {
            endProblem();
        } else if (at == At.FRAMES) {
            inFrames(line);
        } else if (at == At.MESSAGE) {
            boolean over = line.startsWith("\"\"\"") || line.strip().startsWith("+----");
            if (over) {
                endProblem();
            } else {
                told.append('\n').append(line);
            }
        }
    }

    private void inFrames(String line) {
        if (line.startsWith("  File \"")) {
            var frame = frame(line);
            if (frame != null && frames.size() < StackTraces.MAX_FRAMES) {
                frames.add(frame);
            }
        } else if (!line.isEmpty() && line.charAt(0) != ' ') {
            told.append(line);
            at = At.MESSAGE;
        }
    }

    /// `  File "/app/shop/tasks.py", line 12, in charge`; a syntax error's has no `in`.
    private static @Nullable StackFrame frame(String line) {
        int end = line.indexOf("\", line ", 8);
        if (end < 0) {
            return null;
        }
        var file = line.substring(8, end);
        int number = end + 8;
        int comma = line.indexOf(", in ", number);
        var digits = line.substring(number, comma < 0 ? line.length() : comma).strip();
        var method = comma < 0 ? "" : line.substring(comma + 5).strip();
        return new StackFrame(
                method, file, StackTraces.lineNumber(digits), !FOREIGN.isForeign(method, file));
    }

    private void endProblem() {
        if (at == At.MESSAGE || !frames.isEmpty()) {
            var nearestFirst = frames.reversed();
            var problem = StackTraces.headed(told.toString().strip(), nearestFirst);
            var other = told.isEmpty() ? null : told.toString().strip();
            printed.add(problem == null ? new Problem(null, other, nearestFirst) : problem);
        }
        frames.clear();
        told.setLength(0);
        at = At.OUTSIDE;
    }
}
