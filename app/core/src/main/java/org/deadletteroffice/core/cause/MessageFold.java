package org.deadletteroffice.core.cause;

import java.util.Locale;

/// Folds what varies between two tellings of the same error: numbers, ids, UUIDs, times, addresses,
/// quoted values, printed objects. What names a thing of the program stays, though quoted (`column
/// "email"`), and so do numbers that tell what went wrong (`status code 404`). One pass, no regular
/// expressions: error messages are as hostile as payloads, and this runs for every message of a
/// queue.
final class MessageFold {
    /// What follows is detail of the one message.
    private static final int READ = 4_000;

    /// Measured on what is folded, so that the length of an id does not move the end.
    private static final int KEPT = 300;

    private final String text;
    private final StringBuilder out;

    /// Names of persons and things are data, too.
    private final boolean foldsNames;

    private boolean inUrl;
    private String before = "";
    private String beforeThat = "";

    private MessageFold(String text, boolean foldsNames) {
        this.text = text.length() <= READ ? text : text.substring(0, READ);
        this.out = new StringBuilder(Math.min(this.text.length(), KEPT) + 16);
        this.foldsNames = foldsNames;
    }

    static String fold(String message) {
        return fold(message, false);
    }

    /// @param ownSentence the user's own code threw it itself, so that the place tells which
    ///     sentence it is, and capitalised words within it are names
    static String fold(String message, boolean ownSentence) {
        return new MessageFold(message, ownSentence).run();
    }

    private String run() {
        int at = 0;
        while (at < text.length() && out.length() < KEPT) {
            at = step(at);
        }
        var folded = Brackets.collapsed(out.toString()).strip();
        while (folded.endsWith(".") || folded.endsWith(" ")) {
            folded = folded.substring(0, folded.length() - 1);
        }
        return folded.length() <= KEPT ? folded : folded.substring(0, KEPT);
    }

    private int step(int at) {
        char c = text.charAt(at);
        if (Quotation.opens(c)) {
            return quoted(at, c);
        }
        if (IdShapes.isWord(c)) {
            return word(at);
        }
        if (Character.isWhitespace(c)) {
            inUrl = false;
            if (!out.isEmpty() && out.charAt(out.length() - 1) != ' ') {
                out.append(' ');
            }
            return at + 1;
        }
        if (c == '<') {
            int mail = PlaceShapes.mailboxEnd(text, at);
            if (mail > 0) {
                out.append("<#@#>");
                return mail;
            }
        }
        if (c == '{' || c == '[' || c == '(') {
            return opened(at, c);
        }
        if (c == '?' && inUrl) {
            out.append("?#");
            return PlaceShapes.urlEnd(text, at);
        }
        if (c == '/' && !inUrl) {
            int end = PlaceShapes.pathEnd(text, at);
            if (end > 0) {
                return place(at, end);
            }
        }
        if (c == '/' && inUrl && wordAt(at - 1)) {
            int end = pathSegment(at);
            if (end > at) {
                return end;
            }
        }
        if (c == ':') {
            inUrl |= text.startsWith("://", at);
            int address = text.startsWith("::", at) ? IdShapes.ipv6End(text, at) : 0;
            if (address > 0) {
                number();
                return address;
            }
        }
        if ("-+#".indexOf(c) >= 0 && digitAt(at + 1) && !wordAt(at - 1)) {
            // A sign belongs to its number.
            return at + 1;
        }
        if (c == '.' && text.startsWith("...", at) && endsWithQuotation()) {
            // Of a long value the beginning was printed.
            return at + 3;
        }
        out.append(c);
        return at + 1;
    }

    private boolean endsWithQuotation() {
        int last = out.length() - 1;
        return last > 0 && out.charAt(last - 1) == '#' && Quotation.closes(out.charAt(last));
    }

