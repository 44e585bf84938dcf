package org.deadletteroffice.core.cause;

/// What is written of a message while it is folded: its words, and `#` where data stood.
final class FoldedText {
    private final StringBuilder out;

    /// Whether `# #` is one piece of data: `Fiber 500` and `Mobile Flat` are one name each.
    private final boolean joinsNames;

    FoldedText(int capacity, boolean joinsNames) {
        this.out = new StringBuilder(capacity);
        this.joinsNames = joinsNames;
    }

    int length() {
        return out.length();
    }

    void append(char c) {
        out.append(c);
    }

    void append(String text) {
        out.append(text);
    }

    void append(String text, int from, int to) {
        out.append(text, from, to);
    }

    /// One space between words, and none at the beginning.
    void space() {
        if (!out.isEmpty() && !endsWith(" ")) {
            out.append(' ');
        }
    }

    void takeBack(int characters) {
        out.setLength(out.length() - characters);
    }

    /// `1.5`, `10.0.0.1:9092` and `2026-01-31` are one number each.
    void data() {
        int last = out.length() - 1;
        boolean joins =
                last > 0
                        && out.charAt(last - 1) == '#'
                        && (".:,-/".indexOf(out.charAt(last)) >= 0
                                || (joinsNames && out.charAt(last) == ' '));
        if (joins) {
            out.setLength(last);
        } else {
            out.append('#');
        }
    }

    /// A name, which goes on where one ended: `Green & Sons`, `Okonkwo-Smith`.
    void name() {
        int last = out.length();
        if (last > 1 && out.charAt(last - 2) == '#' && " -/'".indexOf(out.charAt(last - 1)) >= 0) {
            takeBack(1);
        } else if (endsWith("# & ")) {
            takeBack(3);
        } else {
            out.append('#');
        }
    }

    /// The local part of an address was written already.
    void mailbox() {
        int start = out.length();
        while (start > 0
                && !Character.isWhitespace(out.charAt(start - 1))
                && "<([=:,/".indexOf(out.charAt(start - 1)) < 0) {
            start--;
        }
        out.setLength(start);
        out.append("#@#");
    }

    /// A name of which only the numbers vary.
    void digitsFolded(String text, int from, int to) {
        for (int i = from; i < to; i++) {
            if (!IdShapes.isDigit(text.charAt(i))) {
                out.append(text.charAt(i));
            } else if (i == from || !IdShapes.isDigit(text.charAt(i - 1))) {
                out.append('#');
            }
        }
    }

    /// The same for a word, whose number may go on where one ended: `10.5x`.
    void numbersFolded(String text, int from, int to) {
        for (int i = from; i < to; i++) {
            if (!IdShapes.isDigit(text.charAt(i))) {
                out.append(text.charAt(i));
            } else if (i == from || !IdShapes.isDigit(text.charAt(i - 1))) {
                data();
            }
        }
    }

    boolean endsWith(String end) {
        return out.length() >= end.length() && out.indexOf(end, out.length() - end.length()) >= 0;
    }

    boolean endsWithData() {
        int last = out.length() - 1;
        while (last >= 0 && " ,.".indexOf(out.charAt(last)) >= 0) {
            last--;
        }
        return last >= 0 && out.charAt(last) == '#';
    }

    /// `'#'`
    boolean endsWithQuotation() {
        int last = out.length() - 1;
        return last > 0 && out.charAt(last - 1) == '#' && Quotation.closes(out.charAt(last));
    }

    @Override
    public String toString() {
        return out.toString();
    }
}
