package org.deadletteroffice.sqs;

import software.amazon.awssdk.protocols.jsoncore.JsonNode;
import software.amazon.awssdk.protocols.jsoncore.JsonWriter;

/// Writes a part of what was read; the SDK's nodes escape nothing when they are printed.
final class JsonCopy {
    private JsonCopy() {}

    static void write(JsonWriter out, JsonNode value) {
        if (value.isObject()) {
            out.writeStartObject();
            value.asObject()
                    .forEach(
                            (name, inner) -> {
                                out.writeFieldName(name);
                                write(out, inner);
                            });
            out.writeEndObject();
        } else if (value.isArray()) {
            out.writeStartArray();
            value.asArray().forEach(inner -> write(out, inner));
            out.writeEndArray();
        } else if (value.isString()) {
            out.writeValue(value.text());
        } else if (value.isBoolean()) {
            out.writeValue(value.asBoolean());
        } else if (value.isNumber()) {
            out.writeNumber(value.asNumber());
        } else {
            out.writeNull();
        }
    }
}
