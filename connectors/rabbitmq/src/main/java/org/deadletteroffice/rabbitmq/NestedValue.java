package org.deadletteroffice.rabbitmq;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.rabbitmq.client.LongString;
import com.rabbitmq.client.impl.LongStringHelper;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Tables and arrays in headers (`x-death` is an array of tables) as JSON that can be read, and
/// that gives back the same types.
///
/// Text, long integers, doubles, truth values, null, tables and arrays are what JSON has for
/// them. Any other type is an object of one member, `{"!T": 1700000000}`, named by AMQP's letter;
/// a table that looks like one is wrapped as `{"!F": …}`. Members are sorted, as the client gives
/// them in no order.
@SuppressWarnings("JavaUtilDate") // the client's type for a timestamp
final class NestedValue {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private NestedValue() {}

    static JsonNode toJson(@Nullable Object value) {
        return switch (value) {
            case null -> NODES.nullNode();
            case LongString text -> text(text.getBytes());
            case String text -> NODES.textNode(text);
            case Long number -> NODES.numberNode(number);
            case Double number when Double.isFinite(number) -> NODES.numberNode(number);
            case Boolean truth -> NODES.booleanNode(truth);
            case Integer number -> typed('I', NODES.numberNode(number));
            case Short number -> typed('s', NODES.numberNode(number));
            case Byte number -> typed('b', NODES.numberNode(number));
            case Double number -> typed('d', NODES.textNode(number.toString()));
            case Float number -> typed('f', NODES.textNode(number.toString()));
            case BigDecimal number -> typed('D', NODES.textNode(number.toPlainString()));
            case Date time -> typed('T', NODES.numberNode(time.getTime() / 1_000));
            case byte[] bytes ->
                    typed('x', NODES.textNode(Base64.getEncoder().encodeToString(bytes)));
            case List<?> array -> {
                var node = NODES.arrayNode();
                array.forEach(each -> node.add(toJson(each)));
                yield node;
            }
            case Map<?, ?> table -> table(table);
            default -> throw new IllegalArgumentException("no AMQP value: " + value.getClass());
        };
    }

    private static JsonNode text(byte[] bytes) {
        try {
            return NODES.textNode(
                    StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
        } catch (CharacterCodingException binary) {
            return typed('S', NODES.textNode(Base64.getEncoder().encodeToString(bytes)));
        }
    }

    private static JsonNode table(Map<?, ?> table) {
        var node = NODES.objectNode();
        var sorted = new TreeMap<String, @Nullable Object>();
        table.forEach((name, value) -> sorted.put(String.valueOf(name), value));
        sorted.forEach((name, value) -> node.set(name, toJson(value)));
        return isTyped(node) ? typed('F', node) : node;
    }

    private static JsonNode typed(char type, JsonNode value) {
        return NODES.objectNode().set("!" + type, value);
    }

    private static boolean isTyped(JsonNode node) {
        return node.size() == 1 && node.fieldNames().next().startsWith("!");
    }

    /// @throws IllegalArgumentException when a typed member holds no value of its type
    static @Nullable Object fromJson(JsonNode node) {
        if (node.isObject()) {
            return isTyped(node) ? ofType(node) : members(node);
        }
        if (node.isArray()) {
            var array = new ArrayList<@Nullable Object>();
            node.forEach(each -> array.add(fromJson(each)));
            return array;
        }
        if (node.isIntegralNumber()) {
            return node.longValue();
        }
        if (node.isNumber()) {
            return node.doubleValue();
        }
        if (node.isBoolean()) {
            return node.booleanValue();
        }
        return node.isNull() ? null : node.textValue();
    }

    private static Map<String, @Nullable Object> members(JsonNode node) {
        Map<String, @Nullable Object> table = new LinkedHashMap<>();
        node.properties()
                .forEach(member -> table.put(member.getKey(), fromJson(member.getValue())));
        return table;
    }

    private static Object ofType(JsonNode node) {
        var member = node.properties().iterator().next();
        var value = member.getValue();
        return switch (member.getKey()) {
            case "!I" -> value.intValue();
            case "!s" -> value.shortValue();
            case "!b" -> (byte) value.intValue();
            case "!d" -> Double.valueOf(value.asText());
            case "!f" -> Float.valueOf(value.asText());
            case "!D" -> new BigDecimal(value.asText());
            case "!T" -> new Date(value.longValue() * 1_000);
            case "!x" -> Base64.getDecoder().decode(value.asText());
            case "!S" -> LongStringHelper.asLongString(Base64.getDecoder().decode(value.asText()));
            case "!F" -> members(value);
            default -> throw new IllegalArgumentException("no AMQP type: " + member.getKey());
        };
    }
}
