package org.deadletteroffice.core.decode;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Optional;
import org.deadletteroffice.spi.decode.Decoded;
import org.deadletteroffice.spi.decode.PayloadDecoder;
import org.deadletteroffice.spi.decode.Tree;

/// Trees as plain Java values.
public final class Trees {
    /// The structure of a decoded payload, wrappers seen through.
    public static Optional<Tree> of(Decoded decoded) {
        return switch (decoded) {
            case Decoded.Structured(_, _, var tree, _) -> Optional.of(tree);
            case Decoded.Wrapped(_, _, var inner, _) -> of(inner);
            case Decoded.PlainText _, Decoded.Opaque _ -> Optional.empty();
        };
    }

    /// Whether `text` is JSON that says what `tree` does, bytes in base64.
    public static boolean isJsonOf(String text, Tree tree) {
        var read = JsonReader.read(text, PayloadDecoder.Limits.STANDARD.depth()).tree();
        return read != null && TreeEdit.same(tree, read);
    }

    /// Maps, lists, strings, booleans, byte arrays; whole numbers that fit are `Long`, other
    /// numbers `Double`. Of a repeated member the last counts.
    ///
    /// @param nullValue stands for null
    public static Object toJava(Tree tree, Object nullValue) {
        return switch (tree) {
            case Tree.Obj(var members) -> {
                var map = LinkedHashMap.<String, Object>newLinkedHashMap(members.size());
                for (var member : members) {
                    map.put(member.name(), toJava(member.value(), nullValue));
                }
                yield map;
            }
            case Tree.Arr(var items) -> {
                var list = new ArrayList<Object>(items.size());
                for (var item : items) {
                    list.add(toJava(item, nullValue));
                }
                yield list;
            }
            case Tree.Text(var value) -> value;
            case Tree.Num(var literal) -> number(literal);
            case Tree.Bool(var value) -> value;
            case Tree.Null() -> nullValue;
            case Tree.Bytes(var value) -> value;
        };
    }

    private static Number number(String literal) {
        boolean whole = literal.length() < 20 && literal.indexOf('.') < 0;
        if (whole) {
            try {
                return Long.parseLong(literal);
            } catch (NumberFormatException withExponentOrTooLarge) {
                return Double.parseDouble(literal);
            }
        }
        return Double.parseDouble(literal);
    }

    private Trees() {}
}
