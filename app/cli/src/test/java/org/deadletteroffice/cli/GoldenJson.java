package org.deadletteroffice.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;

/// The JSON that scripts rely on, kept in files: a field that is renamed, lost or changes its type
/// fails here. `-Dgolden.update=true` writes what there is; look at the difference before it is
/// committed.
final class GoldenJson {
    private static final Path FOLDER = Path.of("src/test/resources/golden");
    private static final ObjectMapper MAPPER = new ObjectMapper();

    /// Differ from run to run; only whether they are there, and their type, is kept.
    private static final Set<String> VOLATILE =
            Set.of(
                    "elapsedMs",
                    "estimateMs",
                    "started",
                    "ended",
                    "rate",
                    "remainingMs",
                    "operator",
                    "time",
                    "host",
                    "hash",
                    "previous",
                    "jobId",
                    "job",
                    "redriveId",
                    "file",
                    "inRate",
                    "outRate",
                    "growth",
                    "clearInMs",
                    "fingerprint",
                    "bytes",
                    "details",
                    "nextCursor",
                    "sha256",
                    "millis");

    private GoldenJson() {}

    static void assertSame(String name, CommandLineDriver.Outcome outcome) {
        var actual = masked(outcome.json()).toPrettyString() + "\n";
        var file = FOLDER.resolve(name + ".json");
        try {
            if (Boolean.getBoolean("golden.update")) {
                Files.createDirectories(FOLDER);
                Files.writeString(file, actual);
            }
            assertThat(actual).as(file.toString()).isEqualTo(Files.readString(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static JsonNode masked(JsonNode node) {
        return switch (node) {
            case ObjectNode object -> {
                var masked = MAPPER.createObjectNode();
                object.properties()
                        .forEach(
                                field ->
                                        masked.set(
                                                field.getKey(),
                                                VOLATILE.contains(field.getKey())
                                                        ? type(field.getValue())
                                                        : masked(field.getValue())));
                yield masked;
            }
            case ArrayNode array -> {
                var masked = MAPPER.createArrayNode();
                array.forEach(item -> masked.add(masked(item)));
                yield masked;
            }
            case TextNode text ->
                    TextNode.valueOf(
                            text.textValue().replaceAll("\\bjob [0-9a-z]{8}\\b", "job ID"));
            default -> node;
        };
    }

    private static JsonNode type(JsonNode value) {
        return value.isNull()
                ? JsonNodeFactory.instance.nullNode()
                : TextNode.valueOf("a " + value.getNodeType().name().toLowerCase(Locale.ROOT));
    }
}