    /// Printed objects: `{"id":17}`, `Order[id=17]`, `(email)=(a@b.c)`, `contains (17, x)`; and
    /// what a library adds in brackets of its own, `(total=10, idle=0)`, which is left out.
    private int opened(int at, char c) {
        if (text.startsWith("[Source: ", at)) {
            // Jackson's quotation of the payload, up to the place in it.
            int end = text.indexOf("; line: ", at);
            out.append("[Source: #");
            return end < 0 ? text.length() : end;
        }
        if (c == '(' && foldsNames && endsWith("# ") && PlaceShapes.isAside(text, at)) {
            // Which one of its name.
            out.setLength(out.length() - 1);
            return Brackets.end(text, at);
        }
        if (c == '[' && Brackets.tellsError(text, at)) {
            out.append(c);
            return at + 1;
        }
        boolean members =
                c == '{'
                        ? Brackets.holdsMembers(text, at)
                        : Brackets.memberName(text, at + 1)
                                || (c == '(' && Brackets.countsSomething(text, at + 1));
        boolean row =
                c == '('
                        && at > 0
                        && (text.charAt(at - 1) == '='
                                || before.equals("contains")
                                || before.equals("values"));
        int end = members || row || c == '(' ? Brackets.end(text, at) : -1;
        boolean loaders = c == '(' && end > 0 && text.startsWith(" is in ", text.indexOf(' ', at));
        if (!members && !row && !loaders) {
            out.append(c);
            return at + 1;
        }
        if (end < 0) {
            end = Brackets.roughEnd(text, at);
        }
        boolean aside = c == '(' && !row && at > 0 && text.charAt(at - 1) == ' ';
        if (aside) {
            if (end < text.length() && ":;,".indexOf(text.charAt(end)) >= 0 && endsWith(" ")) {
                out.setLength(out.length() - 1);
            }
            return end;
        }
        out.append(c).append('#').append(text.charAt(end - 1));
        return end;
    }

    /// Of a file or a resource the part up to the second slash tells where it lies, and the rest
    /// which it is.
    private int place(int at, int end) {
        int slash = text.indexOf('/', at + 1);
        int kept = slash < 0 || slash > end ? end : slash;
        digitsFolded(at, kept);
        if (kept < end) {
            out.append("/#");
        }
        before = "";
        return end;
    }

    /// A name, of which only the numbers vary.
    private void digitsFolded(int from, int to) {
        for (int i = from; i < to; i++) {
            if (!IdShapes.isDigit(text.charAt(i))) {
                out.append(text.charAt(i));
            } else if (i == from || !IdShapes.isDigit(text.charAt(i - 1))) {
                out.append('#');
            }
        }
    }

    /// `/products/17` and `/products/ab-1` are one place.
    private int pathSegment(int at) {
        int end = at + 1;
        boolean number = false;
        while (end < text.length()
                && !Character.isWhitespace(text.charAt(end))
                && "/?#\"'`)]>,:".indexOf(text.charAt(end)) < 0) {
            number |= IdShapes.isDigit(text.charAt(end));
            end++;
        }
        if (!number) {
            return at;
        }
        out.append("/#");
        return end;
    }

    private int quoted(int at, char quote) {
        if ((quote == '\'' || quote == '’') && wordAt(at - 1)) {
            out.append(quote);
            return at + 1;
        }
        var quotation = Quotation.at(text, at);
        out.append(quote);
        if (quotation == null) {
            if (text.length() == READ && at + Quotation.LONGEST > text.length()) {
                // The message was cut within the quotation.
                out.append('#');
                return text.length();
            }
            return at + 1;
        }
        boolean which = foldsNames && ThingWords.isThing(before);
        if (!which && quotation.isName(before, beforeThat)) {
            digitsFolded(at + 1, quotation.end());
        } else {
            out.append('#');
        }
        out.append(text.charAt(quotation.end()));
        return quotation.end() + 1;
    }

