package org.deadletteroffice.core.decode;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonParser.NumberType;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.dataformat.smile.SmileFactory;
import com.fasterxml.jackson.dataformat.smile.SmileGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.deadletteroffice.spi.decode.PayloadDecoder.EditException;
import org.deadletteroffice.spi.decode.PayloadDecoder.Limits;
import org.deadletteroffice.spi.decode.Tree;
import org.deadletteroffice.spi.message.Numerals;
import org.jspecify.annotations.Nullable;

/// Smile over Jackson's codec. Its names and texts refer back to earlier ones, so that an edited
/// document is written anew, with the header's options and each number in the type it had.
final class SmileValues {
    private static final int SHARED_NAMES = 1;
    private static final int SHARED_TEXTS = 2;
    private static final int RAW_BYTES = 4;

    /// The end mark, which a writer may leave out.
    private static final byte END = (byte) 0xFF;

    private static final SmileFactory FACTORY =
            SmileFactory.builder()
                    .streamReadConstraints(
                            StreamReadConstraints.builder()
                                    .maxNestingDepth(JsonReader.MAX_DEPTH + 10)
                                    .maxStringLength(Limits.STANDARD.bytes())
                                    .maxNumberLength(1_000)
                                    .build())
                    .build();

    /// A value with the number types that its tree does not tell.
    ///
    /// @param type of a number; null for anything else
    /// @param items of an object the members' values, of an array the items
    private record Typed(Tree tree, @Nullable NumberType type, List<Typed> items) {}

    private final Limits limits;
    private int values;

    private SmileValues(Limits limits) {
        this.limits = limits;
    }

    static Tree read(byte[] payload, Limits limits) throws UnreadableException {
        return typed(payload, limits).tree();
    }

    private static Typed typed(byte[] payload, Limits limits) throws UnreadableException {
        if (!SmileDecoder.begins(payload)) {
            throw new UnreadableException("it does not begin with its header", 0);
        }
        try (var parser = FACTORY.createParser(payload)) {
            if (parser.nextToken() == null) {
                throw new UnreadableException("there is no value in it", 4);
            }
            var value = new SmileValues(limits).value(parser, 0);
            if (parser.nextToken() != null) {
                throw new UnreadableException("more than one value is in it", -1);
            }
            return value;
        } catch (IOException | RuntimeException broken) {
            // The codec throws unchecked exceptions too on damaged input.
            throw new UnreadableException("it breaks off or is damaged", -1);
        }
    }

    private Typed value(JsonParser in, int depth) throws IOException, UnreadableException {
        if (++values > JsonReader.MAX_VALUES) {
            throw new UnreadableException(
                    "it has more than %s values".formatted(Numerals.of(JsonReader.MAX_VALUES)), -1);
        }
        if (depth > Math.min(limits.depth(), JsonReader.MAX_DEPTH)) {
            throw new UnreadableException(
                    "it is nested deeper than %s levels".formatted(Numerals.of(depth)), -1);
        }
        return switch (in.currentToken()) {
            case START_OBJECT -> {
                var members = new ArrayList<Tree.Member>();
                var items = new ArrayList<Typed>();
                while (in.nextToken() != JsonToken.END_OBJECT) {
                    var name = in.currentName();
                    in.nextToken();
                    var item = value(in, depth + 1);
                    items.add(item);
                    members.add(new Tree.Member(name, item.tree()));
                }
                yield new Typed(new Tree.Obj(members), null, items);
            }
            case START_ARRAY -> {
                var items = new ArrayList<Typed>();
                while (in.nextToken() != JsonToken.END_ARRAY) {
                    items.add(value(in, depth + 1));
                }
                yield new Typed(
                        new Tree.Arr(items.stream().map(Typed::tree).toList()), null, items);
            }
            case VALUE_STRING -> leaf(new Tree.Text(in.getText()));
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> {
                var type = in.getNumberType();
                var tree =
                        switch (type) {
                            case FLOAT -> Numbers.of(in.getFloatValue());
                            case DOUBLE -> Numbers.of(in.getDoubleValue());
                            case BIG_DECIMAL -> decimal(in.getDecimalValue());
                            case INT, LONG, BIG_INTEGER ->
                                    new Tree.Num(in.getBigIntegerValue().toString());
                        };
                yield new Typed(tree, type, List.of());
            }
            case VALUE_TRUE -> leaf(new Tree.Bool(true));
            case VALUE_FALSE -> leaf(new Tree.Bool(false));
            case VALUE_NULL -> leaf(Tree.NULL);
            case VALUE_EMBEDDED_OBJECT -> leaf(new Tree.Bytes(in.getBinaryValue()));
            case NOT_AVAILABLE, END_OBJECT, END_ARRAY, FIELD_NAME ->
                    throw new UnreadableException("a value was expected", -1);
        };
    }

