package org.deadletteroffice.core.cause;

/// Folds what varies between two tellings of the same error: numbers, ids, UUIDs, times, addresses,
/// quoted values, printed objects. What names a thing of the program stays, though quoted (`column
/// "email"`), and so do numbers that tell what went wrong (`status code 404`). One pass, no regular
/// expressions: error messages are as hostile as payloads, and this runs for every message of a
/// queue.
///
/// This is the walk over the message and its punctuation; what a word is, [WordFold] tells.
final class MessageFold {
    /// What follows is detail of the one message.
    private static final int READ = 4_000;

    /// Measured on what is folded, so that the length of an id does not move the end.
    private static final int KEPT = 300;

    private final String text;
    private final FoldedText out;
    private final WordFold words;

    /// Names of persons and things are data, too.
    private final boolean foldsNames;

    private boolean inUrl;

    private MessageFold(String message, boolean foldsNames) {
        this.text = message.length() <= READ ? message : message.substring(0, READ);
        this.foldsNames = foldsNames;
        this.out = new FoldedText(Math.min(text.length(), KEPT) + 16, foldsNames);
        this.words = new WordFold(text, out, foldsNames);
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

    /// Takes what stands at `at`, and gives where it ends.
    private int step(int at) {
        char c = text.charAt(at);
        if (Quotation.opens(c)) {
            return quoted(at, c);
        }
        if (IdShapes.isWord(c)) {
            return words.fold(at);
        }
        if (Character.isWhitespace(c)) {
            inUrl = false;
            out.space();
            return c == '\n' && FoldWords.beginsDetail(text, at + 1) ? text.length() : at + 1;
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
        if (c == ':' && FoldWords.beginsStatement(text, at + 1)) {
            return text.length();
        }
        int address = inAddress(at, c);
        if (address > 0) {
            return address;
        }
        int entity = c == '#' && wordAt(at - 1) ? IdShapes.entityIdEnd(text, at + 1) : 0;
        if (entity > 0) {
            out.append("#");
            return entity;
        }
        if ("-+#".indexOf(c) >= 0 && digitAt(at + 1) && !wordAt(at - 1)) {
            // A sign belongs to its number.
            return at + 1;
        }
        if (c == '.' && text.startsWith("...", at) && out.endsWithQuotation()) {
            // Of a long value the beginning was printed.
            return at + 3;
        }
        out.append(c);
        return at + 1;
    }

    /// What stands in URLs, files and addresses of machines; 0 where it is plain punctuation.
    private int inAddress(int at, char c) {
        if (c == '?' && inUrl) {
            out.append("?#");
            return PlaceShapes.urlEnd(text, at);
        }
        if (c == '/' && !inUrl) {
            int end = PlaceShapes.pathEnd(text, at);
            return end > 0 ? words.place(at, end) : 0;
        }
        if (c == '/' && wordAt(at - 1)) {
            return pathSegment(at);
        }
        if (c == ':') {
            inUrl |= text.startsWith("://", at);
            int end = text.startsWith("::", at) ? IdShapes.ipv6End(text, at) : 0;
            if (end > 0) {
                out.data();
            }
            return end;
        }
        return 0;
    }

    /// `/products/17` and `/products/ab-1` are one place; 0 where the segment has no number.
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
            return 0;
        }
        out.append("/#");
        return end;
    }

    /// Printed objects: `{"id":17}`, `Order[id=17]`, `(email)=(a@b.c)`, `contains (17, x)`; and
    /// what a library adds in brackets of its own, `(total=10, idle=0)`, which is left out.
    private int opened(int at, char c) {
        if (text.startsWith("[Source: ", at)) {
            // Jackson's quotation of the payload, and the place in it.
            int place = text.indexOf("; line: ", at);
            int end = place < 0 ? -1 : text.indexOf(']', place);
            out.append("[Source: #");
            return end < 0 ? text.length() : end;
        }
        if (text.startsWith("]: [", at - 3)) {
            // Feign's quotation of an answer's body, behind the method that asked.
            out.append("[#]");
            return text.length();
        }
        if (c == '(' && foldsNames && out.endsWith("# ") && PlaceShapes.isAside(text, at)) {
            // Which one of its name.
            out.takeBack(1);
            return Brackets.end(text, at);
        }
        if (c == '[' && Brackets.tellsError(text, at)) {
            out.append(c);
            return at + 1;
        }
        boolean members = holdsMembers(at, c);
        boolean row = c == '(' && isRow(at);
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
            if (end < text.length() && ":;,".indexOf(text.charAt(end)) >= 0 && out.endsWith(" ")) {
                out.takeBack(1);
            }
            return end;
        }
        out.append(c);
        out.append('#');
        out.append(text.charAt(end - 1));
        return end;
    }

    private boolean holdsMembers(int at, char c) {
        return c == '{'
                ? Brackets.holdsMembers(text, at)
                : Brackets.memberName(text, at + 1)
                        || (c == '(' && Brackets.countsSomething(text, at + 1));
    }

    /// `(email)=(a@b.c)`, `contains (17, x)`, `key value is (web, 17)`
    private boolean isRow(int at) {
        var before = words.before();
        return at > 0
                && (text.charAt(at - 1) == '='
                        || before.equals("contains")
                        || before.equals("values")
                        || (before.equals("is") && words.beforeThat().equals("value")));
    }

    private int quoted(int at, char quote) {
        if ((quote == '\'' || quote == '’') && wordAt(at - 1)) {
            out.append(quote);
            return at + 1;
        }
        if (FoldWords.quotesSentence(text, at)) {
            out.append(quote);
            return at + 1;
        }
        var quotation = Quotation.at(text, at);
        if (quotation == null) {
            out.append(quote);
            if (text.length() == READ && at + Quotation.LONGEST > text.length()) {
                // The message was cut within the quotation.
                out.append('#');
                return text.length();
            }
            return at + 1;
        }
        boolean which = foldsNames && ThingWords.isThing(words.before());
        if (!which && quotation.isName(words.before(), words.beforeThat())) {
            out.append(quote);
            out.digitsFolded(text, at + 1, quotation.end());
            out.append(text.charAt(quotation.end()));
        } else if (at > 0 && text.charAt(at - 1) == '=') {
            // `id='a-7'` and `id=7` are told of the same.
            out.append('#');
        } else {
            out.append(quote);
            out.append('#');
            out.append(text.charAt(quotation.end()));
        }
        return quotation.end() + 1;
    }

    private boolean wordAt(int at) {
        return IdShapes.wordAt(text, at);
    }

    private boolean digitAt(int at) {
        return at < text.length() && IdShapes.isDigit(text.charAt(at));
    }
}
