package org.deadletteroffice.core.cause;

import java.util.ArrayList;
import java.util.List;
import org.deadletteroffice.core.cause.StackTrace.Problem;
import org.deadletteroffice.core.cause.StackTraces.Place;
import org.jspecify.annotations.Nullable;

/// What `Throwable.printStackTrace` and its kin print; Logback's root-first form (`Wrapped by`)
/// too. Every message of a queue passes through [#links] and [#place]: they look at no more lines
/// than they must.
final class JavaTraces {
    private static final String CAUSED_BY = "\nCaused by: ";
    private static final String WRAPPED_BY = "\nWrapped by: ";
    private static final ForeignCode FOREIGN = ForeignCode.of("java");

    /// A text with the error's name, its message, and its frames.
    private record Part(int start, int end) {}

    static List<Problem> problems(String text) {
        var problems = new ArrayList<Problem>();
        for (var part : parts(text)) {
            var link = link(text, part);
            var frames = frames(text, part);
            if (link != null) {
                problems.add(new Problem(link.type(), link.message(), frames));
            } else if (!frames.isEmpty()) {
                problems.add(new Problem(null, null, frames));
            }
        }
        return problems;
    }

    /// Without frames. Suppressed errors (indented) are no part of the chain.
    static List<Problem> links(String text) {
        var links = new ArrayList<Problem>();
        for (var part : parts(text)) {
            var link = link(text, part);
            if (link != null) {
                links.add(link);
            }
        }
        return links;
    }

    static @Nullable Place place(String text) {
        @Nullable String nearest = null;
        for (var part : parts(text).reversed()) {
            int at = part.start;
            while (true) {
                at = nextFrame(text, at, part.end);
                if (at < 0) {
                    break;
                }
                int paren = text.indexOf('(', at);
                int name = nameStart(text, at, paren);
                if (!FOREIGN.isForeign(text, name, paren)) {
                    return new Place(stable(text, name, paren), nearest == null);
                }
                if (nearest == null && !FOREIGN.isGlue(text, name, paren)) {
                    // Its class is enough: which of its methods threw is a library's own affair.
                    nearest = stable(text, name, Math.max(name, text.lastIndexOf('.', paren)));
                }
                at = paren;
            }
        }
        return nearest == null ? null : new Place(nearest, false);
    }

    /// Outermost first.
    private static List<Part> parts(String text) {
        boolean rootFirst = text.indexOf(CAUSED_BY) < 0 && text.contains(WRAPPED_BY);
        var separator = rootFirst ? WRAPPED_BY : CAUSED_BY;
        var parts = new ArrayList<Part>();
        int start = skipThreadName(text);
        while (parts.size() < StackTraces.MAX_PROBLEMS) {
            int next = text.indexOf(separator, start);
            parts.add(new Part(start, next < 0 ? text.length() : next));
            if (next < 0) {
                break;
            }
            start = next + separator.length();
        }
        return rootFirst ? parts.reversed() : parts;
    }

    private static int skipThreadName(String text) {
        int start = 0;
        while (start < text.length() && Character.isWhitespace(text.charAt(start))) {
            start++;
        }
        if (text.startsWith("Exception in thread \"", start)) {
            int end = text.indexOf("\" ", start + 21);
            return end < 0 ? start : end + 2;
        }
        return start;
    }

    /// `type: message` up to the first frame; the message may have several lines.
    private static @Nullable Problem link(String text, Part part) {
        int typeEnd = StackTraces.typeEnd(text, part.start);
        if (typeEnd <= part.start || typeEnd > part.end) {
            return null;
        }
        var type = text.substring(part.start, typeEnd);
        if (!text.startsWith(": ", typeEnd)) {
            return new Problem(type, null, List.of());
        }
        int messageEnd = firstFrame(text, typeEnd, part.end);
        var message = text.substring(Math.min(typeEnd + 2, messageEnd), messageEnd).strip();
        return new Problem(type, message.isEmpty() ? null : message, List.of());
    }

    /// Offset of the line break before the first frame line.
    private static int firstFrame(String text, int from, int end) {
        int at = from;
        while (true) {
            int line = text.indexOf('\n', at);
            if (line < 0 || line >= end) {
                return end;
            }
            int word = indented(text, line + 1, end);
            if (word > line + 1
                    && (isFrame(text, word)
                            || text.startsWith("... ", word)
                            || text.startsWith("Suppressed: ", word))) {
                return line;
            }
            at = line + 1;
        }
    }

    /// Jackson's second line, ` at [Source: (String)"…"; line: 1, column: 5]`, is none: it tells
    /// where in the payload.
    private static boolean isFrame(String text, int word) {
        return text.startsWith("at ", word) && !text.startsWith("[", word + 3);
    }

    private static int indented(String text, int from, int end) {
        int at = from;
        while (at < end && (text.charAt(at) == ' ' || text.charAt(at) == '\t')) {
            at++;
        }
        return at;
    }

    /// Where the name of the next frame begins (behind `at `), the module before it included; -1
    /// where this part has none left. Frames of suppressed errors do not count.
    private static int nextFrame(String text, int from, int end) {
        int at = from;
        while (true) {
            int line = text.indexOf('\n', at);
            if (line < 0 || line >= end) {
                return -1;
            }
            int word = indented(text, line + 1, end);
            if (word > line + 1 && text.startsWith("Suppressed: ", word)) {
                return -1;
            }
            if (word > line + 1 && isFrame(text, word)) {
                int paren = text.indexOf('(', word);
                int next = text.indexOf('\n', word);
                if (paren > 0 && paren < end && (next < 0 || paren < next) && paren - word < 400) {
                    return word + 3;
                }
            }
            at = line + 1;
        }
    }

    /// `java.base@25/java.util.Optional.get`: behind loader and module.
    private static int nameStart(String text, int at, int paren) {
        for (int i = paren - 1; i > at; i--) {
            if (text.charAt(i) == '/') {
                return i + 1;
            }
        }
        return at;
    }

    /// Lambdas and anonymous classes are numbered by the compiler, anew at each build.
    private static String stable(String text, int name, int paren) {
        var out = new StringBuilder(paren - name);
        for (int i = name; i < paren; i++) {
            char c = text.charAt(i);
            boolean digit = c >= '0' && c <= '9';
            if (!digit) {
                out.append(c);
            } else if (out.isEmpty() || out.charAt(out.length() - 1) != '#') {
                out.append('#');
            }
        }
        return out.toString();
    }

    private static List<StackFrame> frames(String text, Part part) {
        var frames = new ArrayList<StackFrame>();
        int at = part.start;
        while (frames.size() < StackTraces.MAX_FRAMES) {
            at = nextFrame(text, at, part.end);
            if (at < 0) {
                break;
            }
            int paren = text.indexOf('(', at);
            frames.add(frame(text, nameStart(text, at, paren), paren));
            at = paren;
        }
        return frames;
    }

    private static StackFrame frame(String text, int name, int paren) {
        boolean own = !FOREIGN.isForeign(text, name, paren);
        int lineEnd = text.indexOf('\n', paren);
        int close = text.indexOf(')', paren);
        boolean closed = close > 0 && (lineEnd < 0 || close < lineEnd);
        var where = closed ? text.substring(paren + 1, close) : "";
        int colon = where.lastIndexOf(':');
        var file = colon > 0 ? where.substring(0, colon) : where;
        return new StackFrame(
                text.substring(name, paren),
                file.indexOf('.') > 0 ? file : null,
                colon > 0 ? StackTraces.lineNumber(where.substring(colon + 1)) : 0,
                own);
    }

    private JavaTraces() {}
}
