package org.deadletteroffice.core.cause;

/// Names of persons and things within a sentence that the user's own code wrote.
final class ProperNames {
    /// Where a name that begins here ends; 0 where none does. `Ann`, `Ann Lee` and `Maria de la
    /// Cruz` in a sentence; at its beginning only with a second name, since each sentence begins
    /// with a capital. `PICKED_UP` in a sentence, too: constants are data there. No
    /// `TimeoutException`, no `java.time.Instant`.
    static int end(String text, int at, int end) {
        boolean begins = at < 2 || ".:!?;".indexOf(text.charAt(at - 2)) >= 0;
        char left = at == 0 ? ' ' : text.charAt(at - 1);
        if (left != ' ' && left != '-' && left != '(') {
            return 0;
        }
        int constant = begins ? 0 : constantEnd(text, at);
        if (constant > 0) {
            return constant;
        }
        if (!isCapitalised(text, at, end) || isOfCode(text, end)) {
            return 0;
        }
        int last = end;
        int next = nextWord(text, last);
        int particles = 0;
        while (next > 0) {
            int nextEnd = wordEnd(text, next);
            if (isCapitalised(text, next, nextEnd) && !isOfCode(text, nextEnd)) {
                last = nextEnd;
                particles = 0;
            } else if (++particles > 2 || !FoldWords.isParticle(text.substring(next, nextEnd))) {
                break;
            }
            next = nextWord(text, nextEnd);
        }
        return begins && last == end ? 0 : last;
    }

    private static boolean isCapitalised(String text, int at, int end) {
        if (end - at < 2 || !Character.isUpperCase(text.charAt(at))) {
            return false;
        }
        for (int i = at + 1; i < end; i++) {
            if (!Character.isLowerCase(text.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    /// 0 where the word is no constant's name.
    private static int constantEnd(String text, int at) {
        int end = at;
        while (end < text.length()
                && (Character.isUpperCase(text.charAt(end))
                        || text.charAt(end) == '_'
                        || IdShapes.isDigit(text.charAt(end)))) {
            end++;
        }
        return end - at < 2 || IdShapes.wordAt(text, end) || isOfCode(text, end) ? 0 : end;
    }

    private static boolean isOfCode(String text, int end) {
        char right = end < text.length() ? text.charAt(end) : ' ';
        return "([@$<=".indexOf(right) >= 0
                || ((right == '.' || right == ':') && IdShapes.wordAt(text, end + 1))
                || right == '_';
    }

    /// Of the word that follows after one space; 0 where none does.
    private static int nextWord(String text, int end) {
        int at = text.startsWith(" & ", end) ? end + 3 : end + 1;
        return end < text.length() && text.charAt(end) == ' ' && IdShapes.wordAt(text, at) ? at : 0;
    }

    private static int wordEnd(String text, int at) {
        int end = at;
        while (IdShapes.wordAt(text, end)) {
            end++;
        }
        return end;
    }

    private ProperNames() {}
}
