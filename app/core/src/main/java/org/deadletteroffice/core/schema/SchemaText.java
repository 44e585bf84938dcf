package org.deadletteroffice.core.schema;

import java.util.Map;

/// A schema as its registry keeps it.
///
/// @param references other schemas that it imports, by the name it imports them under
/// @param words what it is called, for the operator: `schema id 41 of the registry`
public record SchemaText(Kind kind, String text, Map<String, String> references, String words) {
    public SchemaText {
        references = Map.copyOf(references);
    }

    public enum Kind {
        AVRO,
        PROTOBUF,
        JSON
    }
}
