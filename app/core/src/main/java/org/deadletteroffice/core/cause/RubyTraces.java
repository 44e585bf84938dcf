package org.deadletteroffice.core.cause;

import java.util.ArrayList;
import java.util.List;
import org.deadletteroffice.core.cause.StackTrace.Problem;
import org.jspecify.annotations.Nullable;

/// What Ruby prints (`full_message`: place, message and class in one line, `from` before each
/// further call, causes below), and what frameworks make of a backtrace: its lines alone, or below
/// `Class: message` or `Class (message):`.
final class RubyTraces {
    private static final ForeignCode FOREIGN = ForeignCode.of("ruby");

    /// Outermost first.
    private final List<Problem> problems = new ArrayList<>();

    private final List<StackFrame> frames = new ArrayList<>();

    /// Of Ruby 2.5 to 2.7 on a terminal: `2: from …`, the throw last, before its own line.
    private final List<StackFrame> upsideDown = new ArrayList<>();

    /// Those print causes before what they led to, too.
    private boolean rootFirst;

    private final StringBuilder head = new StringBuilder();

    static List<Problem> problems(String text) {
        var reader = new RubyTraces();
        for (var line : (Iterable<String>) text.lines()::iterator) {
            if (reader.problems.size() == StackTraces.MAX_PROBLEMS) {
                break;
            }
            reader.take(line);
        }
        reader.endProblem();
        return reader.rootFirst ? reader.problems.reversed() : reader.problems;
    }

    private void take(String line) {
        var plain = line.strip();
        if (plain.length() > StackTraces.MAX_LINE && !frames.isEmpty()) {
            return;
        }
        int from = plain.indexOf("from ");
        if (from == 0 || (from > 0 && plain.substring(0, from).matches("\\d+: "))) {
            var frame = frame(plain.substring(from + 5));
            if (frame != null) {
                (from == 0 ? frames : upsideDown).add(frame);
                rootFirst |= from > 0;
            }
            return;
        }
        int place = placeEnd(plain);
        if (place > 0 && plain.startsWith(": ", place)) {
            // `app.rb:3:in 'charge': declined (PaymentError)`
            endProblem();
            var frame = frame(plain.substring(0, place));
            var below = upsideDown.isEmpty() ? null : upsideDown.getLast();
            if (frame != null && !frame.equals(below)) {
                // The last of them may be this line once more.
                frames.add(frame);
            }
            frames.addAll(upsideDown.reversed());
            upsideDown.clear();
            head.append(turned(plain.substring(place + 2)));
        } else if (place > 0) {
            var frame = frame(plain.substring(0, place));
            if (frame != null && frames.size() < StackTraces.MAX_FRAMES) {
                frames.add(frame);
            }
        } else if (plain.startsWith("Caused by: ")) {
            endProblem();
            head.append(plain.substring(11));
        } else if (frames.isEmpty()
                && !plain.isEmpty()
                && !plain.startsWith("Traceback (most recent call last)")) {
            head.append(head.isEmpty() ? "" : "\n").append(plain);
        }
    }

    /// `message (Class)` as `Class: message`.
    private static String turned(String told) {
        int open = told.lastIndexOf(" (");
        return open > 0 && told.endsWith(")")
                ? told.substring(open + 2, told.length() - 1) + ": " + told.substring(0, open)
                : told;
    }

    private void endProblem() {
        if (!head.isEmpty() || !frames.isEmpty()) {
            problems.add(problem(head.toString().strip()));
        }
        head.setLength(0);
        frames.clear();
    }

    private Problem problem(String text) {
        int open = text.indexOf(" (");
        boolean rails = open > 0 && text.endsWith("):");
        var told =
                rails && StackTraces.typeEnd(text.substring(0, open), 0) == open
                        ? text.substring(0, open)
                                + ": "
                                + text.substring(open + 2, text.length() - 2)
                        : text;
        var headed = StackTraces.headed(told, frames);
        return headed == null ? new Problem(null, told.isEmpty() ? null : told, frames) : headed;
    }

    /// Where `file:line:in 'method'` ends; -1 where the line does not begin with it.
    private static int placeEnd(String line) {
        int in = line.length() > StackTraces.MAX_LINE ? -1 : line.indexOf(":in ");
        if (in <= 0 || in + 5 >= line.length() || "`'".indexOf(line.charAt(in + 4)) < 0) {
            return -1;
        }
        int digits = StackTraces.digitsBefore(line, in);
        if (digits == in || digits < 2 || line.charAt(digits - 1) != ':') {
            return -1;
        }
        int close = line.indexOf('\'', in + 5);
        return close < 0 ? -1 : close + 1;
    }

    private static @Nullable StackFrame frame(String text) {
        int end = placeEnd(text);
        if (end < 0) {
            return null;
        }
        int in = text.indexOf(":in ");
        int digits = StackTraces.digitsBefore(text, in);
        var file = text.substring(0, digits - 1);
        var method = text.substring(in + 5, end - 1);
        for (var of = method.indexOf(" in "); of > 0; of = method.indexOf(" in ")) {
            // `block (2 levels) in call`, `rescue in call`
            method = method.substring(of + 4);
        }
        return new StackFrame(
                method,
                file,
                StackTraces.lineNumber(text.substring(digits, in)),
                !FOREIGN.isForeign(method, file));
    }
}
