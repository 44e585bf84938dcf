package org.deadletteroffice.core.decode;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.deadletteroffice.spi.decode.PayloadDecoder.EditException;
import org.deadletteroffice.spi.decode.PayloadDecoder.Limits;
import org.deadletteroffice.spi.decode.Tree;
import org.deadletteroffice.spi.message.Numerals;
import org.jspecify.annotations.Nullable;

/// CBOR (RFC 8949). Tags are passed over and kept, big numbers (tags 2 and 3) read; lengths may be
/// indefinite. Our own, since no library keeps tags, widths, styles and keys that are no text
/// through an edit.
final class CborFormat implements BinaryFormat {
    private static final int BYTES = 2;
    private static final int TEXT = 3;
    private static final int ARRAY = 4;
    private static final int MAP = 5;
    private static final int TAG = 6;
    private static final int BREAK = 0xFF;
    private static final int INDEFINITE = 31;
    private static final BigInteger MAX_UNSIGNED = BigInteger.ONE.shiftLeft(64);

    @Override
    public Spot read(byte[] bytes, Limits limits) throws UnreadableException {
        var in = new ByteCursor(bytes, limits);
        var root = value(in);
        if (in.left() > 0) {
            throw in.stop(
                    Numerals.of(in.left(), "byte follows", "bytes follow") + " after the value");
        }
        return root;
    }

    private Spot value(ByteCursor in) throws UnreadableException {
        in.value();
        int start = in.at();
        long tag = -1;
        int head = start;
        while (in.peek() >> 5 == TAG) {
            tag = argument(in, in.u8());
            head = in.at();
        }
        int first = in.u8();
        int kind = first >> 5;
        if (kind == ARRAY || kind == MAP) {
            in.deeper();
            var container = container(in, start, head, first, kind == MAP);
            in.higher();
            return container;
        }
        var tree = scalar(in, first, kind);
        // Tags 2 and 3: bytes that are one large number (RFC 8949, section 3.4.3).
        if ((tag == 2 || tag == 3) && tree instanceof Tree.Bytes(var magnitude)) {
            if (magnitude.length <= 128) {
                var number = new BigInteger(1, magnitude);
                tree = new Tree.Num((tag == 2 ? number : number.not()).toString());
            }
        }
        return Spot.leaf(tree, start, head, in.at());
    }

    private Spot container(ByteCursor in, int start, int head, int first, boolean map)
            throws UnreadableException {
        boolean open = (first & 31) == INDEFINITE;
        long count = open ? Long.MAX_VALUE : argument(in, first);
        if (!open && (count < 0 || count > in.left())) {
            throw in.stop("more entries are announced than bytes are left");
        }
        var keys = new ArrayList<Spot>();
        var items = new ArrayList<Spot>();
        for (long i = 0; i < count; i++) {
            if (open && in.peek() == BREAK) {
                in.u8();
                break;
            }
            if (map) {
                keys.add(value(in));
            }
            items.add(value(in));
        }
        return new Spot(tree(map, keys, items), start, head, in.at(), keys, items);
    }

    static Tree tree(boolean map, List<Spot> keys, List<Spot> items) {
        if (!map) {
            return new Tree.Arr(items.stream().map(Spot::tree).toList());
        }
        var members = new ArrayList<Tree.Member>(items.size());
        for (int i = 0; i < items.size(); i++) {
            members.add(new Tree.Member(name(keys.get(i).tree()), items.get(i).tree()));
        }
        return new Tree.Obj(members);
    }

    private static String name(Tree key) {
        return switch (key) {
            case Tree.Text(var text) -> text;
            case Tree.Num(var literal) -> literal;
            default -> JsonWriter.compact(key);
        };
    }

