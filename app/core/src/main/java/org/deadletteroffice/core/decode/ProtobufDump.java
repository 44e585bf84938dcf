package org.deadletteroffice.core.decode;

import com.google.protobuf.WireFormat;
import java.util.ArrayList;
import org.deadletteroffice.spi.decode.PayloadDecoder.Limits;
import org.deadletteroffice.spi.decode.Tree;

/// Protobuf without its schema: the fields by number, each as what its bytes most likely are. A
/// number may be signed, an enum or a boolean, bytes may be anything; only the schema knows.
final class ProtobufDump {
    static Tree read(byte[] bytes, Limits limits) throws UnreadableException {
        return message(new ByteCursor(bytes, limits), bytes);
    }

    private static Tree message(ByteCursor in, byte[] bytes) throws UnreadableException {
        var members = new ArrayList<Tree.Member>();
        while (in.left() > 0) {
            in.value();
            long tag = in.varint();
            int number = (int) (tag >>> 3);
            if (number <= 0 || tag >>> 32 != 0) {
                throw in.stop("a field number that cannot be");
            }
            members.add(
                    new Tree.Member(
                            Integer.toString(number), value(in, bytes, (int) (tag & 7), number)));
        }
        return new Tree.Obj(members);
    }

    /// One value of a wire type, whose tag was read.
    static Tree value(ByteCursor in, byte[] bytes, int wire, int number)
            throws UnreadableException {
        return switch (wire) {
            case WireFormat.WIRETYPE_VARINT -> Numbers.of(in.varint());
            case WireFormat.WIRETYPE_FIXED64 -> Numbers.of(Long.reverseBytes(in.i64()));
            case WireFormat.WIRETYPE_FIXED32 -> Numbers.of((long) Integer.reverseBytes(in.i32()));
            case WireFormat.WIRETYPE_LENGTH_DELIMITED -> {
                long length = in.varint();
                int from = in.skip(length);
                yield delimited(in, bytes, from, (int) length);
            }
            case WireFormat.WIRETYPE_START_GROUP -> group(in, bytes, number);
            default -> throw in.stop("a wire type that is none");
        };
    }

    private static Tree group(ByteCursor in, byte[] bytes, int number) throws UnreadableException {
        in.deeper();
        var members = new ArrayList<Tree.Member>();
        while (true) {
            in.value();
            long tag = in.varint();
            int inner = (int) (tag >>> 3);
            int wire = (int) (tag & 7);
            if (wire == WireFormat.WIRETYPE_END_GROUP) {
                if (inner != number) {
                    throw in.stop("another group ends");
                }
                in.higher();
                return new Tree.Obj(members);
            }
            members.add(new Tree.Member(Integer.toString(inner), value(in, bytes, wire, inner)));
        }
    }

    /// Printable text, else a message where all of it reads as one, else bytes.
    private static Tree delimited(ByteCursor in, byte[] bytes, int from, int length)
            throws UnreadableException {
        var text = ByteCursor.textOrBytes(bytes, from, length);
        if (text instanceof Tree.Text(var value) && isPrintable(value)) {
            return text;
        }
        in.deeper();
        var inner = in.within(from, from + length);
        try {
            var message = message(inner, bytes);
            in.higher();
            in.countedBy(inner);
            return message;
        } catch (UnreadableException noMessage) {
            in.higher();
            in.countedBy(inner);
            return text instanceof Tree.Bytes
                    ? text
                    : new Tree.Bytes(java.util.Arrays.copyOfRange(bytes, from, from + length));
        }
    }

    private static boolean isPrintable(String text) {
        return text.chars().noneMatch(c -> (c < ' ' && c != '\n' && c != '\t' && c != '\r'));
    }

    /// Whether bytes of which nothing is known may be called Protobuf: all of it reads, the numbers
    /// are small, and there is a text or a message in it. Many short byte strings read by chance.
    static boolean isLikely(byte[] bytes, Limits limits) {
        try {
            return bytes.length >= 6
                    && read(bytes, limits) instanceof Tree.Obj(var members)
                    && members.stream().allMatch(it -> it.name().length() <= 3)
                    && members.stream()
                            .anyMatch(
                                    it ->
                                            switch (it.value()) {
                                                case Tree.Text(var text) -> text.length() >= 3;
                                                case Tree.Obj(var inner) -> !inner.isEmpty();
                                                default -> false;
                                            });
        } catch (UnreadableException notProtobuf) {
            return false;
        }
    }

    private ProtobufDump() {}
}
