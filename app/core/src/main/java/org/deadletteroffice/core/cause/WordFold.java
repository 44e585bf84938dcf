package org.deadletteroffice.core.cause;

import java.util.Locale;

/// Tells of each word of a message whether it is data of the one message, an id, a number, a time,
/// a name, or part of what went wrong, and writes it accordingly.
final class WordFold {
    private final String text;
    private final FoldedText out;

    /// Names of persons and things are data, too.
    private final boolean foldsNames;

    /// The last word that was written, in lower case; empty behind data.
    private String before = "";

    private String beforeThat = "";

    WordFold(String text, FoldedText out, boolean foldsNames) {
        this.text = text;
        this.out = out;
        this.foldsNames = foldsNames;
    }

    String before() {
        return before;
    }

    String beforeThat() {
        return beforeThat;
    }

    /// Letters and digits in one.
    ///
    /// @param groups of digits
    /// @param hex nothing but hexadecimal digits
    private record Shape(int length, int digits, int groups, boolean hex) {
        static Shape of(String text, int at) {
            int end = at;
            int digits = 0;
            int groups = 0;
            boolean hex = true;
            while (IdShapes.wordAt(text, end)) {
                char c = text.charAt(end);
                hex &= IdShapes.isHex(c);
                if (IdShapes.isDigit(c)) {
                    digits++;
                    groups += end == at || !IdShapes.isDigit(text.charAt(end - 1)) ? 1 : 0;
                }
                end++;
            }
            return new Shape(end - at, digits, groups, hex);
        }

        boolean isNumber() {
            return digits == length;
        }
    }

    /// @param at where a word begins
    /// @return where what was taken ends
    int fold(int at) {
        var shape = Shape.of(text, at);
        int end = at + shape.length();
        if (end < text.length() && text.charAt(end) == '@' && wordAt(end + 1)) {
            return address(at, end);
        }
        if (end == at + 1 && text.regionMatches(true, at, "n/a", 0, 3) && !wordAt(at + 3)) {
            return data(at + 3);
        }
        if (foldsNames && text.startsWith("://", end)) {
            out.append(text, at, end);
            out.append("://#");
            before = "";
            return PlaceShapes.urlEnd(text, end + 3);
        }
        int labelled = IdShapes.labelledEnd(text, at);
        if (labelled > 0) {
            return data(labelled);
        }
        int arn = PlaceShapes.arnEnd(text, at);
        if (arn > 0) {
            return place(at, arn);
        }
        int id = idEnd(at, shape);
        if (id > 0) {
            return data(id);
        }
        int file = PlaceShapes.fileEnd(text, at);
        if (file > 0) {
            out.append('#');
            before = "";
            return file;
        }
        if (foldsNames
                && !FoldWords.namesNext(before, beforeThat)
                && !FoldWords.isErrorCode(text, at)) {
            int mixed = IdShapes.mixedEnd(text, at);
            if (mixed > 0) {
                return data(mixed);
            }
        }
        if (before.equals("constant") && beforeThat.equals("enum")) {
            return enumConstant(at);
        }
        var word = text.substring(at, end);
        int taken = word(word, at, shape);
        beforeThat = before;
        before = word.toLowerCase(Locale.ROOT);
        return taken;
    }

    private int data(int end) {
        out.data();
        beforeThat = before;
        before = "";
        return end;
    }

    /// Where an id ends that is made of more than a word; 0 where none begins here.
    private int idEnd(int at, Shape shape) {
        int id = IdShapes.uuidEnd(text, at);
        if (id == 0 && shape.hex()) {
            id = IdShapes.ipv6End(text, at);
        }
        if (id == 0) {
            id = IdShapes.tokenEnd(text, at);
        }
        if (id == 0) {
            id = PlaceShapes.localeEnd(text, at);
        }
        boolean named = FoldWords.namesNext(before, beforeThat);
        boolean thing = ThingWords.isThing(before);
        if (id == 0 && ((foldsNames && !named) || thing)) {
            id = PlaceShapes.compoundEnd(text, at, foldsNames && thing);
        }
        return id == 0 && !FoldWords.isErrorCode(text, at) ? IdShapes.articleEnd(text, at) : id;
    }

    /// Of a file or a resource the part up to the second slash tells where it lies, and the rest
    /// which it is.
    int place(int at, int end) {
        int slash = text.indexOf('/', at + 1);
        int kept = slash < 0 || slash > end ? end : slash;
        out.digitsFolded(text, at, kept);
        if (kept < end) {
            out.append("/#");
        }
        before = "";
        return end;
    }

    /// `No enum constant com.shop.Status.LOST`: the class stays, what was read is data.
    private int enumConstant(int at) {
        int end = at;
        while (wordAt(end) || (end < text.length() && "._$".indexOf(text.charAt(end)) >= 0)) {
            end++;
        }
        int dot = text.lastIndexOf('.', end - 1);
        out.append(text, at, Math.max(at, dot + 1));
        out.append('#');
        before = "";
        return end;
    }

