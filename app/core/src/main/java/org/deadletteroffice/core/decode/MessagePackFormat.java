package org.deadletteroffice.core.decode;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.deadletteroffice.spi.decode.PayloadDecoder.EditException;
import org.deadletteroffice.spi.decode.PayloadDecoder.Limits;
import org.deadletteroffice.spi.decode.Tree;
import org.deadletteroffice.spi.message.Numerals;
import org.jspecify.annotations.Nullable;

/// MessagePack (its specification of 2017, timestamps included). An extension type is an object of
/// `ext` and `data`. Our own, so that widths that the edit did not touch stay.
final class MessagePackFormat implements BinaryFormat {
    private static final String EXT = "ext";
    private static final String DATA = "data";
    private static final int TIMESTAMP = -1;
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
        int first = in.u8();
        return switch (first) {
            case 0xDC -> container(in, start, false, in.u16());
            case 0xDD -> container(in, start, false, in.u32());
            case 0xDE -> container(in, start, true, in.u16());
            case 0xDF -> container(in, start, true, in.u32());
            default -> {
                if (first >> 4 == 8 || first >> 4 == 9) {
                    yield container(in, start, first >> 4 == 8, first & 15);
                }
                yield Spot.leaf(scalar(in, first), start, start, in.at());
            }
        };
    }

    private Spot container(ByteCursor in, int start, boolean map, long count)
            throws UnreadableException {
        if (count > in.left()) {
            throw in.stop("more entries are announced than bytes are left");
        }
        in.deeper();
        var keys = new ArrayList<Spot>();
        var items = new ArrayList<Spot>();
        for (long i = 0; i < count; i++) {
            if (map) {
                keys.add(value(in));
            }
            items.add(value(in));
        }
        in.higher();
        return new Spot(CborFormat.tree(map, keys, items), start, start, in.at(), keys, items);
    }

    private static Tree scalar(ByteCursor in, int first) throws UnreadableException {
        return switch (first) {
            case 0xC0 -> Tree.NULL;
            case 0xC1 -> throw in.stop("0xc1 is never used");
            case 0xC2 -> new Tree.Bool(false);
            case 0xC3 -> new Tree.Bool(true);
            case 0xC4 -> new Tree.Bytes(in.bytes(in.u8()));
            case 0xC5 -> new Tree.Bytes(in.bytes(in.u16()));
            case 0xC6 -> new Tree.Bytes(in.bytes(in.u32()));
            case 0xC7 -> extension(in, in.u8());
            case 0xC8 -> extension(in, in.u16());
            case 0xC9 -> extension(in, in.u32());
            case 0xCA -> Numbers.of(Float.intBitsToFloat(in.i32()));
            case 0xCB -> Numbers.of(Double.longBitsToDouble(in.i64()));
            case 0xCC -> Numbers.of(in.u8());
            case 0xCD -> Numbers.of(in.u16());
            case 0xCE -> Numbers.of(in.u32());
            case 0xCF -> Numbers.unsigned(in.i64());
            case 0xD0 -> Numbers.of((long) (byte) in.u8());
            case 0xD1 -> Numbers.of((long) (short) in.u16());
            case 0xD2 -> Numbers.of((long) in.i32());
            case 0xD3 -> Numbers.of(in.i64());
            case 0xD4, 0xD5, 0xD6, 0xD7, 0xD8 -> extension(in, 1L << (first - 0xD4));
            case 0xD9 -> in.text(in.u8());
            case 0xDA -> in.text(in.u16());
            case 0xDB -> in.text(in.u32());
            default ->
                    first < 0x80
                            ? Numbers.of(first)
                            : first >= 0xE0 ? Numbers.of((long) (byte) first) : in.text(first & 31);
        };
    }

    private static Tree extension(ByteCursor in, long length) throws UnreadableException {
        int type = (byte) in.u8();
        var data = in.bytes(length);
        var time = type == TIMESTAMP ? time(data) : Optional.<Instant>empty();
        return time.isPresent()
                ? new Tree.Text(time.get().toString())
                : new Tree.Obj(
                        List.of(
                                new Tree.Member(EXT, Numbers.of(type)),
                                new Tree.Member(DATA, new Tree.Bytes(data))));
    }

    private static Optional<Instant> time(byte[] data) {
        var in = ByteBuffer.wrap(data);
        try {
            return switch (data.length) {
                case 4 -> Optional.of(Instant.ofEpochSecond(in.getInt() & 0xFFFF_FFFFL));
                case 8 -> {
                    long both = in.getLong();
                    yield Optional.of(Instant.ofEpochSecond(both & (1L << 34) - 1, both >>> 34));
                }
                case 12 -> {
                    long nanos = in.getInt() & 0xFFFF_FFFFL;
                    yield Optional.of(Instant.ofEpochSecond(in.getLong(), nanos));
                }
                default -> Optional.empty();
            };
        } catch (DateTimeException | ArithmeticException outOfRange) {
            return Optional.empty();
        }
    }

    @Override
    public void begin(
            ByteArrayOutputStream out,
            byte[] original,
            @Nullable Spot like,
            boolean map,
            int count) {
        int before = like == null ? 0 : original[like.head()] & 0xFF;
        boolean wide = before == 0xDD || before == 0xDF;
        boolean medium = before == 0xDC || before == 0xDE;
        if (count < 16 && !wide && !medium) {
            out.write((map ? 0x80 : 0x90) | count);
        } else if (count < 1 << 16 && !wide) {
            out.write(map ? 0xDE : 0xDC);
            number(out, count, 2);
        } else {
            out.write(map ? 0xDF : 0xDD);
            number(out, count, 4);
        }
    }

    @Override
    public void end(ByteArrayOutputStream out, byte[] original, @Nullable Spot like) {
        // The count at the beginning says where it ends.
    }

    @Override
    public void key(ByteArrayOutputStream out, byte[] original, @Nullable Spot like, String name)
            throws EditException {
        if (like != null && like.tree() instanceof Tree.Num && name.matches("-?[0-9]{1,18}")) {
            whole(out, 0, BigInteger.valueOf(Long.parseLong(name)));
        } else {
            text(out, name.getBytes(StandardCharsets.UTF_8));
        }
    }

    @Override
    public void scalar(ByteArrayOutputStream out, byte[] original, @Nullable Spot like, Tree value)
            throws EditException {
        int before = like == null ? 0 : original[like.head()] & 0xFF;
        boolean wasBytes = like != null && like.tree() instanceof Tree.Bytes;
        boolean wasExtension =
                (before >= 0xC7 && before <= 0xC9) || (before >= 0xD4 && before <= 0xD8);
        switch (value) {
            case Tree.Null() -> out.write(0xC0);
            case Tree.Bool(var yes) -> out.write(yes ? 0xC3 : 0xC2);
            case Tree.Bytes(var bytes) -> bytes(out, bytes);
            case Tree.Text(var text) -> {
                var special =
                        before == 0xCA || before == 0xCB
                                ? Numbers.floating(value)
                                : Optional.<Double>empty();
                if (special.isPresent()) {
                    floating(out, before, special.get());
                } else if (wasExtension) {
                    timestamp(out, text);
                } else if (wasBytes) {
                    var bytes =
                            TreeEdit.bytes(value)
                                    .orElseThrow(
                                            () ->
                                                    TreeEdit.cannot(
                                                            "Bytes stood here: '"
                                                                    + text
                                                                    + "' is no base64."));
                    if (before >= 0xC4 && before <= 0xC6) {
                        bytes(out, bytes);
                    } else {
                        text(out, bytes);
                    }
                } else {
                    text(out, text.getBytes(StandardCharsets.UTF_8));
                }
            }
            case Tree.Num(var literal) -> {
                var whole = Numbers.whole(value);
                if (whole.isEmpty() || before == 0xCA || before == 0xCB) {
                    floating(out, before, Double.parseDouble(literal));
                } else {
                    whole(out, before, whole.get());
                }
            }
            case Tree.Obj object when wasExtension -> extension(out, object);
            case Tree.Obj _, Tree.Arr _ -> throw TreeEdit.cannot("A container is no single value.");
        }
    }

    private static void timestamp(ByteArrayOutputStream out, String text) throws EditException {
        Instant time;
        try {
            time = Instant.parse(text);
        } catch (DateTimeParseException notATime) {
            throw TreeEdit.cannot(
                    "A time stood here: '" + text + "' is none; write 2026-01-31T12:00:00Z.");
        }
        long seconds = time.getEpochSecond();
        int nanos = time.getNano();
        if (seconds >>> 34 != 0) {
            out.write(0xC7);
            out.write(12);
            out.write(TIMESTAMP);
            number(out, nanos, 4);
            number(out, seconds, 8);
        } else if (nanos != 0 || seconds >>> 32 != 0) {
            out.write(0xD7);
            out.write(TIMESTAMP);
            number(out, (long) nanos << 34 | seconds, 8);
        } else {
            out.write(0xD6);
            out.write(TIMESTAMP);
            number(out, seconds, 4);
        }
    }

    private static void extension(ByteArrayOutputStream out, Tree.Obj object) throws EditException {
        var type = object.get(EXT).flatMap(Numbers::fitsLong);
        var data = object.get(DATA).flatMap(TreeEdit::bytes);
        if (type.isEmpty() || type.get() != (byte) (long) type.get() || data.isEmpty()) {
            throw TreeEdit.cannot(
                    "An extension type has 'ext', a number from -128 to 127, and 'data' in base64.");
        }
        int length = data.get().length;
        if (Integer.bitCount(length) == 1 && length <= 16) {
            out.write(0xD4 + Integer.numberOfTrailingZeros(length));
        } else {
            sized(out, length, 0xC7, 0xC8, 0xC9);
        }
        out.write((int) (long) type.get());
        out.writeBytes(data.get());
    }

    /// In the type that stood here where it holds the value, else in the shortest.
    private static void whole(ByteArrayOutputStream out, int before, BigInteger value)
            throws EditException {
        boolean fitsLong = value.bitLength() < Long.SIZE;
        long n = value.longValue();
        if (before >= 0xCC && before <= 0xCF && value.signum() >= 0) {
            int bytes = 1 << (before - 0xCC);
            if (value.bitLength() <= bytes * 8) {
                out.write(before);
                number(out, n, bytes);
                return;
            }
        }
        if (before >= 0xD0 && before <= 0xD3) {
            int bytes = 1 << (before - 0xD0);
            if (value.bitLength() < bytes * 8) {
                out.write(before);
                number(out, n, bytes);
                return;
            }
        }
        if (!fitsLong) {
            if (value.signum() < 0 || value.compareTo(MAX_UNSIGNED) >= 0) {
                throw TreeEdit.cannot("MessagePack has no whole number as large as " + value + ".");
            }
            out.write(0xCF);
            number(out, n, 8);
        } else if (n >= -32 && n < 128) {
            out.write((int) n);
        } else if (n >= 0) {
            int size =
                    value.bitLength() <= 8
                            ? 0
                            : value.bitLength() <= 16 ? 1 : value.bitLength() <= 32 ? 2 : 3;
            out.write(0xCC + size);
            number(out, n, 1 << size);
        } else {
            int size =
                    value.bitLength() < 8
                            ? 0
                            : value.bitLength() < 16 ? 1 : value.bitLength() < 32 ? 2 : 3;
            out.write(0xD0 + size);
            number(out, n, 1 << size);
        }
    }

    private static void floating(ByteArrayOutputStream out, int before, double value) {
        float single = (float) value;
        boolean fits = Double.compare(single, value) == 0 || CborFormat.shortest(single, value);
        if (before == 0xCA && fits) {
            out.write(0xCA);
            number(out, Float.floatToIntBits(single), 4);
        } else {
            out.write(0xCB);
            number(out, Double.doubleToLongBits(value), 8);
        }
    }

    private static void bytes(ByteArrayOutputStream out, byte[] bytes) {
        sized(out, bytes.length, 0xC4, 0xC5, 0xC6);
        out.writeBytes(bytes);
    }

    private static void text(ByteArrayOutputStream out, byte[] utf8) {
        if (utf8.length < 32) {
            out.write(0xA0 | utf8.length);
        } else {
            sized(out, utf8.length, 0xD9, 0xDA, 0xDB);
        }
        out.writeBytes(utf8);
    }

    private static void sized(ByteArrayOutputStream out, int length, int one, int two, int four) {
        if (length < 1 << 8) {
            out.write(one);
            out.write(length);
        } else if (length < 1 << 16) {
            out.write(two);
            number(out, length, 2);
        } else {
            out.write(four);
            number(out, length, 4);
        }
    }

    private static void number(ByteArrayOutputStream out, long value, int bytes) {
        for (int shift = 8 * (bytes - 1); shift >= 0; shift -= 8) {
            out.write((int) (value >>> shift));
        }
    }
}
