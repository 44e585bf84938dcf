package org.deadletteroffice.core.decode;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.Message;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.deadletteroffice.spi.decode.Decoded.Issue;
import org.deadletteroffice.spi.decode.Tree;
import org.jspecify.annotations.Nullable;

/// Trees written over a Protobuf message: fields that the schema does not know stay as they were;
/// what does not fit is told in words, each with its place.
final class ProtobufWriting {
    private static final Map<FieldDescriptor.Type, String> WORDS =
            Map.of(
                    FieldDescriptor.Type.BOOL, "true or false",
                    FieldDescriptor.Type.STRING, "text",
                    FieldDescriptor.Type.BYTES, "bytes in base64");

    private final IssueList issues = new IssueList();

    List<Issue> issues() {
        return issues.all();
    }

    /// @param message what stood here, emptied of what the tree leaves out
    void write(Message.Builder message, Tree value, String path) {
        if (!(value instanceof Tree.Obj object)) {
            issues.error(
                    path, "%s must be an object, and is %s.".formatted(path, Shapes.words(value)));
            return;
        }
        var type = message.getDescriptorForType();
        var known = new HashSet<String>();
        for (var field : type.getFields()) {
            known.add(field.getName());
            var given = object.get(field.getName());
            var place = path + "." + field.getName();
            if (given.isEmpty() || (given.get() instanceof Tree.Null)) {
                message.clearField(field);
                if (field.isRequired()) {
                    issues.error(place, "%s is missing, and is required.".formatted(place));
                }
            } else {
                set(message, field, given.get(), place);
            }
        }
        for (var member : object.members()) {
            if (!known.contains(member.name()) && !member.name().startsWith("?")) {
                var place = path + "." + member.name();
                issues.error(
                        place,
                        "%s is unknown: %s has no such field.".formatted(place, type.getName())
                                + Shapes.meant(member.name(), known));
            }
        }
    }

    private void set(Message.Builder message, FieldDescriptor field, Tree value, String path) {
        if (field.isMapField()) {
            map(message, field, value, path);
        } else if (field.isRepeated()) {
            repeated(message, field, value, path);
        } else if (field.getJavaType() == FieldDescriptor.JavaType.MESSAGE) {
            var inner = message.hasField(field) ? ((Message) message.getField(field)) : null;
            message.setField(field, inner(field, inner, value, path));
        } else {
            scalar(field, value, path).ifPresent(it -> message.setField(field, it));
        }
    }

    private Message inner(
            FieldDescriptor field, @Nullable Message before, Tree value, String path) {
        var builder =
                before == null
                        ? DynamicMessage.newBuilder(field.getMessageType())
                        : before.toBuilder();
        write(builder, value, path);
        return builder.buildPartial();
    }

    private void repeated(Message.Builder message, FieldDescriptor field, Tree value, String path) {
        if (!(value instanceof Tree.Arr(var items))) {
            issues.error(
                    path, "%s must be a list, and is %s.".formatted(path, Shapes.words(value)));
            return;
        }
        var fresh = new ArrayList<Object>();
        for (int i = 0; i < items.size(); i++) {
            var place = path + "[" + i + "]";
            if (field.getJavaType() == FieldDescriptor.JavaType.MESSAGE) {
                var before =
                        i < message.getRepeatedFieldCount(field)
                                ? (Message) message.getRepeatedField(field, i)
                                : null;
                fresh.add(inner(field, before, items.get(i), place));
            } else {
                scalar(field, items.get(i), place).ifPresent(fresh::add);
            }
        }
        message.setField(field, fresh);
    }

    private void map(Message.Builder message, FieldDescriptor field, Tree value, String path) {
        if (!(value instanceof Tree.Obj(var members))) {
            issues.error(
                    path, "%s must be an object, and is %s.".formatted(path, Shapes.words(value)));
            return;
        }
        var keyField = field.getMessageType().findFieldByNumber(1);
        var valueField = field.getMessageType().findFieldByNumber(2);
        var fresh = new ArrayList<Object>();
        for (var member : members) {
            var place = path + "." + member.name();
            var entry = DynamicMessage.newBuilder(field.getMessageType());
            scalar(keyField, key(keyField, member.name()), place)
                    .ifPresent(it -> entry.setField(keyField, it));
            set(entry, valueField, member.value(), place);
            fresh.add(entry.buildPartial());
        }
        message.setField(field, fresh);
    }

