package org.deadletteroffice.core.decode;

/// The words of a `.proto` file, comments passed over.
final class ProtoTokens {
    private static final String END = "";

    private final String text;
    private int at;
    private int line = 1;
    private String ahead;

    ProtoTokens(String text) {
        this.text = text;
        this.ahead = END;
        advance();
    }

    boolean atEnd() {
        return ahead.isEmpty();
    }

    String peek() throws SyntaxProblem {
        if (atEnd()) {
            throw stop("it ends too early");
        }
        return ahead;
    }

    String next() throws SyntaxProblem {
        var word = peek();
        advance();
        return word;
    }

    void expect(String word) throws SyntaxProblem {
        if (!next().equals(word)) {
            throw stop("'" + word + "' was expected");
        }
    }

    /// What stands between quotes.
    String text() throws SyntaxProblem {
        var word = next();
        if (word.length() < 2 || (word.charAt(0) != '"' && word.charAt(0) != '\'')) {
            throw stop("a text in quotes was expected");
        }
        return word.substring(1, word.length() - 1);
    }

    int number() throws SyntaxProblem {
        var word = next();
        try {
            return word.equals("-") ? -number() : Integer.decode(word);
        } catch (NumberFormatException notOne) {
            throw stop("a number was expected");
        }
    }

    /// Passes over `[ … ]` and gives the value of one option; empty where it is not there.
    String option(String name) throws SyntaxProblem {
        expect("[");
        var value = "";
        int depth = 1;
        while (depth > 0) {
            var word = next();
            depth += isOpening(word) ? 1 : isClosing(word) ? -1 : 0;
            if (depth == 1 && word.equals(name) && peek().equals("=")) {
                next();
                value = peek();
            }
        }
        return value;
    }

    /// To the end of a statement: a semicolon, or the end of its block.
    void skipStatement() throws SyntaxProblem {
        int depth = 0;
        while (true) {
            var word = next();
            if (isOpening(word)) {
                depth++;
            } else if (isClosing(word)) {
                depth--;
                if (depth == 0 && word.equals("}") && (atEnd() || !ahead.equals(";"))) {
                    return;
                }
            } else if (depth == 0 && word.equals(";")) {
                return;
            }
        }
    }

    private static boolean isOpening(String word) {
        return word.equals("{") || word.equals("[") || word.equals("(");
    }

    private static boolean isClosing(String word) {
        return word.equals("}") || word.equals("]") || word.equals(")");
    }

    SyntaxProblem stop(String sentence) {
        return new SyntaxProblem(sentence, line, 0);
    }

    private void advance() {
        skipSpace();
        if (at >= text.length()) {
            ahead = END;
            return;
        }
        int from = at;
        char c = text.charAt(at);
        if (c == '"' || c == '\'') {
            at++;
            while (at < text.length() && text.charAt(at) != c && text.charAt(at) != '\n') {
                at += text.charAt(at) == '\\' ? 2 : 1;
            }
            at = Math.min(text.length(), at + 1);
        } else if (isWord(c)) {
            while (at < text.length() && isWord(text.charAt(at))) {
                at++;
            }
        } else {
            at++;
        }
        ahead = text.substring(from, at);
    }

    private static boolean isWord(char c) {
        return Character.isLetterOrDigit(c) || c == '_' || c == '.';
    }

    private void skipSpace() {
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c == '\n') {
                line++;
                at++;
            } else if (Character.isWhitespace(c)) {
                at++;
            } else if (text.startsWith("//", at)) {
                int end = text.indexOf('\n', at);
                at = end < 0 ? text.length() : end;
            } else if (text.startsWith("/*", at)) {
                int end = text.indexOf("*/", at + 2);
                at = end < 0 ? text.length() : end + 2;
            } else {
                return;
            }
        }
    }
}
