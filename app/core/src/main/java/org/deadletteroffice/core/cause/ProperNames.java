package org.deadletteroffice.core.cause;

/// Names of persons and things within a sentence that the user's own code wrote.
final class ProperNames {
    /// Where a name that begins here ends; 0 where none does. `Ann`, `Ann Lee` and `Maria de la
    /// Cruz` in a sentence; at its beginning only with a second name, since each sentence begins
    /// with a capital. `PICKED_UP` in a sentence, too: constants are data there. No
    /// `TimeoutException`, no `java.time.Instant`.
    static int end(String text, int at, int end) {
        boolean begins = at < 2 || ".:!?;=".indexOf(text.charAt(at - 2)) >= 0;
        char left = at == 0 ? ' ' : text.charAt(at - 1);
        if (" -('/".indexOf(left) < 0) {
            return 0;
        }
        int constant = begins ? 0 : constantEnd(text, at);
        if (constant > 0) {
            return constant;
        }
        int first = afterParticles(text, at, end);
        int last = wordEnd(text, first);
        boolean initial = last == first + 1 && text.startsWith(". ", last);
        if (!(initial
                        ? Character.isUpperCase(text.charAt(first))
                        : isCapitalised(text, first, last))
                || isOfCode(text, last)) {
            return 0;
        }
        int next = nextWord(text, last);
        int particles = 0;
        while (next > 0) {
            int nextEnd = wordEnd(text, next);
            if (isOfName(text, next, nextEnd) && !isOfCode(text, nextEnd)) {
                last = nextEnd;
                particles = 0;
            } else if (++particles > 2 || !FoldWords.isParticle(text.substring(next, nextEnd))) {
                break;
            }
            next = nextWord(text, nextEnd);
        }
        return begins && last == end ? 0 : last;
    }

    /// Where the name goes on behind particles, as in `van der Berg`; `at` where none begin it.
    private static int afterParticles(String text, int at, int end) {
        int first = at;
        int firstEnd = end;
        for (int i = 0; i < 3 && FoldWords.beginsName(text.substring(first, firstEnd)); i++) {
            int next = nextWord(text, firstEnd);
            if (next == 0) {
                return at;
            }
            first = next;
            firstEnd = wordEnd(text, next);
        }
        return first;
    }

    /// As the first, or `GmbH` and `II` behind it.
    private static boolean isOfName(String text, int at, int end) {
        return isCapitalised(text, at, end)
                || (end - at <= 4 && Character.isUpperCase(text.charAt(at)));
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
        // `J. Okonkwo`, `Green & Sons`, `Muster & Co. KG`
        boolean shortened =
                text.startsWith(". ", end)
                        && !(IdShapes.wordAt(text, end - 2) && IdShapes.wordAt(text, end - 3));
        int at = end + (text.startsWith(" & ", end) ? 3 : shortened ? 2 : 1);
        boolean spaced = end < text.length() && (text.charAt(end) == ' ' || shortened);
        return spaced && IdShapes.wordAt(text, at) ? at : 0;
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
