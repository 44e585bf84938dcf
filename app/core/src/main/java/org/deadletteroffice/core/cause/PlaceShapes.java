package org.deadletteroffice.core.cause;

/// How places look in a message: files, resources of AWS, names of pods and locales. All methods
/// are linear in what they take.
final class PlaceShapes {
    private static final String ENDS_PATH = "\"'`)]>,;";

    private static final int LONGEST_HOST = 256;

    /// Kubernetes takes the letters of its suffixes from these.
    private static final String POD_LETTERS = "bcdfghjklmnpqrstvwxz";

    /// Where the file's name ends that begins with a slash here, `/var/spool/a-17.zpl`: it has two
    /// parts or more; 0 where there is none.
    static int pathEnd(String text, int at) {
        boolean begins = at == 0 || " :=(".indexOf(text.charAt(at - 1)) >= 0;
        if (!begins || !IdShapes.wordAt(text, at + 1)) {
            return 0;
        }
        int end = at + 1;
        int parts = 1;
        while (end < text.length()
                && !Character.isWhitespace(text.charAt(end))
                && ENDS_PATH.indexOf(text.charAt(end)) < 0) {
            if (text.charAt(end) == '/' && IdShapes.wordAt(text, end + 1)) {
                parts++;
            }
            end++;
        }
        while (".:".indexOf(text.charAt(end - 1)) >= 0) {
            end--;
        }
        return parts > 1 ? end : 0;
    }

    /// Where the resource ends whose ARN begins here; 0 where none does.
    static int arnEnd(String text, int at) {
        if (!text.startsWith("arn:", at) || IdShapes.wordAt(text, at - 1)) {
            return 0;
        }
        int end = at;
        while (end < text.length()
                && !Character.isWhitespace(text.charAt(end))
                && ENDS_PATH.indexOf(text.charAt(end)) < 0) {
            end++;
        }
        while (end > at && ".:".indexOf(text.charAt(end - 1)) >= 0) {
            end--;
        }
        return end;
    }

    /// `de-AT`; 0 where there is none.
    static int localeEnd(String text, int at) {
        int end = at + 5;
        return end <= text.length()
                        && isLower(text.charAt(at))
                        && isLower(text.charAt(at + 1))
                        && text.charAt(at + 2) == '-'
                        && isUpper(text.charAt(at + 3))
                        && isUpper(text.charAt(at + 4))
                        && !IdShapes.wordAt(text, end)
                        && (at == 0 || " :('\"".indexOf(text.charAt(at - 1)) >= 0)
                ? end
                : 0;
    }

    /// The last part of a pod's name, behind the hash of its replica set: `-x2kqp`.
    static boolean isPodSuffix(String word) {
        if (word.length() != 5) {
            return false;
        }
        for (int i = 0; i < 5; i++) {
            if (POD_LETTERS.indexOf(word.charAt(i)) < 0) {
                return false;
            }
        }
        return true;
    }

    /// Where the file's name ends that begins here without a slash, `exports/acme/returns.csv`: two
    /// slashes or more, and an ending; 0 where there is none.
    static int fileEnd(String text, int at) {
        if (at > 0 && " :=(".indexOf(text.charAt(at - 1)) < 0) {
            return 0;
        }
        int end = at;
        int slashes = 0;
        int dot = 0;
        while (end < text.length()) {
            char c = text.charAt(end);
            if (c == '/') {
                slashes++;
                dot = 0;
            } else if (c == '.') {
                dot = end;
            }
            if (!IdShapes.isWord(c) && ("-_./".indexOf(c) < 0 || !IdShapes.wordAt(text, end + 1))) {
                break;
            }
            end++;
        }
        boolean ends = dot > 0 && dot < end && end - dot <= 8;
        boolean whole = end == text.length() || " ,;:.)".indexOf(text.charAt(end)) >= 0;
        return slashes >= 2 && ends && whole ? end : 0;
    }

    /// `<ann@lee.test>`, whose local part may be quoted (RFC 5321, 4.1.2); 0 where none is.
    static int mailboxEnd(String text, int at) {
        int limit = Math.min(text.length(), at + 320);
        boolean quoted = text.startsWith("\"", at + 1);
        int sign = 0;
        for (int end = at + 1; end < limit; end++) {
            char c = text.charAt(end);
            if (c == '>') {
                return sign > 0 ? end + 1 : 0;
            }
            if (c == '@') {
                sign = end;
            } else if (c == '<' || (c == ' ' && (!quoted || sign > 0))) {
                return 0;
            }
        }
        return 0;
    }

