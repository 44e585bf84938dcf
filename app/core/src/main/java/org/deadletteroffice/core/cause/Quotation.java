package org.deadletteroffice.core.cause;

import org.jspecify.annotations.Nullable;

/// What stands in quotes in an error's message: the name of a thing of the program (`column
/// "email"`), or data.
///
/// @param start of the opening quote
/// @param end of the closing one
record Quotation(String text, int start, int end) {
    /// What is longer is no quotation.
    static final int LONGEST = 300;

    private static final String OPENING = "'\"`“‘«„‹";
    private static final String CLOSING = "'\"`”’»“›";

    static boolean opens(char c) {
        return OPENING.indexOf(c) >= 0;
    }

    static boolean closes(char c) {
        return CLOSING.indexOf(c) >= 0;
    }

    /// The one that opens here; null where nothing closes it.
    static @Nullable Quotation at(String text, int start) {
        int end = end(text, start);
        return end < 0 ? null : new Quotation(text, start, end);
    }

    private static int end(String text, int start) {
        char quote = text.charAt(start);
        if (start + 1 < text.length() && "{[".indexOf(text.charAt(start + 1)) >= 0) {
            int object = Brackets.end(text, start + 1);
            if (object > 0 && object < text.length() && text.charAt(object) == quote) {
                return object;
            }
        }
        char closing = CLOSING.charAt(OPENING.indexOf(quote));
        int limit = Math.min(text.length(), start + LONGEST);
        for (int end = start + 1; end < limit; end++) {
            char c = text.charAt(end);
            if (c == '\\') {
                end++;
            } else if ((c == closing || (quote == '`' && c == '\''))
                    && !IdShapes.wordAt(text, end + 1)) {
                return end;
            }
        }
        return -1;
    }

    /// Whether it names a thing of the program, and so is the same in every telling.
    ///
    /// @param before the word before it, in lower case
    /// @param beforeThat the one before that
    boolean isName(String before, String beforeThat) {
        var content = text.substring(start + 1, end);
        if (!FoldWords.isName(content)) {
            return false;
        }
        // Python's KeyError has nothing but the key as its text.
        boolean alone = start == 0 && end == text.length() - 1;
        return FoldWords.isCompoundName(content)
                || isSubscript()
                || (alone && content.chars().noneMatch(c -> IdShapes.isDigit((char) c)))
                || FoldWords.namesNext(before, beforeThat)
                || FoldWords.namesBefore(
                        text.substring(end + 1, Math.min(text.length(), end + 24)));
    }

    /// `order["total"]`
    private boolean isSubscript() {
        return start > 1
                && text.charAt(start - 1) == '['
                && (IdShapes.wordAt(text, start - 2) || text.charAt(start - 2) == '>')
                && end + 1 < text.length()
                && text.charAt(end + 1) == ']';
    }
}