    /// A word that is no part of an id; gives where what was taken ends.
    private int word(String word, int at, Shape shape) {
        int end = at + word.length();
        int reason = shape.digits() == 3 && shape.isNumber() ? FoldWords.reasonEnd(text, end) : 0;
        if (reason > 0) {
            // What HTTP calls its status; what the answer says besides differs from time to time.
            out.append(text, at, reason);
            boolean body = text.startsWith(": ", reason) && beginsBody(reason + 2);
            if (body) {
                out.append(": #");
            }
            return body ? text.length() : reason;
        }
        if (shape.digits() == 0) {
            return plain(word, at, end);
        }
        if (shape.isNumber() && !digitAt(end + 1) && FoldWords.codeNext(word, before, beforeThat)) {
            out.append(word);
        } else if (shape.isNumber() && PlaceShapes.isCalledPort(text, at, end)) {
            out.append(word);
        } else if (isId(word, at, shape)) {
            out.data();
        } else {
            out.numbersFolded(text, at, end);
        }
        return end;
    }

    /// Text, JSON, HTML, or `[no body]`.
    private boolean beginsBody(int at) {
        return at < text.length() && "\"[{<".indexOf(text.charAt(at)) >= 0;
    }

    /// Whether the word as a whole is a number, a time or an id, rather than a name with a number.
    private boolean isId(String word, int at, Shape shape) {
        int length = shape.length();
        int digits = shape.digits();
        if (foldsNames && !FoldWords.isErrorCode(text, at)) {
            // Whoever writes a sentence of his own puts no number into the name of a thing.
            return true;
        }
        if (ThingWords.isThing(before) && at > 0 && text.charAt(at - 1) == ' ') {
            return true;
        }
        if (shape.isNumber()
                || shape.groups() > 1
                || length >= 12
                || (shape.hex() && length >= 6)) {
            return true;
        }
        if (word.startsWith("0x") || word.startsWith("0X")) {
            return true;
        }
        int number = 0;
        while (number < length && IdShapes.isDigit(word.charAt(number))) {
            number++;
        }
        if (number == digits && number > 0 && FoldWords.isSuffix(word.substring(number))) {
            return true;
        }
        boolean joined = at > 0 && "_-#/".indexOf(text.charAt(at - 1)) >= 0;
        boolean capitals = length >= 6 && word.equals(word.toUpperCase(Locale.ROOT));
        return capitals || (joined && !IdShapes.isDigit(word.charAt(length - 1)));
    }

    /// A word without digits; gives where what was taken ends.
    private int plain(String word, int at, int end) {
        boolean dated =
                TimeWords.isDayOrMonth(word)
                        && Character.isUpperCase(word.charAt(0))
                        && (out.endsWithData() || numberFollows(end));
        boolean id =
                (PlaceShapes.isPodSuffix(word) && out.endsWith("#-"))
                        || (at > 0 && text.charAt(at - 1) == '_' && PlaceShapes.isRandomCase(word))
                        || isOfThing(word, at, end);
        if (dated || id || TimeWords.isTime(word, before) || isForWhom(word, end)) {
            out.data();
            return end;
        }
        if (out.endsWith("# ") && TimeWords.isUnit(word)) {
            out.takeBack(1);
            return end;
        }
        int name = foldsNames ? nameEnd(word, at, end) : 0;
        if (name > 0) {
            out.name();
            return name;
        }
        out.append(word);
        return before.equals("be") && word.equals("parsed") ? behindParsed(end) : end;
    }

    /// What java.time says of a text that is no date, ` at index 0` or `: Invalid date 'JUNE 31'`,
    /// differs with the text; up to Jackson's place of it.
    private int behindParsed(int at) {
        boolean reason =
                text.startsWith(" at index ", at)
                        || text.startsWith(": Invalid ", at)
                        || text.startsWith(": Unable to obtain ", at)
                        || text.startsWith(", unparsed text found", at);
        if (!reason || text.lastIndexOf("Text '", at) < 0) {
            return at;
        }
        int line = text.indexOf('\n', at);
        int place = text.indexOf(" at [Source", at);
        int end = line < 0 || (place > 0 && place < line) ? place : line;
        return end < 0 ? text.length() : end;
    }

    /// Of a person or a thing; 0 where the word is none.
    private int nameEnd(String word, int at, int end) {
        boolean mayBe =
                !ThingWords.isThing(word.toLowerCase(Locale.ROOT))
                        && !FoldWords.tellsReason(before);
        int name = mayBe ? ProperNames.end(text, at, end) : 0;
        boolean letter = end == at + 1 && Character.isUpperCase(word.charAt(0)) && at > 0;
        return name == 0 && letter ? end : name;
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

    /// `Order@1b2c3d` keeps its class name; `ann.lee@example.org` is folded whole.
    private int address(int at, int sign) {
        int end = sign + 1;
        boolean hex = true;
        while (end < text.length()
                && (IdShapes.isWord(text.charAt(end))
                        || ((text.charAt(end) == '.' || text.charAt(end) == '-')
                                && wordAt(end + 1)))) {
            hex &= IdShapes.isHex(text.charAt(end));
            end++;
        }
        if (hex) {
            out.append(text, at, sign);
            out.append("@#");
        } else {
            out.mailbox();
        }
        return end;
    }

    private boolean wordAt(int at) {
        return IdShapes.wordAt(text, at);
    }

    private boolean digitAt(int at) {
        return at < text.length() && IdShapes.isDigit(text.charAt(at));
    }
}
