package org.deadletteroffice.core.decode;

import com.google.protobuf.DescriptorProtos.DescriptorProto;
import com.google.protobuf.DescriptorProtos.EnumDescriptorProto;
import com.google.protobuf.DescriptorProtos.EnumValueDescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto.Label;
import com.google.protobuf.DescriptorProtos.FieldOptions;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.DescriptorProtos.MessageOptions;
import com.google.protobuf.DescriptorProtos.OneofDescriptorProto;
import java.util.Locale;
import java.util.Map;

/// A `.proto` file as registries keep it, read into a descriptor. Messages, enumerations, fields,
/// maps, oneofs, groups and imports are read; services, options and reserved ranges are passed
/// over, since no byte on the wire depends on them but on `packed`.
final class ProtoParser {
    private static final int DEEPEST = 64;

    private static final Map<String, FieldDescriptorProto.Type> SCALARS =
            Map.ofEntries(
                    Map.entry("double", FieldDescriptorProto.Type.TYPE_DOUBLE),
                    Map.entry("float", FieldDescriptorProto.Type.TYPE_FLOAT),
                    Map.entry("int64", FieldDescriptorProto.Type.TYPE_INT64),
                    Map.entry("uint64", FieldDescriptorProto.Type.TYPE_UINT64),
                    Map.entry("int32", FieldDescriptorProto.Type.TYPE_INT32),
                    Map.entry("fixed64", FieldDescriptorProto.Type.TYPE_FIXED64),
                    Map.entry("fixed32", FieldDescriptorProto.Type.TYPE_FIXED32),
                    Map.entry("bool", FieldDescriptorProto.Type.TYPE_BOOL),
                    Map.entry("string", FieldDescriptorProto.Type.TYPE_STRING),
                    Map.entry("bytes", FieldDescriptorProto.Type.TYPE_BYTES),
                    Map.entry("uint32", FieldDescriptorProto.Type.TYPE_UINT32),
                    Map.entry("sfixed32", FieldDescriptorProto.Type.TYPE_SFIXED32),
                    Map.entry("sfixed64", FieldDescriptorProto.Type.TYPE_SFIXED64),
                    Map.entry("sint32", FieldDescriptorProto.Type.TYPE_SINT32),
                    Map.entry("sint64", FieldDescriptorProto.Type.TYPE_SINT64));

    private final ProtoTokens in;
    private final FileDescriptorProto.Builder file = FileDescriptorProto.newBuilder();

    private ProtoParser(String name, String text) {
        this.in = new ProtoTokens(text);
        file.setName(name);
    }

    /// @param name what others import it as
    /// @throws SyntaxProblem where it is no `.proto` file
    static FileDescriptorProto parse(String name, String text) throws SyntaxProblem {
        return new ProtoParser(name, text).file();
    }

    private FileDescriptorProto file() throws SyntaxProblem {
        while (!in.atEnd()) {
            switch (in.next()) {
                case ";" -> {}
                case "syntax" -> {
                    in.expect("=");
                    file.setSyntax(in.text());
                    in.expect(";");
                }
                case "edition" -> throw in.stop("editions are not read here");
                case "package" -> {
                    file.setPackage(in.next());
                    in.expect(";");
                }
                case "import" -> {
                    var kind = in.peek();
                    if (kind.equals("public") || kind.equals("weak")) {
                        in.next();
                    }
                    if (kind.equals("public")) {
                        file.addPublicDependency(file.getDependencyCount());
                    }
                    file.addDependency(in.text());
                    in.expect(";");
                }
                case "message" -> file.addMessageType(message(in.next(), 0));
                case "enum" -> file.addEnumType(enumeration());
                case "option", "service", "extend" -> in.skipStatement();
                default -> throw in.stop("a message, an enum or an import was expected");
            }
        }
        return file.build();
    }

    private boolean isProto3() {
        return file.getSyntax().equals("proto3");
    }

    private DescriptorProto message(String name, int depth) throws SyntaxProblem {
        if (depth > DEEPEST) {
            throw in.stop("messages are nested deeper than " + DEEPEST + " levels");
        }
        var message = DescriptorProto.newBuilder().setName(name);
        in.expect("{");
        while (!in.peek().equals("}")) {
            member(message, in.next(), depth);
        }
        in.next();
        // Optional fields of proto3 are alone in a oneof, which stands behind the written ones.
        for (var field : message.getFieldBuilderList()) {
            if (field.getProto3Optional()) {
                field.setOneofIndex(message.getOneofDeclCount());
                message.addOneofDecl(
                        OneofDescriptorProto.newBuilder().setName("_" + field.getName()));
            }
        }
        return message.build();
    }

