package org.deadletteroffice.core.cause;

/// How ids look that are no plain numbers. None looks further than its longest id, as it is asked
/// at each word of a message.
final class IdShapes {
    private static final int LONGEST_ARTICLE = 64;
    private static final int LONGEST_IPV6 = 45;
    private static final int LONGEST_ENTITY = 300;
    private static final int LONGEST_LABELLED = 200;

    /// Numbers of articles, invoices and the like, `SKU-17`, `A-100-B`: capitals and digits,
    /// joined; 0 where there is none.
    static int articleEnd(String text, int at) {
        int end = at;
        boolean digit = false;
        boolean joined = false;
        while (end < text.length() && end - at <= LONGEST_ARTICLE) {
            char c = text.charAt(end);
            if (c == '-' && wordAt(text, end + 1)) {
                joined = true;
            } else if (isDigit(c)) {
                digit = true;
            } else if (c < 'A' || c > 'Z') {
                break;
            }
            end++;
        }
        boolean ends =
                end - at <= LONGEST_ARTICLE
                        && !wordAt(text, end)
                        && !(end < text.length() && text.charAt(end) == '_');
        return digit && joined && ends && Character.isUpperCase(text.charAt(at)) ? end : 0;
    }

    /// 8-4-4-4-12 hexadecimal digits; 0 where there is none.
    static int uuidEnd(String text, int at) {
        int end = at + 36;
        if (end > text.length() || wordAt(text, end)) {
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

    /// `2001:db8::ff00:42` and `0a:1b:2c:3d:4e:5f`; a time of day has two colons and is none; 0
    /// where there is none.
    static int ipv6End(String text, int at) {
        int end = at;
        int colons = 0;
        boolean doubled = false;
        while (end < text.length()
                && end - at <= LONGEST_IPV6
                && (isHex(text.charAt(end)) || text.charAt(end) == ':')) {
            if (text.charAt(end) == ':') {
                colons++;
                doubled |= end > at && text.charAt(end - 1) == ':';
            }
            end++;
        }
        boolean ends = !wordAt(text, end) && end - at <= LONGEST_IPV6;
        boolean some = end - at > 2;
        return ends && some && (colons >= 5 || (doubled && colons >= 2)) ? end : 0;
    }

    /// Whether a letter or digit stands at `at`; false outside the text.
    static boolean wordAt(String text, int at) {
        return at >= 0 && at < text.length() && isWord(text.charAt(at));
    }

    static boolean isWord(char c) {
        return c < 128
                ? isDigit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z')
                : Character.isLetterOrDigit(c);
    }

    static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    static boolean isHex(char c) {
        return isDigit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
    }

    /// `eR7_2Lm:APA91bE9zz`: where a random token that begins here ends; 0 where none does. It has
    /// letters of both cases with three numbers among them, one in its first part (that of
    /// `pay_3NfE9x1` tells what it is of), and no dot behind it, as names of the program have.
    static int tokenEnd(String text, int at) {
        if (at > 0 && isOfToken(text.charAt(at - 1))) {
            return 0;
        }
        int end = at;
        int numbers = 0;
        boolean lower = false;
        boolean upper = false;
        while (end < text.length() && isOfToken(text.charAt(end))) {
            char c = text.charAt(end);
            numbers += isDigit(c) && (end == at || !isDigit(text.charAt(end - 1))) ? 1 : 0;
            if (numbers == 0 && !isWord(c)) {
                return 0;
            }
            lower |= c >= 'a' && c <= 'z';
            upper |= c >= 'A' && c <= 'Z';
            end++;
        }
        while (end > at && !wordAt(text, end - 1)) {
            end--;
        }
        boolean random = numbers >= 3 && lower && upper && end - at >= 10;
        boolean dotted = end < text.length() && text.charAt(end) == '.' && wordAt(text, end + 1);
        return random && !dotted ? end : 0;
    }

    /// `8c11-aa`, `LX318`, `u2/8841`: where the word between spaces ends that has letters and a
    /// digit somewhere, and is no address, number or name of the code; 0 where none begins here.
    static int mixedEnd(String text, int at) {
        if (at > 0 && " (\t".indexOf(text.charAt(at - 1)) < 0) {
            return 0;
        }
        int end = at;
        boolean digit = false;
        boolean letter = false;
        while (end < text.length()) {
            char c = text.charAt(end);
            if (isWord(c)) {
                digit |= isDigit(c);
                letter |= !isDigit(c);
            } else if ("-_/.:".indexOf(c) < 0 || !wordAt(text, end + 1)) {
                break;
            }
            end++;
        }
        boolean whole = end == text.length() || " ,;:.)\n".indexOf(text.charAt(end)) >= 0;
        return whole && digit && letter ? end : 0;
    }

    /// Of an entity, behind its class and `#`, as Hibernate prints it within brackets:
    /// `[com.shop.Order#A-17]`, `[com.shop.Order#component[a,b]{a=1, b=2}]`; 0 where it has no
    /// number (`[StockClient#reserve(Order)]` is a method).
    static int entityIdEnd(String text, int at) {
        int limit = Math.min(text.length(), at + LONGEST_ENTITY);
        int depth = 0;
        boolean digit = false;
        for (int end = at; end < limit; end++) {
            char c = text.charAt(end);
            digit |= isDigit(c);
            if (c == '[' || c == '{' || c == '(') {
                depth++;
            } else if ((c == ']' || c == '}' || c == ')') && --depth < 0) {
                return digit && c == ']' ? end : 0;
            } else if (depth == 0 && Character.isWhitespace(c)) {
                return 0;
            }
        }
        return 0;
    }

    /// What is told to be an id by the word before it, `RequestId:7a1c`, `HostID: h1Xb+a/9dQ=`; 0
    /// where that says something else, as in `order id: is missing`.
    static int labelledEnd(String text, int at) {
        int label = at;
        while (label > 0 && text.charAt(label - 1) == ' ') {
            label--;
        }
        boolean colon = label > 2 && ":=".indexOf(text.charAt(label - 1)) >= 0;
        if (!colon || at - label > 1) {
            return 0;
        }
        var end = text.substring(label - 3, label - 1);
        boolean alone = !wordAt(text, label - 4);
        if (!end.equals("ID") && !end.equals("Id") && !(end.equals("id") && alone)) {
            return 0;
        }
        int to = at;
        boolean random = false;
        while (to < text.length()
                && to - at <= LONGEST_LABELLED
                && !Character.isWhitespace(text.charAt(to))
                && ",;)]}\"'".indexOf(text.charAt(to)) < 0) {
            char c = text.charAt(to);
            random |= isDigit(c) || c == '+' || c == '/';
            to++;
        }
        while (to > at && ".:".indexOf(text.charAt(to - 1)) >= 0) {
            to--;
        }
        return (random && to - at <= LONGEST_LABELLED) || text.startsWith("null", at) ? to : 0;
    }

    private static boolean isOfToken(char c) {
        return isDigit(c)
                || (c >= 'a' && c <= 'z')
                || (c >= 'A' && c <= 'Z')
                || c == '_'
                || c == '-'
                || c == ':';
    }

    private IdShapes() {}
}
