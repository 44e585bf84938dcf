package org.deadletteroffice.rabbitmq;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import org.deadletteroffice.rabbitmq.FieldTable.Field;
import org.jspecify.annotations.Nullable;

/// A header's value as the bytes that a [org.deadletteroffice.spi.message.Header] has, and the type
/// that AMQP gave it. Strings and byte arrays are their bytes; numbers, times and truth values are
/// their text; tables and arrays are JSON, see [NestedValue].
///
/// @param type AMQP 0-9-1's letter, as RabbitMQ uses them
/// @param bytes null for the void value
record TypedValue(char type, byte @Nullable [] bytes) {
    static final char STRING = 'S';
    static final char VOID = 'V';

    private static final ObjectMapper JSON = new ObjectMapper();

    static TypedValue of(Field field) {
        return switch (field.type()) {
            case VOID -> new TypedValue(VOID, null);
            case STRING, 'x' -> new TypedValue(field.type(), field.bytes());
            case 'F', 'A' -> text(field.type(), json(field));
            case 'D' ->
                    text(
                            'D',
                            field.value() instanceof BigDecimal number
                                    ? number.toPlainString()
                                    : "");
            case 'T' -> text('T', time(field.number()));
            default -> text(field.type(), String.valueOf(field.value()));
        };
    }

    private static TypedValue text(char type, String text) {
        return new TypedValue(type, text.getBytes(StandardCharsets.UTF_8));
    }

    /// A publisher may have written what is no time, as milliseconds or more.
    private static String time(long seconds) {
        try {
            return Instant.ofEpochSecond(seconds).toString();
        } catch (DateTimeException beyond) {
            return Long.toString(seconds);
        }
    }

    private static long seconds(String text) {
        try {
            return Instant.parse(text).getEpochSecond();
        } catch (DateTimeException beyond) {
            return Long.parseLong(text);
        }
    }

    private static String json(Field nested) {
        try {
            return JSON.writeValueAsString(NestedValue.toJson(nested));
        } catch (JsonProcessingException impossible) {
            throw new IllegalArgumentException("a table that JSON cannot hold", impossible);
        }
    }

    /// @throws IllegalArgumentException when the bytes are none of this type
    Field field() {
        if (bytes == null) {
            return new Field(VOID, null);
        }
        if (type == STRING || type == 'x') {
            return new Field(type, bytes);
        }
        var text = new String(bytes, StandardCharsets.UTF_8);
        try {
            return switch (type) {
                case 'b', 'B', 's', 'u', 'I', 'i', 'l' -> new Field(type, Long.valueOf(text));
                case 't' -> new Field(type, Boolean.valueOf(text));
                case 'd' -> new Field(type, Double.valueOf(text));
                case 'f' -> new Field(type, Float.valueOf(text));
                case 'D' -> new Field(type, new BigDecimal(text));
                case 'T' -> new Field(type, seconds(text));
                case 'F', 'A' -> nested(text);
                default -> throw new IllegalArgumentException("no AMQP type: " + type);
            };
        } catch (JsonProcessingException malformed) {
            throw new IllegalArgumentException("no value of the type " + type, malformed);
        }
    }

    private Field nested(String text) throws JsonProcessingException {
        var field = NestedValue.fromJson(JSON.readTree(text));
        if (field.type() != type) {
            throw new IllegalArgumentException("no value of the type " + type);
        }
        return field;
    }
}