    private int word(int at) {
        int end = at;
        int digits = 0;
        int groups = 0;
        boolean hex = true;
        while (end < text.length() && IdShapes.isWord(text.charAt(end))) {
            char c = text.charAt(end);
            hex &= IdShapes.isHex(c);
            if (IdShapes.isDigit(c)) {
                digits++;
                if (end == at || !IdShapes.isDigit(text.charAt(end - 1))) {
                    groups++;
                }
            }
            end++;
        }
        if (end < text.length() && text.charAt(end) == '@' && wordAt(end + 1)) {
            return address(at, end);
        }
        if (foldsNames && text.startsWith("://", end)) {
            out.append(text, at, end).append("://#");
            before = "";
            return PlaceShapes.urlEnd(text, end + 3);
        }
        int id = IdShapes.uuidEnd(text, at);
        if (id == 0 && hex) {
            id = IdShapes.ipv6End(text, at);
        }
        if (id > 0) {
            number();
            return id;
        }
        int arn = PlaceShapes.arnEnd(text, at);
        if (arn > 0) {
            return place(at, arn);
        }
        int token = IdShapes.tokenEnd(text, at);
        if (token == 0) {
            token = PlaceShapes.localeEnd(text, at);
        }
        boolean named = FoldWords.namesNext(before, beforeThat);
        boolean thing = ThingWords.isThing(before);
        if (token == 0 && ((foldsNames && !named) || thing)) {
            token = PlaceShapes.compoundEnd(text, at, foldsNames && thing);
        }
        if (token > 0) {
            number();
            beforeThat = before;
            before = "";
            return token;
        }
        int code = IdShapes.articleEnd(text, at);
        if (code > 0 && !FoldWords.isErrorCode(text, at)) {
            number();
            beforeThat = before;
            before = "";
            return code;
        }
        int file = PlaceShapes.fileEnd(text, at);
        if (file > 0) {
            out.append('#');
            before = "";
            return file;
        }
        int whole =
                foldsNames && !named && !FoldWords.isErrorCode(text, at)
                        ? IdShapes.mixedEnd(text, at)
                        : 0;
        if (whole > 0) {
            number();
            beforeThat = before;
            before = "";
            return whole;
        }
        var word = text.substring(at, end);
        if (before.equals("constant") && beforeThat.equals("enum")) {
            return enumConstant(at);
        }
        int reason = digits == 3 && digits == word.length() ? FoldWords.reasonEnd(text, end) : 0;
        if (reason > 0) {
            // What HTTP calls its status.
            out.append(text, at, reason);
            end = reason;
        } else if (digits == 0) {
            end = plain(word, at, end);
        } else if (digits == word.length()
                && !digitAt(end + 1)
                && FoldWords.codeNext(word, before, beforeThat)) {
            out.append(word);
        } else if (isId(word, at, digits, groups, hex)) {
            number();
        } else {
            mixed(at, end);
        }
        beforeThat = before;
        before = word.toLowerCase(Locale.ROOT);
        return end;
    }

    /// `No enum constant com.shop.Status.LOST`: the class stays, what was read is data.
    private int enumConstant(int at) {
        int end = at;
        while (wordAt(end) || (end < text.length() && "._$".indexOf(text.charAt(end)) >= 0)) {
            end++;
        }
        int dot = text.lastIndexOf('.', end - 1);
        out.append(text, at, Math.max(at, dot + 1)).append('#');
        before = "";
        return end;
    }

    /// Whether the word as a whole is a number, a time or an id, rather than a name with a number.
    private boolean isId(String word, int at, int digits, int groups, boolean hex) {
        int length = word.length();
        if (foldsNames && !FoldWords.isErrorCode(text, at)) {
            // Whoever writes a sentence of his own puts no number into the name of a thing.
            return true;
        }
        if (ThingWords.isThing(before) && at > 0 && text.charAt(at - 1) == ' ') {
            return true;
        }
        if (digits == length || groups > 1 || length >= 12 || (hex && length >= 6)) {
            return true;
        }
        if (word.startsWith("0x") || word.startsWith("0X")) {
            return true;
        }
        int number = 0;
        while (number < length && IdShapes.isDigit(word.charAt(number))) {
            number++;
        }
        if (number == digits && number > 0 && FoldWords.isUnit(word.substring(number))) {
            return true;
        }
        boolean joined = at > 0 && "_-#/".indexOf(text.charAt(at - 1)) >= 0;
        boolean capitals = length >= 6 && word.equals(word.toUpperCase(Locale.ROOT));
        return capitals
                || (joined && digits != length && !IdShapes.isDigit(word.charAt(length - 1)));
    }

    /// A word without digits; gives where what was taken ends.
    private int plain(String word, int at, int end) {
        boolean dated =
                TimeWords.isDayOrMonth(word)
                        && Character.isUpperCase(word.charAt(0))
                        && (endsWithNumber() || numberFollows(end));
        if (dated) {
            number();
            return end;
        }
        boolean id =
                (PlaceShapes.isPodSuffix(word) && endsWith("#-"))
                        || (at > 0 && text.charAt(at - 1) == '_' && PlaceShapes.isRandomCase(word))
                        || isOfThing(word, at, end);
        if (id || TimeWords.isTime(word, before) || isForWhom(word, end)) {
            number();
            return end;
        }
        if (endsWith("# ") && TimeWords.isUnit(word)) {
            out.setLength(out.length() - 1);
            return end;
        }
        boolean letter =
                foldsNames && end == at + 1 && Character.isUpperCase(word.charAt(0)) && at > 0;
        boolean thing = ThingWords.isThing(word.toLowerCase(Locale.ROOT));
        boolean names = foldsNames && !thing && !FoldWords.tellsReason(before);
        int name = names ? ProperNames.end(text, at, end) : 0;
        if (name == 0 && letter) {
            name = end;
        }
        if (name == 0) {
            out.append(word);
            return end;
        }
        int last = out.length();
        if (last > 1 && out.charAt(last - 2) == '#' && " -/'".indexOf(out.charAt(last - 1)) >= 0) {
            out.setLength(last - 1);
        } else if (endsWith("# & ")) {
            out.setLength(last - 3);
        } else {
            out.append('#');
        }
        return name;
    }

