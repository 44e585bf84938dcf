package org.deadletteroffice.core.query;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.deadletteroffice.core.decode.BytePattern;
import org.deadletteroffice.spi.decode.PlainBytes;
import org.jspecify.annotations.Nullable;

/// A word to be found, whatever its case.
///
/// @param text in lower case
/// @param isPlain made of letters, digits and `_.-` of ASCII alone
/// @param bytes finds it in bytes that are all ASCII; null where it cannot stand there
record SearchWord(String text, boolean isPlain, @Nullable BytePattern bytes) {
    static SearchWord of(String word) {
        var text = word.toLowerCase(Locale.ROOT);
        boolean ascii = text.chars().allMatch(c -> c < 0x80);
        boolean plain = ascii && text.chars().allMatch(SearchWord::isOfNames);
        return new SearchWord(text, plain, ascii ? BytePattern.ofAnyCase(text) : null);
    }

    private static boolean isOfNames(int c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '.' || c == '-';
    }

    /// The same as `new String(utf8, UTF_8).toLowerCase(Locale.ROOT).contains(text)`.
    boolean isIn(byte[] utf8) {
        if (!PlainBytes.isAscii(utf8)) {
            // Some letters of Unicode have ASCII letters as their lower case.
            return new String(utf8, StandardCharsets.UTF_8).toLowerCase(Locale.ROOT).contains(text);
        }
        return bytes != null && bytes.isIn(utf8);
    }
}
