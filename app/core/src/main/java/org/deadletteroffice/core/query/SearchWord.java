package org.deadletteroffice.core.query;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.deadletteroffice.core.decode.PlainBytes;

/// A word to be found, whatever its case.
///
/// @param text in lower case
/// @param isAscii only such a word can stand in bytes that are all ASCII
/// @param isPlain made of letters, digits and `_.-` of ASCII alone
/// @param rare the place of the letter that is least often met: it is looked for first
record SearchWord(String text, boolean isAscii, boolean isPlain, int rare) {
    /// As often as they are met in JSON and in headers, the most frequent first; all others are
    /// rarer.
    private static final String FREQUENT = "\":,e0a1tino rs2l3c5d4u6m8p7g9hbfy{}vkw-._/xjzq";

    static SearchWord of(String word) {
        var text = word.toLowerCase(Locale.ROOT);
        boolean ascii = text.chars().allMatch(c -> c < 0x80);
        boolean plain = ascii && text.chars().allMatch(SearchWord::isOfNames);
        return new SearchWord(text, ascii, plain, rarest(text));
    }

    private static boolean isOfNames(int c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '.' || c == '-';
    }

    private static int rarest(String text) {
        int best = 0;
        for (int i = 1; i < text.length(); i++) {
            if (rank(text.charAt(i)) > rank(text.charAt(best))) {
                best = i;
            }
        }
        return best;
    }

    private static int rank(char c) {
        int rank = FREQUENT.indexOf(c);
        return rank < 0 ? FREQUENT.length() : rank;
    }

    /// The same as `new String(utf8, UTF_8).toLowerCase(Locale.ROOT).contains(text)`.
    boolean isIn(byte[] utf8) {
        if (!PlainBytes.isAscii(utf8)) {
            // Some letters of Unicode have ASCII letters as their lower case.
            return new String(utf8, StandardCharsets.UTF_8).toLowerCase(Locale.ROOT).contains(text);
        }
        if (!isAscii || utf8.length < text.length()) {
            return false;
        }
        var letters = new String(utf8, StandardCharsets.ISO_8859_1);
        char lower = text.charAt(rare);
        char upper = Character.toUpperCase(lower);
        return isIn(letters, lower) || (upper != lower && isIn(letters, upper));
    }

    private boolean isIn(String letters, char letter) {
        for (int at = letters.indexOf(letter, rare);
                at >= 0;
                at = letters.indexOf(letter, at + 1)) {
            if (letters.regionMatches(true, at - rare, text, 0, text.length())) {
                return true;
            }
        }
        return false;
    }
}
