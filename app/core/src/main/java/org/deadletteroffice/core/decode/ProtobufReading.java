package org.deadletteroffice.core.decode;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.WireFormat;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.deadletteroffice.spi.decode.Tree;
import org.deadletteroffice.spi.message.Numerals;
import org.jspecify.annotations.Nullable;

/// Protobuf's wire format read by a descriptor. A field that the schema does not know is shown
/// under its number with a question mark. Our own, since the library's dynamic messages take a
/// hundred bytes of memory for one of a hostile payload.
final class ProtobufReading {
    private static final int LENGTH = WireFormat.WIRETYPE_LENGTH_DELIMITED;

    private final byte[] bytes;
    private final ByteCursor in;

    ProtobufReading(byte[] bytes, ByteCursor in) {
        this.bytes = bytes;
        this.in = in;
    }

    /// @param end offset behind the message's last byte; -1 for a group, which has an end mark
    Tree message(Descriptor type, int end) throws UnreadableException {
        in.deeper();
        var fields = new LinkedHashMap<String, List<Tree>>();
        while (end < 0 || in.at() < end) {
            long tag = in.varint();
            int number = (int) (tag >>> 3);
            int wire = (int) (tag & 7);
            if (number <= 0 || tag >>> 32 != 0) {
                throw in.stop("a field number that cannot be");
            }
            if (wire == WireFormat.WIRETYPE_END_GROUP) {
                if (end >= 0) {
                    throw in.stop("a group ends that did not begin");
                }
                break;
            }
            field(type.findFieldByNumber(number), number, wire, fields);
        }
        if (end >= 0 && in.at() != end) {
            throw in.stop("a message is longer than it says");
        }
        in.higher();
        return new Tree.Obj(members(type, fields));
    }

    private void field(
            @Nullable FieldDescriptor field, int number, int wire, Map<String, List<Tree>> fields)
            throws UnreadableException {
        in.value();
        var name = field == null ? "?" + number : field.getName();
        var values = fields.computeIfAbsent(name, _ -> new ArrayList<>());
        if (field == null) {
            values.add(ProtobufDump.value(in, bytes, wire, number));
            return;
        }
        if (field.isPackable() && wire == LENGTH) {
            int end = end(in.varint());
            while (in.at() < end) {
                in.value();
                values.add(scalar(field));
            }
            return;
        }
        if (wire != field.getLiteType().getWireType()) {
            throw in.stop(
                    "the field '%s' is written in another type than its schema says"
                            .formatted(name));
        }
        values.add(
                switch (field.getType()) {
                    case MESSAGE -> message(field.getMessageType(), end(in.varint()));
                    case GROUP -> message(field.getMessageType(), -1);
                    default -> scalar(field);
                });
    }

    private int end(long length) throws UnreadableException {
        if (length < 0 || length > in.left()) {
            throw in.stop(
                    "it breaks off: "
                            + Numerals.of(length, "more byte is", "more bytes are")
                            + " announced");
        }
        return in.at() + (int) length;
    }

    private Tree scalar(FieldDescriptor field) throws UnreadableException {
        return switch (field.getType()) {
            case DOUBLE -> Numbers.of(Double.longBitsToDouble(Long.reverseBytes(in.i64())));
            case FLOAT -> Numbers.of(Float.intBitsToFloat(Integer.reverseBytes(in.i32())));
            case INT64 -> Numbers.of(in.varint());
            case UINT64 -> Numbers.unsigned(in.varint());
            case INT32 -> Numbers.of((long) (int) in.varint());
            case UINT32 -> Numbers.of(in.varint() & 0xFFFF_FFFFL);
            case SINT32, SINT64 -> Numbers.of(in.zigzag());
            case FIXED64 -> Numbers.unsigned(Long.reverseBytes(in.i64()));
            case SFIXED64 -> Numbers.of(Long.reverseBytes(in.i64()));
            case FIXED32 -> Numbers.of(Integer.reverseBytes(in.i32()) & 0xFFFF_FFFFL);
            case SFIXED32 -> Numbers.of((long) Integer.reverseBytes(in.i32()));
            case BOOL -> new Tree.Bool(in.varint() != 0);
            case STRING -> in.text(in.varint());
            case BYTES -> new Tree.Bytes(in.bytes(in.varint()));
            case ENUM -> {
                int number = (int) in.varint();
                var value = field.getEnumType().findValueByNumber(number);
                yield value == null ? Numbers.of((long) number) : new Tree.Text(value.getName());
            }
            case MESSAGE, GROUP -> throw in.stop("a message cannot be packed");
        };
    }

    private static List<Tree.Member> members(Descriptor type, Map<String, List<Tree>> fields) {
        var members = new ArrayList<Tree.Member>();
        fields.forEach(
                (name, values) -> {
                    var field = type.findFieldByName(name);
                    if (field != null && field.isMapField()) {
                        members.add(new Tree.Member(name, map(field, values)));
                    } else if (field != null && field.isRepeated()) {
                        members.add(new Tree.Member(name, new Tree.Arr(values)));
                    } else if (field == null) {
                        values.forEach(value -> members.add(new Tree.Member(name, value)));
                    } else {
                        // Of a field that came twice the last counts.
                        members.add(new Tree.Member(name, values.getLast()));
                    }
                });
        return members;
    }

    private static Tree map(FieldDescriptor field, List<Tree> entries) {
        var members = new ArrayList<Tree.Member>();
        var presets = field.getMessageType();
        for (var entry : entries) {
            if (entry instanceof Tree.Obj object) {
                var key = object.get("key").orElseGet(() -> ProtobufWriting.preset(presets, 1));
                var name =
                        switch (key) {
                            case Tree.Text(var text) -> text;
                            case Tree.Num(var literal) -> literal;
                            default -> JsonWriter.compact(key);
                        };
                members.add(
                        new Tree.Member(
                                name,
                                object.get("value")
                                        .orElseGet(() -> ProtobufWriting.preset(presets, 2))));
            }
        }
        return new Tree.Obj(members);
    }
}
