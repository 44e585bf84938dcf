package org.deadletteroffice.core.decode;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteConstraints;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import java.io.IOException;
import java.io.StringWriter;
import java.util.Base64;
import org.deadletteroffice.spi.decode.Tree;

/// Writes a tree as JSON: number text and repeated members as they are, bytes as base64.
public final class JsonWriter {
    private static final JsonFactory FACTORY =
            JsonFactory.builder()
                    .disable(JsonWriteFeature.ESCAPE_FORWARD_SLASHES)
                    .streamWriteConstraints(
                            StreamWriteConstraints.builder().maxNestingDepth(10_000).build())
                    .build();

    /// On one line, without white space.
    public static String compact(Tree tree) {
        var out = new StringWriter();
        try (var generator = FACTORY.createGenerator(out)) {
            write(tree, generator);
        } catch (IOException impossible) {
            throw new IllegalStateException("a string takes every character", impossible);
        }
        return out.toString();
    }

    /// Indented by two spaces.
    public static String pretty(Tree tree) {
        var compact = compact(tree);
        return JsonLayout.PRETTY.apply(compact, JsonDecoder.prettyLimit(compact)).orElse(compact);
    }

    /// Into a larger document.
    public static void write(Tree tree, JsonGenerator generator) throws IOException {
        switch (tree) {
            case Tree.Obj(var members) -> {
                generator.writeStartObject();
                for (var member : members) {
                    generator.writeFieldName(member.name());
                    write(member.value(), generator);
                }
                generator.writeEndObject();
            }
            case Tree.Arr(var items) -> {
                generator.writeStartArray();
                for (var item : items) {
                    write(item, generator);
                }
                generator.writeEndArray();
            }
            case Tree.Text(var value) -> generator.writeString(value);
            case Tree.Num(var literal) -> generator.writeRawValue(literal);
            case Tree.Bool(var value) -> generator.writeBoolean(value);
            case Tree.Null() -> generator.writeNull();
            case Tree.Bytes(var value) ->
                    generator.writeString(Base64.getEncoder().encodeToString(value));
        }
    }

    private JsonWriter() {}
}
