package org.deadletteroffice.core.decode;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.deadletteroffice.core.schema.SchemaText;

/// Parsed schemas, each once. Thread-safe.
final class SchemaCodecs {
    private static final int MOST = 200;

    private final Map<SchemaText, Object> codecs =
            Collections.synchronizedMap(
                    new LinkedHashMap<>(16, 0.75f, true) {
                        @Override
                        protected boolean removeEldestEntry(Map.Entry<SchemaText, Object> eldest) {
                            return size() > MOST;
                        }
                    });

    /// @param indexed Confluent's message indexes stand before a Protobuf message
    SchemaCodec of(SchemaText schema, boolean indexed) throws UnreadableException {
        var known =
                codecs.computeIfAbsent(
                        schema,
                        text -> {
                            try {
                                return parsed(text, indexed);
                            } catch (UnreadableException unusable) {
                                return unusable;
                            }
                        });
        if (known instanceof SchemaCodec codec) {
            return codec;
        }
        throw (UnreadableException) known;
    }

    private static SchemaCodec parsed(SchemaText schema, boolean indexed)
            throws UnreadableException {
        return switch (schema.kind()) {
            case AVRO -> AvroCodec.of(schema);
            case PROTOBUF -> new ProtobufCodec(ProtobufSchema.of(schema), indexed);
            case JSON -> JsonSchemaCodec.of(schema);
        };
    }
}
