package org.deadletteroffice.core.cause;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.deadletteroffice.core.cause.StackTrace.Problem;
import org.jspecify.annotations.Nullable;

/// What `Exception.ToString()` prints: all errors first (`Outer: text ---> Inner: text`, in one
/// line or one each), then the frames of the innermost, and after each `End of inner exception
/// stack trace` those of the next outer.
final class DotNetTraces {
    private static final String ARROW = " ---> ";
    private static final String END_OF_INNER = "--- End of inner exception stack trace";
    private static final ForeignCode FOREIGN = ForeignCode.of("dotnet");

    /// What the compiler makes of async methods, iterators and lambdas: `<Consume>d__5.MoveNext`,
    /// `<>c__DisplayClass5_0.<Consume>b__0`.
    private static final Pattern HIDDEN = Pattern.compile("<+([A-Za-z_][A-Za-z0-9_]*)>");

    static List<Problem> problems(String text) {
        var lines = text.lines().toList();
        int first = firstFrame(lines);
        var heads = heads(String.join("\n", lines.subList(0, first)));
        var frames = frames(lines.subList(first, lines.size()));
        var problems = new ArrayList<Problem>();
        for (int i = 0; i < heads.size(); i++) {
            // The frames are printed innermost first.
            int of = heads.size() - 1 - i;
            var own = of < frames.size() ? frames.get(of) : List.<StackFrame>of();
            problems.add(problem(heads.get(i), own));
        }
        if (problems.isEmpty() && !frames.isEmpty()) {
            problems.add(new Problem(null, null, frames.getFirst()));
        }
        return problems;
    }

    /// `System.Net.Sockets.SocketException (111): text`, too: with the error's number.
    private static Problem problem(String head, List<StackFrame> frames) {
        int number = head.indexOf(" (");
        int numberEnd = head.indexOf("): ");
        boolean numbered =
                number > 0
                        && numberEnd > number
                        && StackTraces.typeEnd(head.substring(0, number), 0) == number;
        var plain = numbered ? head.substring(0, number) + head.substring(numberEnd + 1) : head;
        var headed = StackTraces.headed(plain, frames);
        return headed == null ? new Problem(null, head, frames) : headed;
    }

    private static int firstFrame(List<String> lines) {
        for (int i = 0; i < lines.size(); i++) {
            var line = lines.get(i).strip();
            if (line.startsWith("at ") || line.startsWith(END_OF_INNER)) {
                return i;
            }
        }
        return lines.size();
    }

    private static List<String> heads(String text) {
        var heads = new ArrayList<String>();
        int at = 0;
        while (heads.size() < StackTraces.MAX_PROBLEMS) {
            int next = text.indexOf(ARROW, at);
            var head = text.substring(at, next < 0 ? text.length() : next).strip();
            if (head.startsWith("(Inner Exception #") && head.contains(") ")) {
                head = head.substring(head.indexOf(") ") + 2);
            }
            if (!head.isEmpty()) {
                heads.add(head);
            }
            if (next < 0) {
                return heads;
            }
            at = next + ARROW.length();
        }
        return heads;
    }

    /// Of each error, the innermost first. Of an aggregate's errors the first is read.
    private static List<List<StackFrame>> frames(List<String> lines) {
        var all = new ArrayList<List<StackFrame>>();
        var current = new ArrayList<StackFrame>();
        for (var line : lines) {
            var plain = line.strip();
            if (plain.startsWith("---> (Inner Exception #")) {
                break;
            }
            if (plain.startsWith(END_OF_INNER)) {
                all.add(current);
                current = new ArrayList<>();
                if (all.size() == StackTraces.MAX_PROBLEMS) {
                    return all;
                }
            } else if (plain.startsWith("at ")
                    && plain.length() <= StackTraces.MAX_LINE
                    && current.size() < StackTraces.MAX_FRAMES) {
                current.add(frame(plain.substring(3)));
            }
        }
        all.add(current);
        return all;
    }

    /// `Namespace.Class.Method[T](Type argument) in file:line 12`.
    private static StackFrame frame(String text) {
        int place = text.lastIndexOf(" in ");
        int lineAt = place < 0 ? -1 : text.indexOf(":line ", place);
        @Nullable String file = null;
        int line = 0;
        if (lineAt > 0) {
            file = text.substring(place + 4, lineAt);
            line = StackTraces.lineNumber(text.substring(lineAt + 6).strip());
        }
        int open = text.indexOf('(');
        var method = method(open < 0 ? text : text.substring(0, open));
        return new StackFrame(method, file, line, !FOREIGN.isForeign(method, null));
    }

    private static String method(String told) {
        int generic = told.indexOf('[');
        var method = generic > 0 ? told.substring(0, generic) : told;
        var hidden = HIDDEN.matcher(method);
        if (hidden.find()) {
            var owner = method.substring(0, hidden.start());
            int closure = owner.indexOf(".<>");
            return (closure > 0 ? owner.substring(0, closure + 1) : owner) + hidden.group(1);
        }
        return method;
    }

    private DotNetTraces() {}
}
