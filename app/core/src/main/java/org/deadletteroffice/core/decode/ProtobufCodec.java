package org.deadletteroffice.core.decode;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.InvalidProtocolBufferException;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.deadletteroffice.spi.decode.Decoded.Issue;
import org.deadletteroffice.spi.decode.PayloadDecoder.EditException;
import org.deadletteroffice.spi.decode.PayloadDecoder.Limits;
import org.deadletteroffice.spi.decode.Tree;
import org.deadletteroffice.spi.message.Numerals;

/// Protobuf by one schema. Behind Confluent's framing stand the indexes that lead to the message's
/// type: how many, then each, as zigzag varints; a single zero means the first message.
final class ProtobufCodec implements SchemaCodec {
    private static final String ROOT = "$";
    private static final int DEEPEST = 16;

    private final ProtobufSchema schema;
    private final boolean indexed;

    /// @param indexed message indexes stand before the message
    ProtobufCodec(ProtobufSchema schema, boolean indexed) {
        this.schema = schema;
        this.indexed = indexed;
    }

    @Override
    public String format() {
        return "protobuf";
    }

    @Override
    public String name() {
        return "Protobuf";
    }

    /// @param from offset of the message's first byte
    private record Start(Descriptor type, int from) {}

    private Start start(byte[] content, Limits limits) throws UnreadableException {
        var named = named(content);
        if (named.isPresent()) {
            return named.get();
        }
        if (!indexed) {
            return new Start(schema.at(List.of(0)), 0);
        }
        var in = new ByteCursor(content, limits);
        long count = in.zigzag();
        if (count < 0 || count > DEEPEST) {
            throw in.stop("%s message indexes cannot be".formatted(Numerals.of(count)));
        }
        var indexes = new ArrayList<Integer>();
        for (int i = 0; i < count; i++) {
            indexes.add((int) in.zigzag());
        }
        return new Start(schema.at(indexes.isEmpty() ? List.of(0) : indexes), in.at());
    }

    /// Apicurio's serializer writes, where it is told to, a delimited message of one text before
    /// the message: the name of its type.
    private Optional<Start> named(byte[] content) {
        int length = content.length < 4 ? 0 : content[0];
        boolean framed =
                length > 2
                        && length < content.length
                        && content[1] == 0x0A
                        && content[2] == length - 2;
        if (!framed) {
            return Optional.empty();
        }
        var name = new String(content, 3, length - 2, StandardCharsets.UTF_8);
        return schema.named(name).map(type -> new Start(type, length + 1));
    }

    @Override
    public Tree read(byte[] content, Limits limits) throws UnreadableException {
        var start = start(content, limits);
        var in = new ByteCursor(content, start.from(), content.length, limits);
        return new ProtobufReading(content, in).message(start.type(), content.length);
    }

    @Override
    public byte[] write(Tree edited, byte[] original) throws EditException {
        try {
            var start = start(original, Limits.STANDARD);
            var message = Arrays.copyOfRange(original, start.from(), original.length);
            var builder = DynamicMessage.parseFrom(start.type(), message).toBuilder();
            var writing = new ProtobufWriting();
            writing.write(builder, edited, ROOT);
            if (!writing.issues().isEmpty()) {
                throw TreeEdit.doesNotFit(writing.issues());
            }
            var out = new ByteArrayOutputStream();
            out.write(original, 0, start.from());
            out.writeBytes(builder.buildPartial().toByteArray());
            return out.toByteArray();
        } catch (UnreadableException | InvalidProtocolBufferException broken) {
            throw TreeEdit.cannot(
                    "It is not readable by its schema, and cannot be edited as text.");
        }
    }

    @Override
    public List<Issue> check(Tree tree) {
        var writing = new ProtobufWriting();
        try {
            writing.write(DynamicMessage.newBuilder(schema.at(List.of(0))), tree, ROOT);
            return writing.issues();
        } catch (UnreadableException noMessage) {
            return new IssueList().error("", "The schema has no message.").all();
        }
    }
}
