package org.deadletteroffice.core.decode;

import java.util.Collection;
import org.apache.avro.Schema;
import org.deadletteroffice.spi.decode.Tree;
import org.deadletteroffice.spi.message.Numerals;

/// Values in words, for sentences that say what does not fit.
final class Shapes {
    private static final int LONGEST = 40;

    /// `the text 'x'`, `a list of 3`.
    static String words(Tree value) {
        return switch (value) {
            case Tree.Obj(var members) -> "an object of %s".formatted(Numerals.of(members.size()));
            case Tree.Arr(var items) -> "a list of %s".formatted(Numerals.of(items.size()));
            case Tree.Text(var text) ->
                    "the text '"
                            + (text.length() > LONGEST ? text.substring(0, LONGEST) + "…" : text)
                            + "'";
            case Tree.Num(var literal) ->
                    "the number "
                            + (literal.length() > LONGEST
                                    ? literal.substring(0, LONGEST) + "…"
                                    : literal);
            case Tree.Bool(var yes) -> Boolean.toString(yes);
            case Tree.Null() -> "null";
            case Tree.Bytes(var bytes) -> Numerals.of(bytes.length, "byte", "bytes");
        };
    }

    /// The known name that was probably meant: one letter off, or another case.
    static String meant(String name, Collection<String> known) {
        for (var each : known) {
            if (each.equalsIgnoreCase(name) || isOneOff(each, name)) {
                return " Is '" + each + "' meant?";
            }
        }
        return "";
    }

    /// One letter more, less or another.
    private static boolean isOneOff(String one, String other) {
        if (Math.abs(one.length() - other.length()) > 1 || one.length() < 3) {
            return false;
        }
        int head = 0;
        int shorter = Math.min(one.length(), other.length());
        while (head < shorter && one.charAt(head) == other.charAt(head)) {
            head++;
        }
        int tail = 0;
        while (tail < shorter - head
                && one.charAt(one.length() - 1 - tail) == other.charAt(other.length() - 1 - tail)) {
            tail++;
        }
        return Math.max(one.length(), other.length()) - head - tail <= 1;
    }

    /// Whether a value may be of an Avro type, by its outer shape alone.
    static boolean mayBe(Schema schema, Tree value) {
        return switch (schema.getType()) {
            case NULL -> value instanceof Tree.Null;
            case BOOLEAN -> value instanceof Tree.Bool;
            case INT, LONG ->
                    value instanceof Tree.Text(var text)
                            ? AvroLogical.number(schema, text).isPresent()
                            : Numbers.fitsLong(value).isPresent();
            case FLOAT, DOUBLE -> Numbers.floating(value).isPresent();
            case STRING -> value instanceof Tree.Text || value instanceof Tree.Bytes;
            case BYTES, FIXED -> AvroLogical.bytes(schema, value).isPresent();
            case ENUM -> value instanceof Tree.Text(var symbol) && schema.hasEnumSymbol(symbol);
            case RECORD, MAP -> value instanceof Tree.Obj;
            case ARRAY -> value instanceof Tree.Arr;
            case UNION -> schema.getTypes().stream().anyMatch(type -> mayBe(type, value));
        };
    }

    private Shapes() {}
}
