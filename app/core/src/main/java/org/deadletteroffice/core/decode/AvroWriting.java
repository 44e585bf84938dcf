package org.deadletteroffice.core.decode;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.io.EncoderFactory;
import org.deadletteroffice.spi.decode.Decoded.Issue;
import org.deadletteroffice.spi.decode.Tree;

/// Trees written in Avro's binary encoding; what does not fit the schema is told in words, each
/// with its place.
final class AvroWriting {
    private final Map<String, Integer> branches;
    private final IssueList issues = new IssueList();
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    /// @param branches as [AvroReading#branches] tells of the original; empty for none
    AvroWriting(Map<String, Integer> branches) {
        this.branches = branches;
    }

    /// What does not fit; empty when all does.
    List<Issue> issues() {
        return issues.all();
    }

    byte[] bytes() {
        return out.toByteArray();
    }

    void write(Schema schema, Tree value, String path) {
        switch (schema.getType()) {
            case NULL -> {
                if (!(value instanceof Tree.Null)) {
                    wrong(schema, value, path);
                }
            }
            case BOOLEAN -> {
                if (value instanceof Tree.Bool(var yes)) {
                    out.write(yes ? 1 : 0);
                } else {
                    wrong(schema, value, path);
                }
            }
            case INT, LONG -> whole(schema, value, path);
            case FLOAT, DOUBLE -> {
                var number = Numbers.floating(value);
                boolean single = schema.getType() == Schema.Type.FLOAT;
                var buffer = ByteBuffer.allocate(single ? 4 : 8).order(ByteOrder.LITTLE_ENDIAN);
                if (number.isEmpty()) {
                    wrong(schema, value, path);
                } else if (single) {
                    out.writeBytes(buffer.putFloat(number.get().floatValue()).array());
                } else {
                    out.writeBytes(buffer.putDouble(number.get()).array());
                }
            }
            case STRING -> {
                // Text that was no UTF-8 came as bytes.
                if (value instanceof Tree.Text(var text)) {
                    string(text.getBytes(StandardCharsets.UTF_8));
                } else if (value instanceof Tree.Bytes(var bytes)) {
                    string(bytes);
                } else {
                    wrong(schema, value, path);
                }
            }
            case BYTES ->
                    AvroLogical.bytes(schema, value)
                            .ifPresentOrElse(this::string, () -> wrong(schema, value, path));
            case FIXED ->
                    AvroLogical.bytes(schema, value)
                            .ifPresentOrElse(out::writeBytes, () -> wrong(schema, value, path));
            case ENUM -> {
                if (value instanceof Tree.Text(var symbol) && schema.hasEnumSymbol(symbol)) {
                    zigzag(schema.getEnumOrdinal(symbol));
                } else {
                    wrong(schema, value, path);
                }
            }
            case UNION -> union(schema, value, path);
            case RECORD -> record(schema, value, path);
            case ARRAY -> array(schema, value, path);
            case MAP -> map(schema, value, path);
        }
    }

    private void wrong(Schema schema, Tree value, String path) {
        issues.error(
                path,
                "%s must be %s, and is %s."
                        .formatted(path, AvroReading.words(schema), Shapes.words(value)));
    }

    private void whole(Schema schema, Tree value, String path) {
        var number =
                value instanceof Tree.Text(var text)
                        ? AvroLogical.number(schema, text)
                        : Numbers.fitsLong(value);
        boolean fits =
                number.isPresent()
                        && (schema.getType() == Schema.Type.LONG
                                || number.get() == (int) (long) number.get());
        if (fits) {
            zigzag(number.get());
        } else {
            wrong(schema, value, path);
        }
    }

    /// In the branch where it was if it still fits there, else in the first where it fits.
    private void union(Schema schema, Tree value, String path) {
        var order = new ArrayList<Integer>();
        var before = branches.get(path);
        if (before != null && before < schema.getTypes().size()) {
            order.add(before);
        }
        for (int i = 0; i < schema.getTypes().size(); i++) {
            if (!order.contains(i)) {
                order.add(i);
            }
        }
        order.removeIf(branch -> !Shapes.mayBe(schema.getTypes().get(branch), value));
        if (order.isEmpty()) {
            wrong(schema, value, path);
            return;
        }
        for (int branch : order) {
            var trial = new AvroWriting(branches);
            trial.zigzag(branch);
            trial.write(schema.getTypes().get(branch), value, path);
            if (trial.issues().isEmpty() || order.size() == 1) {
                out.writeBytes(trial.bytes());
                issues.addAll(trial.issues());
                return;
            }
        }
        wrong(schema, value, path);
    }

    private void record(Schema schema, Tree value, String path) {
        if (!(value instanceof Tree.Obj object)) {
            wrong(schema, value, path);
            return;
        }
        var known = new HashSet<String>();
        for (var field : schema.getFields()) {
            known.add(field.name());
            var place = path + "." + field.name();
            var member = object.get(field.name());
            if (member.isPresent()) {
                write(field.schema(), member.get(), place);
            } else if (field.hasDefaultValue()) {
                preset(field);
            } else {
                issues.error(
                        place,
                        "%s is missing; it must be %s."
                                .formatted(place, AvroReading.words(field.schema())));
            }
        }
        for (var member : object.members()) {
            if (!known.contains(member.name())) {
                var place = path + "." + member.name();
                issues.error(
                        place,
                        "%s is unknown: %s has no such field.".formatted(place, schema.getName())
                                + Shapes.meant(member.name(), known));
            }
        }
    }

    private void preset(Schema.Field field) {
        try {
            var encoder = EncoderFactory.get().directBinaryEncoder(out, null);
            new GenericDatumWriter<Object>(field.schema())
                    .write(GenericData.get().getDefaultValue(field), encoder);
            encoder.flush();
        } catch (IOException | AvroRuntimeException broken) {
            issues.error(field.name(), "The default of " + field.name() + " cannot be written.");
        }
    }

    private void array(Schema schema, Tree value, String path) {
        if (!(value instanceof Tree.Arr(var items))) {
            wrong(schema, value, path);
            return;
        }
        if (!items.isEmpty()) {
            zigzag(items.size());
            for (int i = 0; i < items.size(); i++) {
                write(schema.getElementType(), items.get(i), path + "[" + i + "]");
            }
        }
        zigzag(0);
    }

    private void map(Schema schema, Tree value, String path) {
        if (!(value instanceof Tree.Obj(var members))) {
            wrong(schema, value, path);
            return;
        }
        if (!members.isEmpty()) {
            zigzag(members.size());
            for (var member : members) {
                string(member.name().getBytes(StandardCharsets.UTF_8));
                write(schema.getValueType(), member.value(), path + "." + member.name());
            }
        }
        zigzag(0);
    }

    private void string(byte[] bytes) {
        zigzag(bytes.length);
        out.writeBytes(bytes);
    }

    private void zigzag(long value) {
        zigzag(out, value);
    }

    static void zigzag(ByteArrayOutputStream out, long value) {
        long left = (value << 1) ^ (value >> 63);
        while ((left & ~0x7FL) != 0) {
            out.write((int) ((left & 0x7F) | 0x80));
            left >>>= 7;
        }
        out.write((int) left);
    }
}
