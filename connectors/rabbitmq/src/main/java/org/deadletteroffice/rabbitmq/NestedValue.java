package org.deadletteroffice.rabbitmq;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import org.deadletteroffice.rabbitmq.FieldTable.Field;

/// Tables and arrays in headers (`x-death` is an array of tables) as JSON that can be read, and
/// that gives back the same types in the same order.
///
/// Text, long integers, doubles, truth values, null, tables and arrays are what JSON has for
/// them. Any other type is an object of one member, `{"!T": 1700000000}`, named by AMQP's letter;
/// a table that looks like one is wrapped as `{"!F": …}`.
final class NestedValue {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private NestedValue() {}

    static JsonNode toJson(Field field) {
        return switch (field.value()) {
            case null -> NODES.nullNode();
            case byte[] bytes when field.type() == 'S' -> text(bytes);
            case byte[] bytes -> typed('x', NODES.textNode(base64(bytes)));
            case Long number ->
                    field.type() == 'l'
                            ? NODES.numberNode(number)
                            : typed(field.type(), NODES.numberNode(number));
            case Double number when Double.isFinite(number) -> NODES.numberNode(number);
            case Double number -> typed('d', NODES.textNode(number.toString()));
            case Float number -> typed('f', NODES.textNode(number.toString()));
            case BigDecimal number -> typed('D', NODES.textNode(number.toPlainString()));
            case Boolean truth -> NODES.booleanNode(truth);
            default -> field.type() == 'A' ? array(field) : table(field);
        };
    }

    private static JsonNode text(byte[] bytes) {
        try {
            return NODES.textNode(
                    StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
        } catch (CharacterCodingException binary) {
            return typed('S', NODES.textNode(base64(bytes)));
        }
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    private static JsonNode array(Field field) {
        var node = NODES.arrayNode();
        field.array().forEach(each -> node.add(toJson(each)));
        return node;
    }

    private static JsonNode table(Field field) {
        var node = NODES.objectNode();
        field.table().forEach((name, value) -> node.set(name, toJson(value)));
        return isTyped(node) ? typed('F', node) : node;
    }

    private static JsonNode typed(char type, JsonNode value) {
        return NODES.objectNode().set("!" + type, value);
    }

    private static boolean isTyped(JsonNode node) {
        return node.size() == 1 && node.fieldNames().next().startsWith("!");
    }

    /// @throws IllegalArgumentException when a typed member holds no value of its type
    static Field fromJson(JsonNode node) {
        if (node.isObject()) {
            return isTyped(node) ? ofType(node) : new Field('F', members(node));
        }
        if (node.isArray()) {
            var array = new ArrayList<Field>();
            node.forEach(each -> array.add(fromJson(each)));
            return new Field('A', array);
        }
        if (node.isIntegralNumber()) {
            return new Field('l', integer(node));
        }
        if (node.isNumber()) {
            return new Field('d', node.doubleValue());
        }
        if (node.isBoolean()) {
            return new Field('t', node.booleanValue());
        }
        return node.isTextual()
                ? new Field('S', node.textValue().getBytes(StandardCharsets.UTF_8))
                : new Field('V', null);
    }

    private static Map<String, Field> members(JsonNode node) {
        var table = new LinkedHashMap<String, Field>();
        node.properties()
                .forEach(member -> table.put(member.getKey(), fromJson(member.getValue())));
        return table;
    }

    private static Field ofType(JsonNode node) {
        var member = node.properties().iterator().next();
        var value = member.getValue();
        return switch (member.getKey()) {
            case "!b", "!B", "!s", "!u", "!I", "!i", "!T" ->
                    new Field(member.getKey().charAt(1), integer(value));
            case "!d" -> new Field('d', Double.valueOf(value.asText()));
            case "!f" -> new Field('f', Float.valueOf(value.asText()));
            case "!D" -> new Field('D', new BigDecimal(value.asText()));
            case "!x" -> new Field('x', Base64.getDecoder().decode(value.asText()));
            case "!S" -> new Field('S', Base64.getDecoder().decode(value.asText()));
            case "!F" -> new Field('F', members(value));
            default -> throw new IllegalArgumentException("no AMQP type: " + member.getKey());
        };
    }

    private static long integer(JsonNode node) {
        if (!node.canConvertToLong()) {
            throw new IllegalArgumentException("a number that AMQP does not hold");
        }
        return node.longValue();
    }
}
