package org.deadletteroffice.core.cause;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads printed stack traces, Java's first of all (`Throwable.printStackTrace`), Python's by their
/// last line.
final class StackTraces {
    private static final String CAUSED_BY = "\nCaused by: ";
    private static final String WRAPPED_BY = "\nWrapped by: ";

    /// Longer traces are cut in the middle: what matters stands at both ends.
    private static final int MAX_LENGTH = 256 << 10;

    private static final int MAX_LINKS = 50;

    /// One error of a chain.
    record Link(String type, @Nullable String message) {}

    /// Outermost first, root cause last. Suppressed errors (indented) are no part of the chain.
    static List<Link> links(String trace) {
        var text = bounded(trace);
        if (text.startsWith("Traceback (most recent call last)")) {
            return python(text);
        }
        boolean rootFirst = !text.contains(CAUSED_BY) && text.contains(WRAPPED_BY);
        var separator = rootFirst ? WRAPPED_BY : CAUSED_BY;
        var links = new ArrayList<Link>();
        int start = skipThreadName(text);
        while (links.size() < MAX_LINKS) {
            int next = text.indexOf(separator, start);
            var link = link(text, start, next < 0 ? text.length() : next);
            if (link != null) {
                links.add(link);
            } else if (links.isEmpty()) {
                return List.of();
            }
            if (next < 0) {
                break;
            }
            start = next + separator.length();
        }
        return rootFirst ? links.reversed() : links;
    }

    private static String bounded(String trace) {
        return trace.length() <= MAX_LENGTH
                ? trace
                : trace.substring(0, MAX_LENGTH / 2)
                        + "\n"
                        + trace.substring(trace.length() - MAX_LENGTH / 2);
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
    private static @Nullable Link link(String text, int start, int end) {
        int typeEnd = typeEnd(text, start);
        if (typeEnd <= start) {
            return null;
        }
        var type = text.substring(start, typeEnd);
        int messageEnd = firstFrame(text, typeEnd, end);
        if (!text.startsWith(": ", typeEnd)) {
            return new Link(type, null);
        }
        var message = text.substring(Math.min(typeEnd + 2, messageEnd), messageEnd).strip();
        return new Link(type, message.isEmpty() ? null : message);
    }

    /// Where a class name that starts at `start` ends, when what follows is `: ` or the end of the
    /// line; -1 when it is no class name.
    static int typeEnd(String text, int start) {
        int at = start;
        while (at < text.length()
                && (Character.isJavaIdentifierPart(text.charAt(at)) || text.charAt(at) == '.')) {
            at++;
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

    /// Offset of the line break before the first frame line.
    private static int firstFrame(String text, int from, int end) {
        int at = from;
        while (true) {
            int line = text.indexOf('\n', at);
            if (line < 0 || line >= end) {
                return end;
            }
            int word = line + 1;
            while (word < end && (text.charAt(word) == ' ' || text.charAt(word) == '\t')) {
                word++;
            }
            if (word > line + 1
                    && (text.startsWith("at ", word)
                            || text.startsWith("... ", word)
                            || text.startsWith("Suppressed: ", word))) {
                return line;
            }
            at = line + 1;
        }
    }

    private static List<Link> python(String text) {
        var lines = text.stripTrailing().lines().toList();
        var last = lines.getLast();
        int end = typeEnd(last, 0);
        if (end <= 0) {
            return List.of();
        }
        return List.of(
                new Link(
                        last.substring(0, end),
                        end + 2 <= last.length() ? last.substring(end + 2) : null));
    }

    /// The frames of the root cause nearest to the throw, without line numbers: at most `limit`,
    /// reflection and generated calls left out.
    static List<String> topFrames(String trace, int limit) {
        var frames = new ArrayList<String>(limit);
        int at = lastCause(trace);
        while (frames.size() < limit) {
            at = trace.indexOf("at ", at);
            if (at < 0) {
                break;
            }
            int name = at + 3;
            boolean frame = at > 0 && (trace.charAt(at - 1) == '\t' || trace.charAt(at - 1) == ' ');
            int paren = trace.indexOf('(', name);
            int line = trace.indexOf('\n', name);
            at = line < 0 ? trace.length() : line;
            if (!frame || paren < 0 || paren > at || paren - name > 400) {
                continue;
            }
            int module = trace.lastIndexOf('/', paren);
            var method = trace.substring(module > name ? module + 1 : name, paren);
            if (!isMachinery(method)) {
                frames.add(method);
            }
        }
        return frames;
    }

    /// Where the root cause begins. Searched forwards: that is done by whole vectors.
    private static int lastCause(String trace) {
        int last = 0;
        int at = trace.indexOf(CAUSED_BY);
        while (at >= 0) {
            last = at;
            at = trace.indexOf(CAUSED_BY, at + CAUSED_BY.length());
        }
        return last;
    }

    private static boolean isMachinery(String method) {
        return method.startsWith("java.lang.reflect.")
                || method.startsWith("jdk.internal.")
                || method.startsWith("sun.reflect.")
                || method.startsWith("java.lang.invoke.")
                || method.contains("$$");
    }

    private StackTraces() {}
}