    private static Tree key(FieldDescriptor field, String name) {
        return switch (field.getJavaType()) {
            case STRING -> new Tree.Text(name);
            case BOOLEAN -> new Tree.Bool(name.equals("true"));
            default -> name.matches("-?[0-9]{1,20}") ? new Tree.Num(name) : new Tree.Text(name);
        };
    }

    private Optional<Object> scalar(FieldDescriptor field, Tree value, String path) {
        var fitting = fitting(field, value);
        if (fitting.isEmpty()) {
            issues.error(
                    path,
                    "%s must be %s, and is %s.".formatted(path, words(field), Shapes.words(value)));
        }
        return fitting;
    }

    private static Optional<Object> fitting(FieldDescriptor field, Tree value) {
        return switch (field.getType()) {
            case DOUBLE -> Numbers.floating(value).map(it -> it);
            case FLOAT -> Numbers.floating(value).map(Double::floatValue);
            case INT32, SINT32, SFIXED32 -> within(value, 32, true).map(BigInteger::intValue);
            case UINT32, FIXED32 -> within(value, 32, false).map(BigInteger::intValue);
            case INT64, SINT64, SFIXED64 -> within(value, 64, true).map(BigInteger::longValue);
            case UINT64, FIXED64 -> within(value, 64, false).map(BigInteger::longValue);
            case BOOL -> value instanceof Tree.Bool(var yes) ? Optional.of(yes) : Optional.empty();
            case STRING ->
                    switch (value) {
                        case Tree.Text(var text) -> Optional.of(text);
                        case Tree.Bytes(var bytes) ->
                                Optional.of(ByteString.copyFrom(bytes).toStringUtf8());
                        default -> Optional.empty();
                    };
            case BYTES -> TreeEdit.bytes(value).map(ByteString::copyFrom);
            case ENUM -> enumValue(field, value);
            case MESSAGE, GROUP -> Optional.empty();
        };
    }

    private static Optional<Object> enumValue(FieldDescriptor field, Tree value) {
        if (value instanceof Tree.Text(var name)) {
            return Optional.ofNullable(field.getEnumType().findValueByName(name));
        }
        return within(value, 32, true)
                .map(it -> field.getEnumType().findValueByNumberCreatingIfUnknown(it.intValue()));
    }

    private static Optional<BigInteger> within(Tree value, int bits, boolean signed) {
        return Numbers.whole(value)
                .filter(
                        it ->
                                signed
                                        ? it.bitLength() < bits
                                        : it.signum() >= 0 && it.bitLength() <= bits);
    }

    private static String words(FieldDescriptor field) {
        if (field.getType() == FieldDescriptor.Type.ENUM) {
            return "one of "
                    + String.join(
                            ", ",
                            field.getEnumType().getValues().stream()
                                    .limit(8)
                                    .map(value -> value.getName())
                                    .toList());
        }
        var word = WORDS.get(field.getType());
        return word == null ? field.getType().name().toLowerCase(java.util.Locale.ROOT) : word;
    }

    /// What a part of a map's entry is when it is not written.
    static Tree preset(Descriptor entry, int number) {
        var field = entry.findFieldByNumber(number);
        return switch (field.getJavaType()) {
            case STRING -> new Tree.Text("");
            case BOOLEAN -> new Tree.Bool(false);
            case BYTE_STRING -> new Tree.Bytes(new byte[0]);
            case MESSAGE -> new Tree.Obj(List.of());
            case ENUM -> new Tree.Text(field.getEnumType().getValues().getFirst().getName());
            case INT, LONG -> Numbers.of(0);
            case FLOAT, DOUBLE -> Numbers.of(0.0);
        };
    }
}
