package org.deadletteroffice.core.cause;

/// Folds what varies between two tellings of the same error: numbers, ids, UUIDs, times, addresses,
/// quoted values. One pass, no regular expressions: error messages are as hostile as payloads, and
/// this runs for every message of a queue.
final class MessageFold {
    /// What follows is detail of the one message.
    private static final int LENGTH = 600;

    private static final int MAX_QUOTED = 300;

    private final String text;
    private final StringBuilder out;
    private final int begin;

    private MessageFold(String text, StringBuilder out) {
        this.text = text.length() <= LENGTH ? text : text.substring(0, LENGTH);
        this.out = out;
        this.begin = out.length();
    }

    static void fold(String message, StringBuilder out) {
        new MessageFold(message, out).run();
    }

    static String fold(String message) {
        var out = new StringBuilder();
        fold(message, out);
        return out.toString();
    }

    private void run() {
        int at = 0;
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c == '\'' || c == '"' || c == '`') {
                at = quoted(at, c);
            } else if (isWord(c)) {
                at = word(at);
            } else if (Character.isWhitespace(c)) {
                if (out.length() > begin && out.charAt(out.length() - 1) != ' ') {
                    out.append(' ');
                }
                at++;
            } else if (c == '-' && digitAt(at + 1) && !wordAt(at - 1)) {
                // A sign belongs to its number.
                at++;
            } else {
                out.append(c);
                at++;
            }
        }
    }

    private int quoted(int at, char quote) {
        if (quote == '\'' && wordAt(at - 1)) {
            out.append(quote);
            return at + 1;
        }
        int limit = Math.min(text.length(), at + MAX_QUOTED);
        for (int end = at + 1; end < limit; end++) {
            if (text.charAt(end) == quote && !wordAt(end + 1)) {
                out.append(quote).append('#').append(quote);
                return end + 1;
            }
        }
        if (text.length() == LENGTH) {
            // The message was cut within the quotation.
            out.append(quote).append('#');
            return text.length();
        }
        out.append(quote);
        return at + 1;
    }

    private int word(int at) {
        int end = at;
        int digits = 0;
        int groups = 0;
        while (end < text.length() && isWord(text.charAt(end))) {
            if (isDigit(text.charAt(end))) {
                digits++;
                if (end == at || !isDigit(text.charAt(end - 1))) {
                    groups++;
                }
            }
            end++;
        }
        if (end < text.length() && text.charAt(end) == '@' && wordAt(end + 1)) {
            return address(at, end);
        }
        int uuid = uuidEnd(at);
        if (uuid > 0) {
            number();
            return uuid;
        }
        int length = end - at;
        if (digits == 0) {
            out.append(text, at, end);
        } else if (digits == length || groups > 1 || length >= 12) {
            number();
        } else {
            for (int i = at; i < end; i++) {
                if (!isDigit(text.charAt(i))) {
                    out.append(text.charAt(i));
                } else if (i == at || !isDigit(text.charAt(i - 1))) {
                    number();
                }
            }
        }
        return end;
    }

    /// `1.5`, `10.0.0.1:9092` and `2026-01-31` are one number each.
    private void number() {
        int last = out.length() - 1;
        if (last > begin && ".:,-/".indexOf(out.charAt(last)) >= 0 && out.charAt(last - 1) == '#') {
            out.setLength(last);
        } else {
            out.append('#');
        }
    }

    /// `Order@1b2c3d` keeps its class name; `ann.lee@example.org` is folded whole.
    private int address(int at, int sign) {
        int end = sign + 1;
        boolean hex = true;
        while (end < text.length()
                && (isWord(text.charAt(end)) || (text.charAt(end) == '.' && wordAt(end + 1)))) {
            char c = text.charAt(end);
            hex &= isHex(c);
            end++;
        }
        if (hex) {
            out.append(text, at, sign).append("@#");
            return end;
        }
        int start = out.length();
        while (start > begin
                && !Character.isWhitespace(out.charAt(start - 1))
                && "<([=:,".indexOf(out.charAt(start - 1)) < 0) {
            start--;
        }
        out.setLength(start);
        out.append("#@#");
        return end;
    }

    /// 8-4-4-4-12 hexadecimal digits; 0 where there is none.
    private int uuidEnd(int at) {
        int end = at + 36;
        if (end > text.length() || wordAt(end)) {
            return 0;
        }
        for (int i = 0; i < 36; i++) {
            char c = text.charAt(at + i);
            boolean dash = i == 8 || i == 13 || i == 18 || i == 23;
            if (dash ? c != '-' : !isHex(c)) {
                return 0;
            }
        }
        return end;
    }

    private boolean wordAt(int at) {
        return at >= 0 && at < text.length() && isWord(text.charAt(at));
    }

    private boolean digitAt(int at) {
        return at < text.length() && isDigit(text.charAt(at));
    }

    private static boolean isWord(char c) {
        return c < 128
                ? isDigit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z')
                : Character.isLetterOrDigit(c);
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private static boolean isHex(char c) {
        return isDigit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
    }
}
