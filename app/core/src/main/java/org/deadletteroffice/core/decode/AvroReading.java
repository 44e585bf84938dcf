package org.deadletteroffice.core.decode;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.deadletteroffice.spi.decode.Tree;
import org.deadletteroffice.spi.message.Numerals;

/// Avro's binary encoding (Avro specification 1.12, "Binary encoding") read into trees by a schema.
/// Our own over the library's schemas: the library's reader believes a length before it looks, and
/// an array of a billion nulls takes no byte.
///
/// A union is shown as what it holds; which branch it was is kept, so that an edit stays in it.
final class AvroReading {
    private final ByteCursor in;
    private final Map<String, Integer> branches = new HashMap<>();

    AvroReading(ByteCursor in) {
        this.in = in;
    }

    /// Of each union, by its path, the branch that was taken.
    Map<String, Integer> branches() {
        return branches;
    }

    void end() throws UnreadableException {
        if (in.left() > 0) {
            throw in.stop(
                    Numerals.of(in.left(), "byte follows", "bytes follow") + " after the value");
        }
    }

    Tree read(Schema schema, String path) throws UnreadableException {
        in.value();
        in.deeper();
        var tree = value(schema, path);
        in.higher();
        return tree;
    }

    private Tree value(Schema schema, String path) throws UnreadableException {
        return switch (schema.getType()) {
            case NULL -> Tree.NULL;
            case BOOLEAN -> {
                int b = in.u8();
                if (b > 1) {
                    throw in.stop("a boolean that is neither 0 nor 1");
                }
                yield new Tree.Bool(b == 1);
            }
            case INT -> {
                long value = in.zigzag();
                if (value != (int) value) {
                    throw in.stop("an int of more than 32 bits");
                }
                yield AvroLogical.shown(schema, value);
            }
            case LONG -> AvroLogical.shown(schema, in.zigzag());
            case FLOAT -> Numbers.of(Float.intBitsToFloat(Integer.reverseBytes(in.i32())));
            case DOUBLE -> Numbers.of(Double.longBitsToDouble(Long.reverseBytes(in.i64())));
            case STRING -> in.text(in.zigzag());
            case BYTES -> AvroLogical.shown(schema, in.bytes(in.zigzag()));
            case FIXED -> AvroLogical.shown(schema, in.bytes(schema.getFixedSize()));
            case ENUM -> {
                int symbol = index(in.zigzag(), schema.getEnumSymbols().size(), "symbols");
                yield new Tree.Text(schema.getEnumSymbols().get(symbol));
            }
            case UNION -> {
                int branch = index(in.zigzag(), schema.getTypes().size(), "branches");
                branches.put(path, branch);
                yield read(schema.getTypes().get(branch), path);
            }
            case RECORD -> {
                var members = new ArrayList<Tree.Member>();
                for (var field : schema.getFields()) {
                    members.add(
                            new Tree.Member(
                                    field.name(), read(field.schema(), path + "." + field.name())));
                }
                yield new Tree.Obj(members);
            }
            case ARRAY -> array(schema, path);
            case MAP -> map(schema, path);
        };
    }

    private int index(long value, int count, String what) throws UnreadableException {
        if (value < 0 || value >= count) {
            throw in.stop("%s is none of its %s %s".formatted(value, count, what));
        }
        return (int) value;
    }

    private Tree array(Schema schema, String path) throws UnreadableException {
        var items = new ArrayList<Tree>();
        for (long left = block(); left > 0; left = block()) {
            for (; left > 0; left--) {
                items.add(read(schema.getElementType(), path + "[" + items.size() + "]"));
            }
        }
        return new Tree.Arr(items);
    }

    private Tree map(Schema schema, String path) throws UnreadableException {
        var members = new ArrayList<Tree.Member>();
        for (long left = block(); left > 0; left = block()) {
            for (; left > 0; left--) {
                in.value();
                var name =
                        in.text(in.zigzag()) instanceof Tree.Text(var text) ? text : "(not UTF-8)";
                members.add(new Tree.Member(name, read(schema.getValueType(), path + "." + name)));
            }
        }
        return new Tree.Obj(members);
    }

    /// How many entries the next block has; a negative number is followed by the block's size.
    private long block() throws UnreadableException {
        long count = in.zigzag();
        if (count < 0) {
            in.zigzag();
            return -count;
        }
        return count;
    }

    /// @return the types that a record's field may have, for sentences: `long or null`
    static String words(Schema schema) {
        return switch (schema.getType()) {
            case UNION ->
                    String.join(
                            " or ", schema.getTypes().stream().map(AvroReading::words).toList());
            case RECORD, FIXED -> schema.getName();
            case ENUM -> "one of " + String.join(", ", few(schema.getEnumSymbols()));
            case ARRAY -> "array of " + words(schema.getElementType());
            case MAP -> "map of " + words(schema.getValueType());
            default -> {
                var logical = schema.getProp("logicalType");
                yield logical == null ? schema.getType().getName() : logical;
            }
        };
    }

    private static List<String> few(List<String> symbols) {
        if (symbols.size() <= 8) {
            return symbols;
        }
        var some = new ArrayList<>(symbols.subList(0, 8));
        some.add("…");
        return some;
    }
}