    private void member(DescriptorProto.Builder message, String word, int depth)
            throws SyntaxProblem {
        switch (word) {
            case ";" -> {}
            case "message" -> message.addNestedType(message(in.next(), depth + 1));
            case "enum" -> message.addEnumType(enumeration());
            case "option", "reserved", "extensions", "extend" -> in.skipStatement();
            case "oneof" -> {
                int index = message.getOneofDeclCount();
                message.addOneofDecl(OneofDescriptorProto.newBuilder().setName(in.next()));
                in.expect("{");
                while (!in.peek().equals("}")) {
                    var type = in.next();
                    if (type.equals("option")) {
                        in.skipStatement();
                    } else {
                        field(message, type, Label.LABEL_OPTIONAL, depth).setOneofIndex(index);
                    }
                }
                in.next();
            }
            case "map" -> {
                if (in.peek().equals("<")) {
                    map(message);
                } else {
                    field(message, word, Label.LABEL_OPTIONAL, depth);
                }
            }
            case "optional" -> {
                var field = field(message, in.next(), Label.LABEL_OPTIONAL, depth);
                if (isProto3()) {
                    field.setProto3Optional(true);
                }
            }
            case "required" -> field(message, in.next(), Label.LABEL_REQUIRED, depth);
            case "repeated" -> field(message, in.next(), Label.LABEL_REPEATED, depth);
            default -> field(message, word, Label.LABEL_OPTIONAL, depth);
        }
    }

    private FieldDescriptorProto.Builder field(
            DescriptorProto.Builder message, String type, Label label, int depth)
            throws SyntaxProblem {
        var name = in.next();
        in.expect("=");
        var field = FieldDescriptorProto.newBuilder().setName(name).setLabel(label);
        field.setNumber(in.number());
        var scalar = SCALARS.get(type);
        if (scalar != null) {
            field.setType(scalar);
        } else if (type.equals("group")) {
            field.setName(name.toLowerCase(Locale.ROOT))
                    .setType(FieldDescriptorProto.Type.TYPE_GROUP)
                    .setTypeName(name);
            options(field);
            message.addNestedType(message(name, depth + 1));
            message.addField(field);
            return message.getFieldBuilder(message.getFieldCount() - 1);
        } else {
            // Whether a message or an enum, the linker finds out.
            field.setTypeName(type);
        }
        options(field);
        in.expect(";");
        message.addField(field);
        return message.getFieldBuilder(message.getFieldCount() - 1);
    }

    private void options(FieldDescriptorProto.Builder field) throws SyntaxProblem {
        if (in.peek().equals("[")) {
            var packed = in.option("packed");
            if (!packed.isEmpty()) {
                field.setOptions(FieldOptions.newBuilder().setPacked(packed.equals("true")));
            }
        }
    }

    /// A map is a repeated message of key and value (Protocol Buffers, "Maps", backwards
    /// compatibility).
    private void map(DescriptorProto.Builder message) throws SyntaxProblem {
        in.expect("<");
        var key = in.next();
        in.expect(",");
        var value = in.next();
        in.expect(">");
        var name = in.next();
        in.expect("=");
        var entry = entryName(name);
        var field =
                FieldDescriptorProto.newBuilder()
                        .setName(name)
                        .setLabel(Label.LABEL_REPEATED)
                        .setNumber(in.number())
                        .setType(FieldDescriptorProto.Type.TYPE_MESSAGE)
                        .setTypeName(entry);
        options(field);
        in.expect(";");
        message.addField(field);
        message.addNestedType(
                DescriptorProto.newBuilder()
                        .setName(entry)
                        .setOptions(MessageOptions.newBuilder().setMapEntry(true))
                        .addField(part("key", 1, key))
                        .addField(part("value", 2, value)));
    }

    /// `order_lines` → `OrderLinesEntry`, which the linker checks.
    private static String entryName(String field) {
        var name = new StringBuilder();
        boolean upper = true;
        for (int i = 0; i < field.length(); i++) {
            char c = field.charAt(i);
            if (c == '_') {
                upper = true;
            } else {
                name.append(upper ? Character.toUpperCase(c) : c);
                upper = false;
            }
        }
        return name.append("Entry").toString();
    }

    private static FieldDescriptorProto part(String name, int number, String type) {
        var field =
                FieldDescriptorProto.newBuilder()
                        .setName(name)
                        .setNumber(number)
                        .setLabel(Label.LABEL_OPTIONAL);
        var scalar = SCALARS.get(type);
        return scalar == null ? field.setTypeName(type).build() : field.setType(scalar).build();
    }

    private EnumDescriptorProto enumeration() throws SyntaxProblem {
        var result = EnumDescriptorProto.newBuilder().setName(in.next());
        in.expect("{");
        while (!in.peek().equals("}")) {
            var name = in.next();
            switch (name) {
                case ";" -> {}
                case "reserved" -> in.skipStatement();
                case "option" -> {
                    if (in.peek().equals("allow_alias")) {
                        result.getOptionsBuilder().setAllowAlias(true);
                    }
                    in.skipStatement();
                }
                default -> {
                    in.expect("=");
                    result.addValue(
                            EnumValueDescriptorProto.newBuilder()
                                    .setName(name)
                                    .setNumber(in.number()));
                    if (in.peek().equals("[")) {
                        var _ = in.option("");
                    }
                    in.expect(";");
                }
            }
        }
        in.next();
        return result.build();
    }
}
