package org.deadletteroffice.desktop.control;

import java.util.ArrayList;
import java.util.List;

/// Cuts one line of a payload into parts with a meaning. Lines are cut alone, so that a line costs
/// the same in a payload of ten lines and of a million.
public enum Highlighter {
    PLAIN {
        @Override
        List<Part> cut(String line) {
            return List.of(new Part(line, Meaning.TEXT));
        }
    },
    JSON {
        @Override
        List<Part> cut(String line) {
            return JsonLine.cut(line);
        }
    },
    /// Stack traces: frames recede, causes stand out.
    TRACE {
        @Override
        List<Part> cut(String line) {
            var trimmed = line.stripLeading();
            if (trimmed.startsWith("at ") || trimmed.startsWith("... ")) {
                return List.of(new Part(line, Meaning.FAINT));
            }
            if (trimmed.startsWith("Caused by:") || trimmed.startsWith("Suppressed:")) {
                return List.of(new Part(line, Meaning.ALERT));
            }
            return List.of(new Part(line, Meaning.TEXT));
        }
    },
    /// Offset, bytes and characters, as a hex view writes them: `00000010  7b 22 …  |{"…|`.
    HEX {
        @Override
        List<Part> cut(String line) {
            var first = line.indexOf("  ");
            var bar = line.indexOf('|');
            if (first < 0 || bar < first) {
                return List.of(new Part(line, Meaning.TEXT));
            }
            return List.of(
                    new Part(line.substring(0, first), Meaning.FAINT),
                    new Part(line.substring(first, bar), Meaning.TEXT),
                    new Part(line.substring(bar), Meaning.STRING));
        }
    };

    /// Longer lines are not highlighted: nobody reads them, and cutting them costs frames.
    static final int LONGEST_LINE = 20_000;

    /// What a part is; the style sheet gives it a colour.
    enum Meaning {
        TEXT("code-text"),
        KEY("code-key"),
        STRING("code-string"),
        NUMBER("code-number"),
        WORD("code-word"),
        PUNCTUATION("code-punctuation"),
        FAINT("code-faint"),
        ALERT("code-alert");

        final String styleClass;

        Meaning(String styleClass) {
            this.styleClass = styleClass;
        }
    }

    /// A part of a line.
    record Part(String text, Meaning meaning) {}

    /// The parts together are the line.
    abstract List<Part> cut(String line);

    private static final class JsonLine {
        private final String line;
        private final List<Part> parts = new ArrayList<>();
        private int at;

        private JsonLine(String line) {
            this.line = line;
        }

        static List<Part> cut(String line) {
            var cutter = new JsonLine(line);
            while (cutter.at < line.length()) {
                cutter.next();
            }
            return cutter.parts;
        }

        private void next() {
            var start = at;
            var c = line.charAt(at);
            if (c == '"') {
                at = endOfString(at + 1);
                var after = at;
                while (after < line.length() && Character.isWhitespace(line.charAt(after))) {
                    after++;
                }
                var isKey = after < line.length() && line.charAt(after) == ':';
                add(start, isKey ? Meaning.KEY : Meaning.STRING);
            } else if (c == '-' || Character.isDigit(c)) {
                at++;
                while (at < line.length() && "0123456789+-.eE".indexOf(line.charAt(at)) >= 0) {
                    at++;
                }
                add(start, Meaning.NUMBER);
            } else if (Character.isLetter(c)) {
                while (at < line.length() && Character.isLetter(line.charAt(at))) {
                    at++;
                }
                add(start, Meaning.WORD);
            } else if ("{}[],:".indexOf(c) >= 0) {
                at++;
                add(start, Meaning.PUNCTUATION);
            } else {
                while (at < line.length() && !startsPart(line.charAt(at))) {
                    at++;
                }
                add(start, Meaning.TEXT);
            }
        }

        private static boolean startsPart(char c) {
            return c == '"' || c == '-' || Character.isLetterOrDigit(c) || "{}[],:".indexOf(c) >= 0;
        }

        private int endOfString(int from) {
            var escaped = false;
            for (var i = from; i < line.length(); i++) {
                var c = line.charAt(i);
                if (escaped) {
                    escaped = false;
                } else if (c == '\\') {
                    escaped = true;
                } else if (c == '"') {
                    return i + 1;
                }
            }
            return line.length();
        }

        private void add(int start, Meaning meaning) {
            parts.add(new Part(line.substring(start, at), meaning));
        }
    }
}