    private static Tree scalar(ByteCursor in, int first, int kind) throws UnreadableException {
        return switch (kind) {
            case 0 -> Numbers.unsigned(argument(in, first));
            case 1 -> {
                long n = argument(in, first);
                yield new Tree.Num(new BigInteger(Long.toUnsignedString(n)).not().toString());
            }
            case BYTES -> new Tree.Bytes(chunks(in, first));
            case TEXT -> {
                var utf8 = chunks(in, first);
                yield ByteCursor.textOrBytes(utf8, 0, utf8.length);
            }
            default ->
                    switch (first & 31) {
                        case 20 -> new Tree.Bool(false);
                        case 21 -> new Tree.Bool(true);
                        case 22, 23 -> Tree.NULL;
                        case 24 -> new Tree.Text("simple(" + in.u8() + ")");
                        case 25 -> Numbers.of(Float.float16ToFloat((short) in.u16()));
                        case 26 -> Numbers.of(Float.intBitsToFloat(in.i32()));
                        case 27 -> Numbers.of(Double.longBitsToDouble(in.i64()));
                        case 28, 29, 30, INDEFINITE -> throw in.stop("a type that is not assigned");
                        default -> new Tree.Text("simple(" + (first & 31) + ")");
                    };
        };
    }

    private static long argument(ByteCursor in, int first) throws UnreadableException {
        int low = first & 31;
        return switch (low) {
            case 24 -> in.u8();
            case 25 -> in.u16();
            case 26 -> in.u32();
            case 27 -> in.i64();
            case 28, 29, 30, INDEFINITE -> throw in.stop("a length that is not allowed here");
            default -> low;
        };
    }

    private static byte[] chunks(ByteCursor in, int first) throws UnreadableException {
        if ((first & 31) != INDEFINITE) {
            return in.bytes(argument(in, first));
        }
        var all = new ByteArrayOutputStream();
        while (true) {
            int chunk = in.u8();
            if (chunk == BREAK) {
                return all.toByteArray();
            }
            if (chunk >> 5 != first >> 5 || (chunk & 31) == INDEFINITE) {
                throw in.stop("a chunk of another type");
            }
            in.value();
            all.writeBytes(in.bytes(argument(in, chunk)));
        }
    }

    @Override
    public void begin(
            ByteArrayOutputStream out,
            byte[] original,
            @Nullable Spot like,
            boolean map,
            int count) {
        int kind = map ? MAP : ARRAY;
        if (like != null && isOpen(original, like)) {
            out.write(kind << 5 | INDEFINITE);
        } else {
            head(out, kind, count);
        }
    }

    @Override
    public void end(ByteArrayOutputStream out, byte[] original, @Nullable Spot like) {
        if (like != null && isOpen(original, like)) {
            out.write(BREAK);
        }
    }

    private static boolean isOpen(byte[] original, Spot like) {
        return (original[like.head()] & 31) == INDEFINITE;
    }

    @Override
    public void key(ByteArrayOutputStream out, byte[] original, @Nullable Spot like, String name) {
        var number = like == null ? null : like.tree();
        if (number instanceof Tree.Num && name.matches("-?[0-9]{1,18}")) {
            whole(out, BigInteger.valueOf(Long.parseLong(name)));
        } else {
            string(out, TEXT, name.getBytes(StandardCharsets.UTF_8));
        }
    }

    @Override
    public void scalar(ByteArrayOutputStream out, byte[] original, @Nullable Spot like, Tree value)
            throws EditException {
        int before = like == null ? -1 : original[like.head()] & 0xFF;
        int kind = before >> 5;
        switch (value) {
            case Tree.Null() -> out.write(0xF6);
            case Tree.Bool(var yes) -> out.write(yes ? 0xF5 : 0xF4);
            case Tree.Bytes(var bytes) -> string(out, BYTES, bytes);
            case Tree.Text(var text) -> {
                boolean wasFloat = before >= 0xF9 && before <= 0xFB;
                var special = wasFloat ? Numbers.floating(value) : Optional.<Double>empty();
                if (special.isPresent()) {
                    floating(out, before, special.get());
                } else if (kind == BYTES && like != null && like.tree() instanceof Tree.Bytes) {
                    string(
                            out,
                            BYTES,
                            TreeEdit.bytes(value)
                                    .orElseThrow(
                                            () ->
                                                    TreeEdit.cannot(
                                                            "Bytes stood here: '"
                                                                    + text
                                                                    + "' is no base64.")));
                } else {
                    string(out, TEXT, text.getBytes(StandardCharsets.UTF_8));
                }
            }
            case Tree.Num(var literal) -> {
                var whole = Numbers.whole(value);
                boolean asFloat = before >= 0xF9 && before <= 0xFB;
                if (like != null && kind == BYTES && like.tree() instanceof Tree.Num) {
                    var number =
                            whole.orElseThrow(
                                    () ->
                                            TreeEdit.cannot(
                                                    "A big whole number stood here: "
                                                            + literal
                                                            + " is none."));
                    bigNumber(out, original, like, number);
                } else if (whole.isEmpty() || asFloat) {
                    floating(out, before, Double.parseDouble(literal));
                } else {
                    whole(out, whole.get());
                }
            }
            case Tree.Obj _, Tree.Arr _ -> throw TreeEdit.cannot("A container is no single value.");
        }
    }

