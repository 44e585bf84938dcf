package org.deadletteroffice.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.deadletteroffice.spi.decode.Tree;
import org.jspecify.annotations.Nullable;

/// Writes maps, lists, texts, numbers, instants, enums and decoded trees as JSON, streaming.
/// Numbers of a [Tree] keep their literal; enum constants become lowerCamelCase.
public final class Json implements AutoCloseable {
    private static final JsonFactory FACTORY =
            new JsonFactory().disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
    private static final Pattern NUMBER =
            Pattern.compile("-?(0|[1-9]\\d*)(\\.\\d+)?([eE][+-]?\\d+)?");

    private final JsonGenerator generator;

    /// @param indented over several lines, for people; else one line
    public Json(OutputStream out, boolean indented) {
        try {
            generator = FACTORY.createGenerator(out);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        if (indented) {
            var separators =
                    Separators.createDefaultInstance()
                            .withObjectFieldValueSpacing(Separators.Spacing.AFTER)
                            .withObjectEmptySeparator("")
                            .withArrayEmptySeparator("");
            var indenter = new DefaultIndenter("  ", "\n");
            generator.setPrettyPrinter(
                    new DefaultPrettyPrinter(separators)
                            .withObjectIndenter(indenter)
                            .withArrayIndenter(indenter));
        } else {
            generator.setPrettyPrinter(null);
        }
    }

    /// A document may be written piece by piece: start, name and value, end.
    public void startObject() {
        written(generator::writeStartObject);
    }

    public void endObject() {
        written(generator::writeEndObject);
    }

    public void startArray() {
        written(generator::writeStartArray);
    }

    public void endArray() {
        written(generator::writeEndArray);
    }

    public void name(String name) {
        written(() -> generator.writeFieldName(name));
    }

    public void value(@Nullable Object value) {
        written(() -> write(value));
    }

    private interface Write {
        void run() throws IOException;
    }

    private static void written(Write write) {
        try {
            write.run();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void write(@Nullable Object value) throws IOException {
        switch (value) {
            case null -> generator.writeNull();
            case Map<?, ?> map -> {
                generator.writeStartObject();
                for (var entry : map.entrySet()) {
                    generator.writeFieldName(String.valueOf(entry.getKey()));
                    write(entry.getValue());
                }
                generator.writeEndObject();
            }
            // a path is an iterable of its names
            case Path path -> generator.writeString(path.toString());
            case Iterable<?> items -> {
                generator.writeStartArray();
                for (var item : items) {
                    write(item);
                }
                generator.writeEndArray();
            }
            case Boolean flag -> generator.writeBoolean(flag);
            case Integer number -> generator.writeNumber(number);
            case Long number -> generator.writeNumber(number);
            case Double number -> decimal(number);
            case Instant instant -> generator.writeString(instant.toString());
            case Duration duration -> generator.writeNumber(duration.toMillis());
            case Enum<?> constant -> generator.writeString(camel(constant));
            case byte[] bytes -> generator.writeString(Base64.getEncoder().encodeToString(bytes));
            case Tree tree -> tree(tree);
            default -> generator.writeString(value.toString());
        }
    }

    /// `12.5` and `3`, never `1.0E-4` nor `NaN`, which JSON does not know.
    private void decimal(double number) throws IOException {
        if (Double.isFinite(number)) {
            generator.writeNumber(BigDecimal.valueOf(number).stripTrailingZeros().toPlainString());
        } else {
            generator.writeNull();
        }
    }

    private void tree(Tree tree) throws IOException {
        switch (tree) {
            case Tree.Obj(var members) -> {
                generator.writeStartObject();
                for (var member : members) {
                    generator.writeFieldName(member.name());
                    tree(member.value());
                }
                generator.writeEndObject();
            }
            case Tree.Arr(var items) -> {
                generator.writeStartArray();
                for (var item : items) {
                    tree(item);
                }
                generator.writeEndArray();
            }
            case Tree.Text(var text) -> generator.writeString(text);
            case Tree.Num(var literal) -> {
                if (NUMBER.matcher(literal).matches()) {
                    generator.writeNumber(literal);
                } else {
                    generator.writeString(literal);
                }
            }
            case Tree.Bool(var flag) -> generator.writeBoolean(flag);
            case Tree.Null() -> generator.writeNull();
            case Tree.Bytes(var bytes) ->
                    generator.writeString(Base64.getEncoder().encodeToString(bytes));
        }
    }

    /// `DEAD_LETTER` → `deadLetter`.
    public static String camel(Enum<?> constant) {
        var words = constant.name().toLowerCase(Locale.ROOT).split("_");
        var text = new StringBuilder(words[0]);
        for (int i = 1; i < words.length; i++) {
            text.append(Character.toUpperCase(words[i].charAt(0))).append(words[i].substring(1));
        }
        return text.toString();
    }

    /// Writes what is left; the stream below stays open.
    @Override
    public void close() {
        written(generator::close);
    }
}
