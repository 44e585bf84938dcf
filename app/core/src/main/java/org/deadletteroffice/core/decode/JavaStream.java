package org.deadletteroffice.core.decode;

import java.util.ArrayList;
import java.util.List;
import org.deadletteroffice.spi.decode.PayloadDecoder.Limits;
import org.deadletteroffice.spi.decode.Tree;
import org.jspecify.annotations.Nullable;

/// The stream of `ObjectOutputStream`, described: classes, fields and values (Java Object
/// Serialization Specification, chapter 6). No class is loaded and no object made, so that nothing
/// in it can act.
final class JavaStream {
    private static final int WIRE = 0x7E0000;
    private static final int WRITE_METHOD = 1;
    private static final int EXTERNALIZABLE = 4;
    private static final int BLOCK_DATA = 8;
    private static final String CLASS = "$class";

    private final ByteCursor in;
    private final List<@Nullable Object> handles = new ArrayList<>();

    /// @param type its code in the stream: `I`, `L`, `[`
    private record Field(String name, char type) {}

    private record ClassShape(
            String name, int flags, List<Field> fields, @Nullable ClassShape parent) {}

    JavaStream(byte[] bytes, Limits limits) {
        in = new ByteCursor(bytes, limits);
    }

    static boolean begins(byte[] bytes) {
        return bytes.length > 4
                && bytes[0] == (byte) 0xAC
                && bytes[1] == (byte) 0xED
                && bytes[2] == 0
                && bytes[3] == 5;
    }

    /// One value, or the list of them where the stream holds several.
    Tree read() throws UnreadableException {
        in.skip(4);
        var all = new ArrayList<Tree>();
        while (in.left() > 0) {
            all.add(content());
        }
        return all.size() == 1 ? all.getFirst() : new Tree.Arr(all);
    }

    private Tree content() throws UnreadableException {
        in.value();
        in.deeper();
        int code = in.u8();
        var tree =
                switch (code) {
                    case 0x70 -> Tree.NULL;
                    case 0x71 -> reference();
                    case 0x72, 0x7D -> {
                        var shape = shape(code);
                        yield new Tree.Text(shape == null ? "class" : "class " + shape.name());
                    }
                    case 0x73 -> object();
                    case 0x74 -> string(in.u16());
                    case 0x75 -> array();
                    case 0x76 -> {
                        var shape = classOf();
                        handles.add(null);
                        yield new Tree.Text("class " + (shape == null ? "null" : shape.name()));
                    }
                    case 0x77 -> new Tree.Bytes(in.bytes(in.u8()));
                    case 0x79 -> {
                        handles.clear();
                        yield new Tree.Text("reset");
                    }
                    case 0x7A -> new Tree.Bytes(in.bytes(in.u32()));
                    case 0x7B -> {
                        handles.clear();
                        var thrown = content();
                        handles.clear();
                        yield thrown;
                    }
                    case 0x7C -> {
                        long length = in.i64();
                        yield string(length);
                    }
                    case 0x7E -> enumConstant();
                    default ->
                            throw in.stop("0x%02x begins nothing in such a stream".formatted(code));
                };
        in.higher();
        return tree;
    }

    private void remember(int handle, @Nullable Object value) throws UnreadableException {
        if (handle >= handles.size()) {
            throw in.stop("it is reset in the midst of an object");
        }
        handles.set(handle, value);
    }

    private Tree reference() throws UnreadableException {
        int handle = in.i32() - WIRE;
        if (handle < 0 || handle >= handles.size()) {
            throw in.stop("it refers to an object that is not there");
        }
        return switch (handles.get(handle)) {
            case Tree.Text text -> text;
            case ClassShape shape -> new Tree.Text("class " + shape.name());
            // Objects may refer to themselves: told, not followed.
            case null, default -> new Tree.Text("see object " + handle);
        };
    }

    private Tree string(long length) throws UnreadableException {
        var text = in.text(length);
        handles.add(text);
        return text;
    }

    private String utf() throws UnreadableException {
        return in.text(in.u16()) instanceof Tree.Text(var text) ? text : "?";
    }

    private @Nullable ClassShape classOf() throws UnreadableException {
        int code = in.u8();
        return switch (code) {
            case 0x70 -> null;
            case 0x71 -> {
                int handle = in.i32() - WIRE;
                if (handle < 0
                        || handle >= handles.size()
                        || !(handles.get(handle) instanceof ClassShape shape)) {
                    throw in.stop("it refers to a class that is not there");
                }
                yield shape;
            }
            case 0x72, 0x7D -> shape(code);
            default -> throw in.stop("a class was expected");
        };
    }