    private boolean endsWith(String end) {
        return out.length() >= end.length() && out.indexOf(end, out.length() - end.length()) >= 0;
    }

    /// `tenant northwind` in a sentence of one's own, `currency: xbt` in any: which one it is, is
    /// data.
    private boolean isOfThing(String word, int at, int end) {
        if (!ThingWords.isThing(before)
                || ThingWords.isOfGrammar(word)
                || (ThingWords.isAttribute(word) && !text.startsWith(": ", at - 2))) {
            return false;
        }
        boolean ends = end == text.length() || " ,.;:)".indexOf(text.charAt(end)) >= 0;
        return ends
                && (text.startsWith(": ", at - 2)
                        || (foldsNames && text.charAt(at - 1) == ' ' && wordAt(at - 2)));
    }

    /// `refused for jane after 3 tries`.
    private boolean isForWhom(String word, int end) {
        if (end == text.length()) {
            return foldsNames && before.equals("by") && !ThingWords.isOfGrammar(word);
        }
        int next = end + 1;
        int nextEnd = next;
        while (wordAt(nextEnd)) {
            nextEnd++;
        }
        return foldsNames
                && (before.equals("for") || before.equals("by"))
                && !ThingWords.isThing(word)
                && text.charAt(end) == ' '
                && !ThingWords.isOfGrammar(word)
                && ThingWords.isOfGrammar(text.substring(next, nextEnd));
    }

    private boolean endsWithNumber() {
        int last = out.length() - 1;
        while (last >= 0 && " ,.".indexOf(out.charAt(last)) >= 0) {
            last--;
        }
        return last >= 0 && out.charAt(last) == '#';
    }

    private boolean numberFollows(int end) {
        int at = end;
        while (at < text.length() && " ,./-".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
        int word = at;
        while (word < text.length() && Character.isLetter(text.charAt(word))) {
            word++;
        }
        return digitAt(at) || (word > at && TimeWords.isDayOrMonth(text.substring(at, word)));
    }

    private void mixed(int at, int end) {
        for (int i = at; i < end; i++) {
            if (!IdShapes.isDigit(text.charAt(i))) {
                out.append(text.charAt(i));
            } else if (i == at || !IdShapes.isDigit(text.charAt(i - 1))) {
                number();
            }
        }
    }

    /// `1.5`, `10.0.0.1:9092` and `2026-01-31` are one number each.
    private void number() {
        int last = out.length() - 1;
        boolean joins =
                last > 0
                        && out.charAt(last - 1) == '#'
                        && (".:,-/".indexOf(out.charAt(last)) >= 0
                                // `Fiber 500` and `Mobile Flat` are one name each.
                                || (foldsNames && out.charAt(last) == ' '));
        if (joins) {
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
                && (IdShapes.isWord(text.charAt(end))
                        || ((text.charAt(end) == '.' || text.charAt(end) == '-')
                                && wordAt(end + 1)))) {
            char c = text.charAt(end);
            hex &= IdShapes.isHex(c);
            end++;
        }
        if (hex) {
            out.append(text, at, sign).append("@#");
            return end;
        }
        int start = out.length();
        while (start > 0
                && !Character.isWhitespace(out.charAt(start - 1))
                && "<([=:,/".indexOf(out.charAt(start - 1)) < 0) {
            start--;
        }
        out.setLength(start);
        out.append("#@#");
        return end;
    }

    private boolean wordAt(int at) {
        return IdShapes.wordAt(text, at);
    }

    private boolean digitAt(int at) {
        return at < text.length() && IdShapes.isDigit(text.charAt(at));
    }
}
