package org.deadletteroffice.rabbitmq;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.rabbitmq.client.LongString;
import com.rabbitmq.client.impl.LongStringHelper;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
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

    static TypedValue of(@Nullable Object value) {
        return switch (value) {
            case null -> new TypedValue(VOID, null);
            case LongString text -> new TypedValue(STRING, text.getBytes());
            case String text -> text(STRING, text);
            case Integer number -> text('I', number.toString());
            case Long number -> text('l', number.toString());
            case Short number -> text('s', number.toString());
            case Byte number -> text('b', number.toString());
            case Boolean truth -> text('t', truth.toString());
            case Double number -> text('d', number.toString());
            case Float number -> text('f', number.toString());
            case BigDecimal number -> text('D', number.toPlainString());
            case Date time -> text('T', time.toInstant().toString());
            case byte[] bytes -> new TypedValue('x', bytes);
            case Map<?, ?> table -> text('F', json(table));
            case List<?> array -> text('A', json(array));
            default -> throw new IllegalArgumentException("no AMQP value: " + value.getClass());
        };
    }

    private static TypedValue text(char type, String text) {
        return new TypedValue(type, text.getBytes(StandardCharsets.UTF_8));
    }

    private static String json(Object nested) {
        try {
            return JSON.writeValueAsString(NestedValue.toJson(nested));
        } catch (JsonProcessingException impossible) {
            throw new IllegalArgumentException("a table that JSON cannot hold", impossible);
        }
    }

    /// The value as RabbitMQ's client writes it with this type.
    ///
    /// @throws IllegalArgumentException when the bytes are none of this type
    @Nullable Object value() {
        if (bytes == null) {
            return null;
        }
        if (type == STRING) {
            return LongStringHelper.asLongString(bytes);
        }
        if (type == 'x') {
            return bytes;
        }
        var text = new String(bytes, StandardCharsets.UTF_8);
        try {
            return switch (type) {
                case 'I' -> Integer.valueOf(text);
                case 'l' -> Long.valueOf(text);
                case 's' -> Short.valueOf(text);
                case 'b' -> Byte.valueOf(text);
                case 't' -> Boolean.valueOf(text);
                case 'd' -> Double.valueOf(text);
                case 'f' -> Float.valueOf(text);
                case 'D' -> new BigDecimal(text);
                case 'T' -> Date.from(Instant.parse(text));
                case 'F', 'A' -> NestedValue.fromJson(JSON.readTree(text));
                default -> throw new IllegalArgumentException("no AMQP type: " + type);
            };
        } catch (DateTimeException | JsonProcessingException malformed) {
            throw new IllegalArgumentException("no value of the type " + type, malformed);
        }
    }
}