    /// The tag, which was copied, says the sign.
    private static void bigNumber(
            ByteArrayOutputStream out, byte[] original, Spot like, BigInteger value)
            throws EditException {
        boolean negative = (original[like.start()] & 31) == 3;
        if (value.signum() < 0 != negative) {
            throw TreeEdit.cannot("The sign of a big number cannot change: " + value + ".");
        }
        var magnitude = (negative ? value.not() : value).toByteArray();
        int from = magnitude.length > 1 && magnitude[0] == 0 ? 1 : 0;
        string(out, BYTES, Arrays.copyOfRange(magnitude, from, magnitude.length));
    }

    private static void whole(ByteArrayOutputStream out, BigInteger value) {
        var magnitude = value.signum() < 0 ? value.not() : value;
        if (magnitude.compareTo(MAX_UNSIGNED) < 0) {
            head(out, value.signum() < 0 ? 1 : 0, magnitude.longValue());
        } else {
            out.write(TAG << 5 | (value.signum() < 0 ? 3 : 2));
            var bytes = magnitude.toByteArray();
            int from = bytes[0] == 0 ? 1 : 0;
            string(out, BYTES, Arrays.copyOfRange(bytes, from, bytes.length));
        }
    }

    /// In the width that stood here where it holds the value, else in 64 bits.
    private static void floating(ByteArrayOutputStream out, int before, double value) {
        float single = (float) value;
        boolean isSingle = Double.compare(single, value) == 0 || shortest(single, value);
        short half = Float.floatToFloat16(single);
        if (before == 0xF9 && isSingle && Float.compare(Float.float16ToFloat(half), single) == 0) {
            out.write(0xF9);
            out.write(half >> 8);
            out.write(half);
        } else if (isSingle && (before == 0xF9 || before == 0xFA)) {
            out.write(0xFA);
            out.writeBytes(ByteBuffer.allocate(4).putFloat(single).array());
        } else {
            out.write(0xFB);
            out.writeBytes(ByteBuffer.allocate(8).putDouble(value).array());
        }
    }

    /// 0.1 was typed and 0.1f is meant: the same shortest text.
    static boolean shortest(float single, double value) {
        return Float.toString(single).equals(Double.toString(value));
    }

    private static void string(ByteArrayOutputStream out, int kind, byte[] bytes) {
        head(out, kind, bytes.length);
        out.writeBytes(bytes);
    }

    private static void head(ByteArrayOutputStream out, int kind, long argument) {
        int high = kind << 5;
        if (argument >= 0 && argument < 24) {
            out.write(high | (int) argument);
        } else if (argument >= 0 && argument < 1 << 8) {
            out.write(high | 24);
            out.write((int) argument);
        } else if (argument >= 0 && argument < 1 << 16) {
            out.write(high | 25);
            out.write((int) argument >> 8);
            out.write((int) argument);
        } else if (argument >= 0 && argument < 1L << 32) {
            out.write(high | 26);
            out.writeBytes(ByteBuffer.allocate(4).putInt((int) argument).array());
        } else {
            out.write(high | 27);
            out.writeBytes(ByteBuffer.allocate(8).putLong(argument).array());
        }
    }
}