    private static Tree decimal(BigDecimal value) {
        return new Tree.Num(value.toString());
    }

    private static Typed leaf(Tree tree) {
        return new Typed(tree, null, List.of());
    }

    static byte[] write(Tree edited, byte[] original) throws EditException {
        Typed before;
        try {
            before = typed(original, Limits.STANDARD);
        } catch (UnreadableException broken) {
            throw TreeEdit.cannot("It is not readable as Smile: " + broken.sentence() + ".");
        }
        int options = original[3];
        var out = new ByteArrayOutputStream();
        // The generator writes its options at once: they have to be the factory's.
        var factory =
                FACTORY.rebuild()
                        .configure(
                                SmileGenerator.Feature.CHECK_SHARED_NAMES,
                                (options & SHARED_NAMES) != 0)
                        .configure(
                                SmileGenerator.Feature.CHECK_SHARED_STRING_VALUES,
                                (options & SHARED_TEXTS) != 0)
                        .configure(
                                SmileGenerator.Feature.ENCODE_BINARY_AS_7BIT,
                                (options & RAW_BYTES) == 0)
                        .build();
        try (var generator = factory.createGenerator(out)) {
            write(edited, before, generator);
        } catch (IOException impossible) {
            throw TreeEdit.cannot("It cannot be written as Smile.");
        }
        if (original[original.length - 1] == END) {
            out.write(END);
        }
        return out.toByteArray();
    }

    private static void write(Tree edited, @Nullable Typed before, JsonGenerator out)
            throws IOException, EditException {
        switch (edited) {
            case Tree.Obj(var members) -> {
                out.writeStartObject();
                var olds =
                        before != null && before.tree() instanceof Tree.Obj(var old)
                                ? old
                                : List.<Tree.Member>of();
                for (int i = 0; i < members.size(); i++) {
                    var member = members.get(i);
                    out.writeFieldName(member.name());
                    write(
                            member.value(),
                            before == null ? null : match(before, olds, member, i),
                            out);
                }
                out.writeEndObject();
            }
            case Tree.Arr(var items) -> {
                out.writeStartArray();
                var olds =
                        before != null && before.tree() instanceof Tree.Arr
                                ? before.items()
                                : List.<Typed>of();
                for (int i = 0; i < items.size(); i++) {
                    write(items.get(i), i < olds.size() ? olds.get(i) : null, out);
                }
                out.writeEndArray();
            }
            case Tree.Text(var text) -> {
                var special =
                        before != null && before.type() != null
                                ? Numbers.floating(edited)
                                : Optional.<Double>empty();
                if (special.isPresent()) {
                    out.writeNumber(special.get());
                } else if (before != null && before.tree() instanceof Tree.Bytes) {
                    out.writeBinary(
                            TreeEdit.bytes(edited)
                                    .orElseThrow(
                                            () ->
                                                    TreeEdit.cannot(
                                                            "Bytes stood here: '"
                                                                    + text
                                                                    + "' is no base64.")));
                } else {
                    out.writeString(text);
                }
            }
            case Tree.Num(var literal) -> number(edited, literal, before, out);
            case Tree.Bool(var value) -> out.writeBoolean(value);
            case Tree.Null() -> out.writeNull();
            case Tree.Bytes(var bytes) -> out.writeBinary(bytes);
        }
    }

    private static @Nullable Typed match(
            Typed before, List<Tree.Member> olds, Tree.Member member, int place) {
        if (place < olds.size() && olds.get(place).name().equals(member.name())) {
            return before.items().get(place);
        }
        for (int i = 0; i < olds.size(); i++) {
            if (olds.get(i).name().equals(member.name())) {
                return before.items().get(i);
            }
        }
        return null;
    }

    private static void number(
            Tree edited, String literal, @Nullable Typed before, JsonGenerator out)
            throws IOException {
        var whole = Numbers.whole(edited);
        var type = before == null ? null : before.type();
        if (type == NumberType.BIG_DECIMAL) {
            out.writeNumber(new BigDecimal(literal));
        } else if (type == NumberType.FLOAT
                && Float.toString(Float.parseFloat(literal))
                        .equals(Double.toString(Double.parseDouble(literal)))) {
            out.writeNumber(Float.parseFloat(literal));
        } else if (type == NumberType.FLOAT || type == NumberType.DOUBLE || whole.isEmpty()) {
            out.writeNumber(Double.parseDouble(literal));
        } else if (type == NumberType.BIG_INTEGER || whole.get().bitLength() >= Long.SIZE) {
            out.writeNumber(whole.get());
        } else if (type == NumberType.LONG || whole.get().bitLength() >= Integer.SIZE) {
            out.writeNumber(whole.get().longValue());
        } else {
            out.writeNumber(whole.get().intValue());
        }
    }
}