    /// The port of `connect ECONNREFUSED 10.0.1.7:6379` and `dial tcp 10.0.1.7:6379: refused`: it
    /// tells which service was called, while the host is one of many.
    static boolean isCalledPort(String text, int at, int end) {
        if (at < 2 || text.charAt(at - 1) != ':' || text.startsWith("->", end)) {
            return false;
        }
        int host = at - 1;
        while (host > 0
                && at - host < LONGEST_HOST
                && (IdShapes.isWord(text.charAt(host - 1))
                        || ".-".indexOf(text.charAt(host - 1)) >= 0)) {
            host--;
        }
        if (host < at - 1 && text.startsWith("dial tcp ", host - 9)) {
            return true;
        }
        int error = host - 1;
        while (error > 0 && isUpper(text.charAt(error - 1))) {
            error--;
        }
        return host < at - 1
                && host > 0
                && text.charAt(host - 1) == ' '
                && host - 1 - error >= 6
                && text.charAt(error) == 'E';
    }

    /// Where the rest of a URL ends, from within it.
    static int urlEnd(String text, int from) {
        int at = from;
        while (at < text.length()
                && !Character.isWhitespace(text.charAt(at))
                && "\"'`)]>".indexOf(text.charAt(at)) < 0
                && !(",;:.".indexOf(text.charAt(at)) >= 0 && !IdShapes.wordAt(text, at + 1))) {
            at++;
        }
        return at;
    }

    /// `dhl-express`, `gls_de`, `checkout.express-v2`, `exports/acme/returns.csv`, `repeat:9f2c`:
    /// words in lower case that are joined to one name; 0 where there is none, and for what is a
    /// name of the code by what follows it.
    ///
    /// @param anyJoint that a dot or a backslash is one, too: what stands before says that a name
    ///     follows
    static int compoundEnd(String text, int at, boolean anyJoint) {
        if (!isLower(text.charAt(at)) || (at > 0 && " (\\".indexOf(text.charAt(at - 1)) < 0)) {
            return 0;
        }
        int end = at;
        boolean joined = false;
        while (end < text.length()) {
            char c = text.charAt(end);
            boolean joins =
                    c == ':'
                            ? end + 1 < text.length() && IdShapes.isDigit(text.charAt(end + 1))
                            : "-_./\\".indexOf(c) >= 0 && IdShapes.wordAt(text, end + 1);
            if (!joins && !isLower(c) && !IdShapes.isDigit(c)) {
                break;
            }
            joined |= joins && (anyJoint || (c != '.' && c != '\\'));
            end++;
        }
        boolean whole = end == text.length() || " ,.;:)".indexOf(text.charAt(end)) >= 0;
        return joined && whole ? end : 0;
    }

    /// `(Zebra ZT411)`, `(legacy)` behind a name: which one, rather than what went wrong with it.
    static boolean isAside(String text, int at) {
        int end = Brackets.end(text, at);
        if (end < 0) {
            return false;
        }
        boolean oneWord = true;
        for (int i = at + 1; i < end - 1; i++) {
            char c = text.charAt(i);
            if (IdShapes.isDigit(c) || Character.isUpperCase(c)) {
                return true;
            }
            oneWord &= IdShapes.isWord(c);
        }
        return oneWord;
    }

    /// Letters of both cases as chance has them, `KpQzTrLmNvXw`, and no `camelCaseOfWords`.
    static boolean isRandomCase(String word) {
        if (word.length() < 10) {
            return false;
        }
        int turns = 0;
        for (int i = 1; i < word.length(); i++) {
            if (isUpper(word.charAt(i)) != isUpper(word.charAt(i - 1))) {
                turns++;
            }
        }
        return turns * 2 > word.length();
    }

    private static boolean isLower(char c) {
        return c >= 'a' && c <= 'z';
    }

    private static boolean isUpper(char c) {
        return c >= 'A' && c <= 'Z';
    }

    private PlaceShapes() {}
}
