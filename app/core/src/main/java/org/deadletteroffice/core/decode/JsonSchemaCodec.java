package org.deadletteroffice.core.decode;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.deadletteroffice.core.schema.SchemaText;
import org.deadletteroffice.spi.decode.Decoded.Issue;
import org.deadletteroffice.spi.decode.PayloadDecoder.EditException;
import org.deadletteroffice.spi.decode.PayloadDecoder.Limits;
import org.deadletteroffice.spi.decode.Tree;

/// JSON held against a JSON Schema (2020-12 and earlier drafts): the keywords that say what fields
/// there are and of what type, `$ref` within the schema. Patterns are not run, since a schema's
/// regular expression may take for ever; what is not checked is never called wrong.
final class JsonSchemaCodec implements SchemaCodec {
    private static final String ROOT = "$";

    private final Tree schema;

    private JsonSchemaCodec(Tree schema) {
        this.schema = schema;
    }

    static JsonSchemaCodec of(SchemaText text) throws UnreadableException {
        var tree = JsonReader.read(text.text(), Limits.STANDARD.depth()).tree();
        if (tree == null) {
            throw new UnreadableException("its JSON Schema is no JSON", -1);
        }
        return new JsonSchemaCodec(tree);
    }

    @Override
    public String format() {
        return "json";
    }

    @Override
    public String name() {
        return JsonSchemaCheck.text(schema, "title").orElse("JSON Schema");
    }

    @Override
    public Tree read(byte[] content, Limits limits) throws UnreadableException {
        var tree = JsonReader.read(content, limits.depth()).tree();
        if (tree == null) {
            throw new UnreadableException("it is no JSON", 0);
        }
        return tree;
    }

    @Override
    public byte[] write(Tree edited, byte[] original) throws EditException {
        return JsonWriter.compact(edited).getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public List<Issue> check(Tree tree) {
        return new JsonSchemaCheck(schema).issues(tree, ROOT);
    }
}
