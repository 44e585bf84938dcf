package org.deadletteroffice.core.decode;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.avro.NameValidator;
import org.apache.avro.Schema;
import org.deadletteroffice.core.schema.SchemaText;
import org.deadletteroffice.spi.decode.Decoded.Issue;
import org.deadletteroffice.spi.decode.PayloadDecoder.EditException;
import org.deadletteroffice.spi.decode.PayloadDecoder.Limits;
import org.deadletteroffice.spi.decode.Tree;

/// Avro without container, by one schema.
final class AvroCodec implements SchemaCodec {
    private static final String ROOT = "$";

    private final Schema schema;

    AvroCodec(Schema schema) {
        this.schema = schema;
    }

    /// @throws UnreadableException when it is no Avro schema
    static AvroCodec of(SchemaText text) throws UnreadableException {
        try {
            // Names of other languages' writers are not always Java's.
            var parser = new Schema.Parser(NameValidator.NO_VALIDATION);
            // Imported schemas in the order in which they can be read: one that imports another
            // fails until that one is there.
            var left = new ArrayList<>(text.references().values());
            for (int round = left.size(); round > 0 && !left.isEmpty(); round--) {
                left.removeIf(reference -> parses(parser, reference));
            }
            return new AvroCodec(parser.parse(text.text()));
        } catch (RuntimeException | StackOverflowError notASchema) {
            // Not only Avro's own: a name that is not known is a NullPointerException.
            throw new UnreadableException(
                    "its schema is no Avro schema (" + notASchema.getMessage() + ")", -1);
        }
    }

    private static boolean parses(Schema.Parser parser, String reference) {
        try {
            return parser.parse(reference) != null;
        } catch (RuntimeException notYet) {
            return false;
        }
    }

    @Override
    public String format() {
        return "avro";
    }

    @Override
    public String name() {
        return schema.getType() == Schema.Type.RECORD
                ? schema.getFullName()
                : AvroReading.words(schema);
    }

    @Override
    public Tree read(byte[] content, Limits limits) throws UnreadableException {
        return reading(content, new AvroReading(new ByteCursor(content, limits)));
    }

    private Tree reading(byte[] content, AvroReading reading) throws UnreadableException {
        // A schema of bytes alone stands for the bytes as they are, without a length (Confluent).
        if (schema.getType() == Schema.Type.BYTES && schema.getProp("logicalType") == null) {
            return new Tree.Bytes(content);
        }
        var tree = reading.read(schema, ROOT);
        reading.end();
        return tree;
    }

    /// `count` values that stand one behind another, and nothing behind them.
    List<Tree> readAll(ByteCursor in, long count) throws UnreadableException {
        var reading = new AvroReading(in);
        var all = new ArrayList<Tree>();
        for (long i = 0; i < count; i++) {
            all.add(reading.read(schema, ROOT));
        }
        reading.end();
        return all;
    }

    /// A value of which there was no original.
    byte[] fresh(Tree value, String path) throws EditException {
        var writing = new AvroWriting(Map.of());
        writing.write(schema, value, path);
        if (!writing.issues().isEmpty()) {
            throw TreeEdit.doesNotFit(writing.issues());
        }
        return writing.bytes();
    }

    @Override
    public byte[] write(Tree edited, byte[] original) throws EditException {
        if (schema.getType() == Schema.Type.BYTES && schema.getProp("logicalType") == null) {
            return TreeEdit.bytes(edited)
                    .orElseThrow(() -> TreeEdit.cannot("The message is bytes; write base64."));
        }
        var reading = new AvroReading(new ByteCursor(original, Limits.STANDARD));
        try {
            reading(original, reading);
        } catch (UnreadableException broken) {
            throw TreeEdit.cannot("It is not readable by its schema: " + broken.sentence() + ".");
        }
        var writing = new AvroWriting(reading.branches());
        writing.write(schema, edited, ROOT);
        if (!writing.issues().isEmpty()) {
            throw TreeEdit.doesNotFit(writing.issues());
        }
        return writing.bytes();
    }

    @Override
    public List<Issue> check(Tree tree) {
        var writing = new AvroWriting(Map.of());
        writing.write(schema, tree, ROOT);
        return writing.issues();
    }
}
