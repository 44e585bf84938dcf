package org.deadletteroffice.core.cause;

import java.util.List;
import org.deadletteroffice.core.cause.StackTrace.Problem;
import org.jspecify.annotations.Nullable;

/// What the readers of printed stack traces share, and the quick answers that grouping a whole
/// queue needs.
final class StackTraces {
    /// Longer traces are cut in the middle: what matters stands at both ends.
    private static final int MAX_LENGTH = 256 << 10;

    static final int MAX_PROBLEMS = 50;

    /// Of one error. A recursion without end prints a thousand, and the first tell it.
    static final int MAX_FRAMES = 1_100;

    /// A longer line is no frame.
    static final int MAX_LINE = 2_000;

    /// Where an error was thrown, as grouping means it.
    ///
    /// @param name of the user's own code nearest to the root cause, else of the library nearest to
    ///     the throw
    /// @param thrownThere the user's own code threw it itself
    record Place(String name, boolean thrownThere) {}

    /// The errors with their types and messages, outermost first, root cause last; frames may be
    /// left out. Empty where the text tells no error.
    static List<Problem> links(String trace) {
        var text = bounded(trace);
        var language = TraceLanguage.of(text);
        var problems =
                language == null || language == TraceLanguage.JAVA
                        ? JavaTraces.links(text)
                        : language.problems(text);
        var root = problems.isEmpty() ? null : problems.getLast();
        // A Ruby backtrace alone tells places and no error.
        return root == null || (root.type() == null && root.message() == null)
                ? List.of()
                : problems;
    }

    /// Null where no frame is found.
    static @Nullable Place place(String trace) {
        var text = bounded(trace);
        var language = TraceLanguage.of(text);
        if (language == null) {
            return null;
        }
        if (language == TraceLanguage.JAVA) {
            return JavaTraces.place(text);
        }
        @Nullable StackFrame nearest = null;
        var code = ForeignCode.of(language);
        for (var problem : language.problems(text).reversed()) {
            for (var frame : problem.frames()) {
                if (frame.own()) {
                    return new Place(name(frame, language), nearest == null);
                }
                if (nearest == null && !code.isGlue(frame.method())) {
                    nearest = frame;
                }
            }
        }
        return nearest == null ? null : new Place(owner(nearest, language), false);
    }

    /// The class or file is enough: which of its methods threw is a library's own affair.
    private static String owner(StackFrame frame, TraceLanguage language) {
        int dot = frame.method().lastIndexOf('.');
        return language.namesByFile() || dot < 0
                ? MessageFold.fold(tail(frame.file()))
                : frame.method().substring(0, dot);
    }

    private static String name(StackFrame frame, TraceLanguage language) {
        return language.namesByFile()
                ? MessageFold.fold(tail(frame.file())) + ' ' + bare(frame.method(), language)
                : frame.method();
    }

    /// The last two names of a path: what is before them differs from host to host.
    private static String tail(@Nullable String file) {
        if (file == null) {
            return "";
        }
        var path = file.replace('\\', '/');
        int last = path.lastIndexOf('/');
        int before = last > 0 ? path.lastIndexOf('/', last - 1) : -1;
        return path.substring(before + 1);
    }

    /// Ruby says `Charge#call` since 3.4 and `call` before.
    private static String bare(String method, TraceLanguage language) {
        if (language != TraceLanguage.RUBY) {
            return method;
        }
        int owner = Math.max(method.lastIndexOf('#'), method.lastIndexOf('.'));
        return method.substring(owner + 1);
    }

    static String bounded(String trace) {
        return trace.length() <= MAX_LENGTH
                ? trace
                : trace.substring(0, MAX_LENGTH / 2)
                        + "\n"
                        + trace.substring(trace.length() - MAX_LENGTH / 2);
    }

    /// Where a class name that starts at `start` ends, when what follows is `: ` or the end of the
    /// line; -1 when it is no class name.
    static int typeEnd(String text, int start) {
        int at = start;
        while (at < text.length()) {
            char c = text.charAt(at);
            if (Character.isJavaIdentifierPart(c) || c == '.') {
                at++;
            } else if (text.startsWith("::", at)
                    && at + 2 < text.length()
                    && Character.isJavaIdentifierStart(text.charAt(at + 2))) {
                at += 2;
            } else {
                break;
            }
        }
        if (at == start || text.charAt(at - 1) == '.' || Character.isDigit(text.charAt(start))) {
            return -1;
        }
        boolean ends =
                at == text.length()
                        || text.startsWith(": ", at)
                        || text.startsWith(":\n", at)
                        || text.charAt(at) == '\n'
                        || text.charAt(at) == '\r';
        return ends ? at : -1;
    }

    /// `Type: message` or `Type` alone; null where the text does not begin with a class name.
    static @Nullable Problem headed(String text, List<StackFrame> frames) {
        int end = typeEnd(text, 0);
        if (end <= 0) {
            return null;
        }
        var message = text.startsWith(":", end) ? text.substring(end + 1).strip() : "";
        return new Problem(text.substring(0, end), message.isEmpty() ? null : message, frames);
    }

    /// Where the decimal digits that end before `end` begin; `end` where there are none.
    static int digitsBefore(String text, int end) {
        int at = end;
        while (at > 0 && text.charAt(at - 1) >= '0' && text.charAt(at - 1) <= '9') {
            at--;
        }
        return at;
    }

    /// A line number; 0 where it is none.
    static int lineNumber(String digits) {
        if (digits.isEmpty() || digits.length() > 9 || digitsBefore(digits, digits.length()) != 0) {
            return 0;
        }
        return Integer.parseInt(digits);
    }

    private StackTraces() {}
}