    private @Nullable ClassShape shape(int code) throws UnreadableException {
        in.deeper();
        int handle = handles.size();
        handles.add(null);
        ClassShape shape;
        if (code == 0x7D) {
            int interfaces = in.i32();
            if (interfaces < 0 || interfaces > in.left()) {
                throw in.stop("too many interfaces");
            }
            var names = new ArrayList<String>();
            for (int i = 0; i < interfaces; i++) {
                names.add(utf());
            }
            annotations();
            shape = new ClassShape("proxy of " + String.join(", ", names), 2, List.of(), classOf());
        } else {
            var name = utf();
            in.i64();
            // Its own fields may refer to the class being described.
            remember(handle, new ClassShape(name, 0, List.of(), null));
            int flags = in.u8();
            int count = in.u16();
            var fields = new ArrayList<Field>();
            for (int i = 0; i < count; i++) {
                in.value();
                char type = (char) in.u8();
                fields.add(new Field(utf(), type));
                if (type == '[' || type == 'L') {
                    content();
                }
            }
            annotations();
            shape = new ClassShape(name, flags, fields, classOf());
        }
        remember(handle, shape);
        in.higher();
        return shape;
    }

    /// What a class wrote by hand, to its end mark.
    private List<Tree> annotations() throws UnreadableException {
        var all = new ArrayList<Tree>();
        while (in.peek() != 0x78) {
            all.add(content());
        }
        in.u8();
        return all;
    }

    private Tree object() throws UnreadableException {
        var shape = classOf();
        if (shape == null) {
            throw in.stop("an object without a class");
        }
        int handle = handles.size();
        handles.add(null);
        var members = new ArrayList<Tree.Member>();
        members.add(new Tree.Member(CLASS, new Tree.Text(shape.name())));
        var chain = new ArrayList<ClassShape>();
        for (var each = shape; each != null; each = each.parent()) {
            chain.addFirst(each);
        }
        for (var each : chain) {
            if ((each.flags() & EXTERNALIZABLE) != 0) {
                if ((each.flags() & BLOCK_DATA) == 0) {
                    throw in.stop(each.name() + " writes itself in a way that only it can read");
                }
                written(members, annotations());
                continue;
            }
            for (var field : each.fields()) {
                in.value();
                members.add(new Tree.Member(field.name(), value(field.type())));
            }
            if ((each.flags() & WRITE_METHOD) != 0) {
                written(members, annotations());
            }
        }
        var tree = boxed(shape, members);
        remember(handle, tree instanceof Tree.Obj ? null : tree);
        return tree;
    }

    private static void written(List<Tree.Member> members, List<Tree> annotations) {
        if (!annotations.isEmpty()) {
            members.add(new Tree.Member("$written", new Tree.Arr(annotations)));
        }
    }

    /// An `Integer` reads as its number.
    private static Tree boxed(ClassShape shape, List<Tree.Member> members) {
        boolean isBox =
                shape.name().startsWith("java.lang.")
                        && members.size() == 2
                        && members.getLast().name().equals("value");
        return isBox ? members.getLast().value() : new Tree.Obj(members);
    }

    private Tree value(char type) throws UnreadableException {
        return switch (type) {
            case 'B' -> Numbers.of((long) (byte) in.u8());
            case 'C' -> new Tree.Text(Character.toString((char) in.u16()));
            case 'D' -> Numbers.of(Double.longBitsToDouble(in.i64()));
            case 'F' -> Numbers.of(Float.intBitsToFloat(in.i32()));
            case 'I' -> Numbers.of((long) in.i32());
            case 'J' -> Numbers.of(in.i64());
            case 'S' -> Numbers.of((long) (short) in.u16());
            case 'Z' -> new Tree.Bool(in.u8() != 0);
            case 'L', '[' -> content();
            default -> throw in.stop("a field of a type that is none");
        };
    }

    private Tree array() throws UnreadableException {
        var shape = classOf();
        handles.add(null);
        int length = in.i32();
        if (shape == null || shape.name().length() < 2 || length < 0 || length > in.left()) {
            throw in.stop("an array that cannot be");
        }
        char type = shape.name().charAt(1);
        if (type == 'B') {
            return new Tree.Bytes(in.bytes(length));
        }
        var items = new ArrayList<Tree>();
        for (int i = 0; i < length; i++) {
            in.value();
            items.add(value(type));
        }
        return new Tree.Arr(items);
    }

    private Tree enumConstant() throws UnreadableException {
        var shape = classOf();
        int handle = handles.size();
        handles.add(null);
        var name = content();
        remember(handle, name);
        return shape == null || !(name instanceof Tree.Text) ? Tree.NULL : name;
    }
}
