package org.deadletteroffice.core.cause;

/// Finds what belongs together in a text that a program printed: `{"id":17}`, `[id=17, name=Ann]`.
final class Brackets {
    /// Index behind the bracket that closes the one at `open`; -1 where none does. Brackets within
    /// double quotes do not count. Linear.
    static int end(String text, int open) {
        int depth = 0;
        boolean quoted = false;
        for (int i = open; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\\') {
                i++;
            } else if (c == '"') {
                quoted = !quoted;
            } else if (!quoted && (c == '{' || c == '[' || c == '(')) {
                depth++;
            } else if (!quoted && (c == '}' || c == ']' || c == ')') && --depth == 0) {
                return i + 1;
            }
        }
        return -1;
    }

    /// The same for what was cut in its middle: behind the first closing bracket of this kind that
    /// ends something, else the end of the text.
    static int roughEnd(String text, int open) {
        char closing =
                switch (text.charAt(open)) {
                    case '{' -> '}';
                    case '[' -> ']';
                    default -> ')';
                };
        for (int i = open + 1; i < text.length(); i++) {
            boolean ends = i + 1 == text.length() || " ,.;])\n".indexOf(text.charAt(i + 1)) >= 0;
            if (text.charAt(i) == closing && ends) {
                return i + 1;
            }
        }
        return text.length();
    }

    /// Whether the brace at `open` begins a printed object: a member's name stands behind it.
    static boolean holdsMembers(String text, int open) {
        int at = skipSpaces(text, open + 1);
        if (at >= text.length()) {
            return false;
        }
        char c = text.charAt(at);
        return c == '"'
                || c == '\''
                || (c == ':' && at + 1 < text.length() && Character.isLetter(text.charAt(at + 1)))
                || memberName(text, at);
    }

    /// `[type=…, reason=…`: a printed error, whose members tell what went wrong.
    static boolean tellsError(String text, int open) {
        return text.startsWith("type=", open + 1)
                || text.startsWith("error=", open + 1)
                || text.startsWith("reason=", open + 1);
    }

    /// `name=`, `name = ` or `name: `.
    static boolean memberName(String text, int from) {
        int at = from;
        while (at < text.length()
                && (Character.isLetterOrDigit(text.charAt(at)) || text.charAt(at) == '_')) {
            at++;
        }
        return at > from
                && (text.startsWith("=", at)
                        || text.startsWith(" = ", at)
                        || text.startsWith(": ", at));
    }

    /// `(reached max retries: 4)`: some words, and a number of them.
    static boolean countsSomething(String text, int from) {
        int at = from;
        while (at < text.length()
                && (Character.isLetter(text.charAt(at)) || text.charAt(at) == ' ')) {
            at++;
        }
        int number = at + 2;
        int end = number;
        while (end < text.length() && IdShapes.isDigit(text.charAt(end))) {
            end++;
        }
        return at > from && text.startsWith(": ", at) && end > number && text.startsWith(")", end);
    }

    private static int skipSpaces(String text, int from) {
        int at = from;
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
        return at;
    }

    /// Lists of alike elements are one element: `[#, #, #]` is `[#]`.
    static String collapsed(String text) {
        if (text.indexOf(',') < 0) {
            return text;
        }
        var out = new StringBuilder(text.length());
        var previous = "";
        int comma = 0;
        int start = 0;
        for (int i = 0; i <= text.length(); i++) {
            boolean end = i == text.length();
            char c = end ? ',' : text.charAt(i);
            boolean opens = c == '[' || c == '(' || c == '{';
            if (!opens && c != ',' && c != ']' && c != ')' && c != '}') {
                continue;
            }
            var element = text.substring(start, i).strip();
            if (!opens && !element.isEmpty() && element.equals(previous)) {
                out.setLength(comma);
            } else {
                out.append(text, start, i);
            }
            if (!end) {
                comma = out.length();
                out.append(c);
            }
            previous = c == ',' ? element : "";
            start = i + 1;
        }
        return out.toString();
    }

    private Brackets() {}
}
