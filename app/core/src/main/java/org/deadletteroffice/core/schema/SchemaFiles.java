package org.deadletteroffice.core.schema;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import org.deadletteroffice.core.schema.SchemaText.Kind;

/// Schemas in a folder, named by what messages call them: `41.avsc`, `41.proto`, `41.desc` (a
/// descriptor set as `protoc --descriptor_set_out` writes it), `41.json`. For messages whose
/// registry is gone, and for those that never had one: `default.…` serves messages that name none.
final class SchemaFiles implements Schemas {
    private static final Map<String, Kind> ENDINGS =
            Map.of(
                    ".avsc",
                    Kind.AVRO,
                    ".proto",
                    Kind.PROTOBUF,
                    ".desc",
                    Kind.PROTOBUF,
                    ".json",
                    Kind.JSON);

    private static final long LARGEST = 4 << 20;

    private final Path folder;

    SchemaFiles(Path folder) {
        this.folder = folder;
    }

    @Override
    public Answer find(SchemaRef ref) {
        var name =
                switch (ref) {
                    case SchemaRef.Id(int id) -> Integer.toString(id);
                    case SchemaRef.Guid(var id) -> id.toString();
                    case SchemaRef.ApicurioGlobalId(long id) -> Long.toString(id);
                    case SchemaRef.ApicurioContentId(long id) -> Long.toString(id);
                    case SchemaRef.GlueVersion(var id) -> id.toString();
                    case SchemaRef.AvroFingerprint(long crc) -> Long.toHexString(crc);
                    // A subject's name may hold what a file's may not.
                    case SchemaRef.Latest(var subject) -> subject.replaceAll("[/\\\\]", "_");
                    case SchemaRef.Other _ -> "default";
                };
        for (var ending : ENDINGS.entrySet()) {
            var file = folder.resolve(name + ending.getKey());
            try {
                if (Files.isRegularFile(file)) {
                    return read(file, ending.getValue());
                }
            } catch (IOException unreadable) {
                return new Answer.Unreachable("The schema file " + file + " cannot be read");
            }
        }
        return new Answer.Missing("The folder %s has no schema '%s'".formatted(folder, name));
    }

    /// A schema in a file of any name, by its ending.
    static Answer in(Path file) {
        var name = file.toString();
        for (var ending : ENDINGS.entrySet()) {
            if (name.endsWith(ending.getKey())) {
                try {
                    return read(file, ending.getValue());
                } catch (IOException unreadable) {
                    return new Answer.Missing("The file " + file + " cannot be read");
                }
            }
        }
        return new Answer.Missing(
                "The file " + file + " ends neither in .avsc, .proto, .desc nor .json");
    }

    private static Answer read(Path file, Kind kind) throws IOException {
        if (Files.size(file) > LARGEST) {
            return new Answer.Missing("The schema file " + file + " is larger than 4 MiB");
        }
        // A descriptor set is binary; registries hand it out as base64 too.
        var text =
                file.toString().endsWith(".desc")
                        ? Base64.getEncoder().encodeToString(Files.readAllBytes(file))
                        : Files.readString(file);
        return new Answer.Found(
                new SchemaText(kind, text, Map.of(), "the file " + file.getFileName()));
    }
}
