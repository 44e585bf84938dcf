package org.deadletteroffice.core.cause;

import java.util.ArrayList;
import java.util.List;
import org.deadletteroffice.core.cause.StackTrace.Problem;
import org.jspecify.annotations.Nullable;

/// What Go prints of a panic (of the first goroutine), what `debug.Stack` gives, and errors with
/// stacks in the manner of `github.com/pkg/errors` (`%+v`): root cause first. An error's text
/// `a: b: c` is a chain of its own, outermost first.
final class GoTraces {
    private static final ForeignCode FOREIGN = ForeignCode.of("go");

    /// What the compiler adds to a name, perhaps with a number behind it: closures, wrappers, type
    /// arguments.
    private static final List<String> COMPILED =
            List.of(".func", ".gowrap", ".", "-fm", "-range", "[...]");

    /// As printed: root cause first.
    private final List<Problem> printed = new ArrayList<>();

    private final List<StackFrame> frames = new ArrayList<>();
    private final StringBuilder told = new StringBuilder();
    private boolean panicked;

    static List<Problem> problems(String text) {
        var reader = new GoTraces();
        var lines = text.lines().toList();
        for (int i = 0; i < lines.size(); i++) {
            boolean call =
                    i + 1 < lines.size()
                            && lines.get(i).length() <= StackTraces.MAX_LINE
                            && isPlace(lines.get(i + 1));
            if (call) {
                reader.call(lines.get(i).strip(), lines.get(i + 1).strip());
                i++;
            } else if (!reader.text(lines.get(i))) {
                break;
            }
            if (reader.printed.size() == StackTraces.MAX_PROBLEMS) {
                break;
            }
        }
        reader.endProblem();
        return unwrapped(reader.printed.reversed());
    }

    /// `\t/app/orders.go:12 +0x1d`; of assembly, `.s`.
    private static boolean isPlace(String line) {
        return line.length() <= StackTraces.MAX_LINE
                && line.startsWith("\t")
                && (line.contains(".go:") || line.contains(".s:"));
    }

    private void call(String name, String place) {
        int source = place.indexOf(".go:");
        int end = source > 0 ? source + 3 : place.indexOf(".s:") + 2;
        int space = place.indexOf(' ', end);
        var digits = place.substring(end + 1, space < 0 ? place.length() : space);
        var file = place.substring(0, end);
        var method = method(name);
        if (method.equals("panic") && file.endsWith("runtime/panic.go")) {
            // What is above it is the deferred call that recovered.
            frames.clear();
            return;
        }
        if (frames.size() < StackTraces.MAX_FRAMES) {
            frames.add(
                    new StackFrame(
                            method,
                            file,
                            StackTraces.lineNumber(digits),
                            !FOREIGN.isForeign(method, file)));
        }
    }

    /// `main.(*Service).Charge(0xc00001, {0x1, 0x2})` is `main.(*Service).Charge`.
    private static String method(String told) {
        var name = told.startsWith("created by ") ? told.substring(11) : told;
        int routine = name.indexOf(" in goroutine ");
        if (routine > 0) {
            name = name.substring(0, routine);
        }
        int arguments = name.endsWith(")") ? name.lastIndexOf('(') : -1;
        if (arguments > 0) {
            name = name.substring(0, arguments);
        }
        for (int end = compiled(name); end < name.length(); end = compiled(name)) {
            name = name.substring(0, end);
        }
        return name;
    }

    /// Where the last thing begins that the compiler added; the length where it added none.
    private static int compiled(String name) {
        int digits = StackTraces.digitsBefore(name, name.length());
        for (var added : COMPILED) {
            boolean numbered = digits < name.length();
            boolean takesNumber = added.startsWith(".") || added.equals("-range");
            int end = takesNumber ? digits : name.length();
            if ((numbered || !takesNumber)
                    && end > added.length()
                    && name.startsWith(added, end - added.length())) {
                return end - added.length();
            }
        }
        return name.length();
    }

    /// False at the end of the first goroutine.
    private boolean text(String line) {
        var plain = line.strip();
        if (plain.startsWith("goroutine ") && plain.endsWith(":")) {
            return frames.isEmpty();
        }
        if (plain.startsWith("[signal ") || plain.startsWith("exit status ")) {
            return true;
        }
        if (plain.isEmpty()) {
            return !panicked || frames.isEmpty();
        }
        if (!frames.isEmpty()) {
            endProblem();
        }
        if (plain.startsWith("panic: ") && told.isEmpty()) {
            panicked = true;
            plain = plain.substring(7);
        }
        told.append(told.isEmpty() ? "" : "\n").append(plain);
        return true;
    }

    private void endProblem() {
        if (!told.isEmpty() || !frames.isEmpty()) {
            var text = told.toString();
            @Nullable String message = text.isEmpty() ? null : text;
            printed.add(new Problem(panicked ? "panic" : null, message, frames));
        }
        told.setLength(0);
        frames.clear();
    }

    /// The text of the outermost error holds those of all that it wraps: the last part is the root.
    private static List<Problem> unwrapped(List<Problem> problems) {
        if (problems.size() != 1 || problems.getFirst().message() == null) {
            return problems;
        }
        var only = problems.getFirst();
        var parts = chain(only.message());
        if (parts.size() < 2 || only.type() != null) {
            return problems;
        }
        var chain = new ArrayList<Problem>();
        for (int i = 0; i < parts.size(); i++) {
            boolean root = i == parts.size() - 1;
            chain.add(new Problem(only.type(), parts.get(i), root ? only.frames() : List.of()));
        }
        return chain;
    }

    /// `a: b: c`, outermost first; not divided within quotes and brackets.
    static List<String> chain(@Nullable String message) {
        var parts = new ArrayList<String>();
        var text = message == null ? "" : message;
        int start = 0;
        int depth = 0;
        boolean quoted = false;
        for (int i = 0; i < text.length() && parts.size() < StackTraces.MAX_PROBLEMS - 1; i++) {
            char c = text.charAt(i);
            if (c == '"') {
                quoted = !quoted;
            } else if ("([{".indexOf(c) >= 0) {
                depth++;
            } else if (")]}".indexOf(c) >= 0) {
                depth--;
            } else if (c == ':' && !quoted && depth <= 0 && text.startsWith(": ", i)) {
                parts.add(text.substring(start, i).strip());
                start = i + 2;
            }
        }
        parts.add(text.substring(start).strip());
        return parts;
    }
}
