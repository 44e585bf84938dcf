package org.deadletteroffice.core.ledger;

import java.io.DataInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Objects;
import org.deadletteroffice.core.ByteWriter;
import org.jspecify.annotations.Nullable;

/// How one property of a page's messages is written: short where neighbours are alike or count up,
/// as they are wherever a broker numbers its messages.
final class Column {
    /// Texts of which most are as the one before: how often, and which of the different ones.
    static void writeRuns(ByteWriter out, List<@Nullable String> texts) {
        for (var from = 0; from < texts.size(); ) {
            var text = texts.get(from);
            var to = from + 1;
            while (to < texts.size() && Objects.equals(texts.get(to), text)) {
                to++;
            }
            number(out, to - from);
            text(out, text);
            from = to;
        }
    }

    static List<@Nullable String> readRuns(DataInputStream in, int count) throws IOException {
        var texts = new ArrayList<@Nullable String>(count);
        while (texts.size() < count) {
            var times = number(in);
            var text = text(in);
            checked(times > 0 && times <= count - texts.size());
            for (var i = 0L; i < times; i++) {
                texts.add(text);
            }
        }
        return texts;
    }

    /// Texts that end in a number: what stands before it once, and each number by how far it is
    /// from the one before it with the same beginning.
    static void writeNumbered(ByteWriter out, List<? extends @Nullable String> texts) {
        var beginnings = new HashMap<String, Beginning>();
        var last = CountedId.NONE;
        for (var text : texts) {
            if (text == null) {
                number(out, 0);
                continue;
            }
            var id = CountedId.of(text, last);
            last = id;
            var known = beginnings.get(id.beginning());
            if (known == null) {
                known = new Beginning(beginnings.size() + 1L, id.beginning());
                beginnings.put(id.beginning(), known);
                number(out, known.index);
                text(out, known.text);
            } else {
                number(out, known.index);
            }
            signed(out, id.number() - known.last);
            known.last = id.number();
        }
    }

    static List<@Nullable String> readNumbered(DataInputStream in, int count) throws IOException {
        var texts = new ArrayList<@Nullable String>(count);
        var beginnings = new ArrayList<Beginning>();
        for (var i = 0; i < count; i++) {
            var index = number(in);
            if (index == 0) {
                texts.add(null);
                continue;
            }
            checked(index > 0 && index <= beginnings.size() + 1L);
            if (index > beginnings.size()) {
                beginnings.add(new Beginning(index, String.valueOf(text(in))));
            }
            var beginning = beginnings.get((int) index - 1);
            beginning.last += signed(in);
            texts.add(new CountedId(beginning.text, beginning.last).text());
        }
        return texts;
    }

    private static final class Beginning {
        private final long index;
        private final String text;
        private long last;

        private Beginning(long index, String text) {
            this.index = index;
            this.text = text;
        }
    }

    /// Numbers that count up, with gaps where there is none: each by how far it is from the last.
    static void writeCounting(ByteWriter out, List<@Nullable Long> numbers) {
        var last = -1L;
        for (var number : numbers) {
            out.writeBoolean(number != null);
            if (number != null) {
                signed(out, number - last);
                last = number;
            }
        }
    }

    static List<@Nullable Long> readCounting(DataInputStream in, int count) throws IOException {
        var numbers = new ArrayList<@Nullable Long>(count);
        var last = -1L;
        for (var i = 0; i < count; i++) {
            if (in.readBoolean()) {
                last += signed(in);
                numbers.add(last);
            } else {
                numbers.add(null);
            }
        }
        return numbers;
    }

    /// Numbers of any kind.
    static void writeNumbers(ByteWriter out, List<@Nullable Long> numbers) {
        for (var number : numbers) {
            out.writeBoolean(number != null);
            if (number != null) {
                out.writeLong(number);
            }
        }
    }

    static List<@Nullable Long> readNumbers(DataInputStream in, int count) throws IOException {
        var numbers = new ArrayList<@Nullable Long>(count);
        for (var i = 0; i < count; i++) {
            numbers.add(in.readBoolean() ? in.readLong() : null);
        }
        return numbers;
    }

    /// A number from 0, seven bits a byte, the lowest first.
    static void number(ByteWriter out, long number) {
        var left = number;
        while ((left & ~0x7FL) != 0) {
            out.write((int) (left & 0x7F) | 0x80);
            left >>>= 7;
        }
        out.write((int) left);
    }

    static long number(DataInputStream in) throws IOException {
        var number = 0L;
        for (var shift = 0; shift < Long.SIZE; shift += 7) {
            var next = in.readUnsignedByte();
            number |= (next & 0x7FL) << shift;
            if (next < 0x80) {
                return number;
            }
        }
        throw new IOException("a number does not end");
    }

    private static void signed(ByteWriter out, long number) {
        number(out, (number << 1) ^ (number >> 63));
    }

    private static long signed(DataInputStream in) throws IOException {
        var number = number(in);
        return (number >>> 1) ^ -(number & 1);
    }

    private static void text(ByteWriter out, @Nullable String text) {
        if (text == null) {
            number(out, 0);
            return;
        }
        var bytes = text.getBytes(StandardCharsets.UTF_8);
        number(out, bytes.length + 1L);
        out.write(bytes);
    }

    private static @Nullable String text(DataInputStream in) throws IOException {
        var length = number(in) - 1;
        if (length < 0) {
            return null;
        }
        checked(length <= in.available());
        return new String(in.readNBytes((int) length), StandardCharsets.UTF_8);
    }

    private static void checked(boolean right) throws IOException {
        if (!right) {
            throw new IOException("a page of the ledger is damaged");
        }
    }

    private Column() {}
}
