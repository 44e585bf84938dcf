package org.deadletteroffice.core.decode;

import java.util.BitSet;
import java.util.Optional;

/// How a JSON text is laid out, so that an edited one comes back looking the same. Works on the
/// text itself: tokens (number text, escapes, repeated members) are never touched, only the white
/// space between them.
///
/// @param newline `\n` or `\r\n`; empty for a text on one line
/// @param indent what one level is indented by
/// @param beforeColon white space before a colon
/// @param afterColon white space after a colon
/// @param afterComma white space after a comma that does not end a line
/// @param inlineArrays arrays stay on one line though objects do not
/// @param padding white space inside the brackets of what stays on one line
/// @param tail white space after the whole value
public record JsonLayout(
        String newline,
        String indent,
        String beforeColon,
        String afterColon,
        String afterComma,
        boolean inlineArrays,
        String padding,
        String tail) {
    /// Two spaces a level.
    public static final JsonLayout PRETTY = new JsonLayout("\n", "  ", "", " ", " ", false, "", "");

    /// No white space at all.
    public static final JsonLayout COMPACT = new JsonLayout("", "", "", "", "", false, "", "");

    /// How `json` is laid out, as its first places of each kind tell. `json` must be JSON.
    public static JsonLayout of(String json) {
        return new Finder(json).find();
    }

    public boolean isIndented() {
        return !newline.isEmpty();
    }

    /// The same tokens in this layout. `json` must be JSON.
    ///
    /// @param limit in characters
    /// @return empty when the result would be longer than `limit`: indentation of deep nesting can
    ///     multiply a text
    public Optional<String> apply(String json, long limit) {
        var out = new StringBuilder((int) Math.min(json.length() * 2L, limit));
        var inline = new BitSet();
        int depth = 0;
        int at = 0;
        while (at < json.length()) {
            if (out.length() > limit) {
                return Optional.empty();
            }
            char c = json.charAt(at);
            switch (c) {
                case ' ', '\t', '\r', '\n' -> at++;
                case '{', '[' -> {
                    int next = skipSpace(json, at + 1);
                    out.append(c);
                    if (next < json.length()
                            && (json.charAt(next) == '}' || json.charAt(next) == ']')) {
                        out.append(json.charAt(next));
                        at = next + 1;
                    } else {
                        depth++;
                        inline.set(
                                depth,
                                !isIndented()
                                        || (c == '[' && inlineArrays)
                                        || (inline.get(depth - 1) && depth > 1));
                        breakLine(out, depth, inline, padding);
                        at = next;
                    }
                }
                case '}', ']' -> {
                    boolean stayed = inline.get(depth);
                    depth = Math.max(0, depth - 1);
                    if (stayed) {
                        out.append(padding);
                    } else {
                        indentTo(out, depth);
                    }
                    out.append(c);
                    at++;
                }
                case ',' -> {
                    out.append(c);
                    breakLine(out, depth, inline, afterComma);
                    at++;
                }
                case ':' -> {
                    out.append(beforeColon).append(c).append(afterColon);
                    at++;
                }
                default -> {
                    int end = tokenEnd(json, at);
                    out.append(json, at, end);
                    at = end;
                }
            }
        }
        return Optional.of(out.append(tail).toString());
    }

    private void breakLine(StringBuilder out, int depth, BitSet inline, String instead) {
        if (inline.get(depth)) {
            out.append(instead);
        } else {
            indentTo(out, depth);
        }
    }

    private void indentTo(StringBuilder out, int depth) {
        out.append(newline);
        out.repeat(indent, depth);
    }

    private static boolean isSpace(char c) {
        return c == ' ' || c == '\t' || c == '\r' || c == '\n';
    }

    private static int skipSpace(String json, int at) {
        int next = at;
        while (next < json.length() && isSpace(json.charAt(next))) {
            next++;
        }
        return next;
    }

    private static int tokenEnd(String json, int at) {
        int end = at + 1;
        if (json.charAt(at) == '"') {
            while (end < json.length() && json.charAt(end) != '"') {
                end += json.charAt(end) == '\\' ? 2 : 1;
            }
            return Math.min(end + 1, json.length());
        }
        while (end < json.length() && ",:{}[] \t\r\n\"".indexOf(json.charAt(end)) < 0) {
            end++;
        }
        return end;
    }

    /// Looks at the first white space of each kind.
    private static final class Finder {
        private final String json;
        private String newline = "";
        private String indent = "";
        private String beforeColon = "";
        private String afterColon = "";
        private String afterComma = "";
        private String padding = "";
        private boolean arraysSeen;
        private boolean inlineArrays = true;
        private boolean colonSeen;
        private boolean commaSeen;
        private boolean paddingSeen;

        Finder(String json) {
            this.json = json;
        }

        JsonLayout find() {
            int at = skipSpace(json, 0);
            int lastToken = at;
            while (at < json.length()) {
                char c = json.charAt(at);
                int end = "{}[],:".indexOf(c) >= 0 ? at + 1 : tokenEnd(json, at);
                int next = skipSpace(json, end);
                if (next == json.length()) {
                    lastToken = end;
                    break;
                }
                gap(c, json.substring(end, next), json.charAt(next));
                lastToken = end;
                at = next;
            }
            return new JsonLayout(
                    newline,
                    indent,
                    beforeColon,
                    afterColon,
                    commaSeen ? afterComma : newline.isEmpty() ? "" : " ",
                    arraysSeen && inlineArrays && !newline.isEmpty(),
                    padding,
                    json.substring(lastToken));
        }

        private void gap(char before, String space, char after) {
            boolean breaks = space.indexOf('\n') >= 0;
            if (breaks && newline.isEmpty()) {
                newline = space.indexOf('\r') >= 0 ? "\r\n" : "\n";
                indent = space.substring(space.lastIndexOf('\n') + 1);
            }
            if (after == ':' && !colonSeen) {
                beforeColon = breaks ? "" : space;
            }
            if (before == ':' && !colonSeen) {
                colonSeen = true;
                afterColon = breaks ? " " : space;
            }
            if (before == ',' && !commaSeen && !breaks) {
                commaSeen = true;
                afterComma = space;
            }
            boolean opens = before == '{' || before == '[';
            if (opens && !breaks && after != '}' && after != ']' && !paddingSeen) {
                paddingSeen = true;
                padding = space;
            }
            if (before == '[' && after != ']') {
                arraysSeen = true;
                inlineArrays &= !breaks;
            }
        }
    }
}
