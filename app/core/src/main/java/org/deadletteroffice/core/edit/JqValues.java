package org.deadletteroffice.core.edit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BigIntegerNode;
import com.fasterxml.jackson.databind.node.BinaryNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import org.deadletteroffice.spi.decode.Tree;
import org.jspecify.annotations.Nullable;

/// Trees as the nodes that jq works on, and back. A number that stands where it stood with the
/// value it had keeps its text; one that moved keeps its value to the last digit.
final class JqValues {
    /// Digits beyond which a number is not computed with exactly; its text still survives.
    private static final int EXACT_DIGITS = 400;

    static JsonNode toNode(Tree tree) {
        return switch (tree) {
            case Tree.Obj(var members) -> {
                var object = new WatchedObject();
                for (var member : members) {
                    object.set(member.name(), toNode(member.value()));
                }
                yield object;
            }
            case Tree.Arr(var items) -> {
                var array = new WatchedArray(items.size());
                for (var item : items) {
                    array.add(toNode(item));
                }
                yield array;
            }
            case Tree.Text(var value) -> TextNode.valueOf(value);
            case Tree.Num(var literal) -> number(literal);
            case Tree.Bool(var value) -> BooleanNode.valueOf(value);
            case Tree.Null() -> NullNode.getInstance();
            case Tree.Bytes(var value) -> BinaryNode.valueOf(value);
        };
    }

    private static JsonNode number(String literal) {
        boolean whole =
                literal.indexOf('.') < 0 && literal.indexOf('e') < 0 && literal.indexOf('E') < 0;
        if (literal.length() > EXACT_DIGITS) {
            return DoubleNode.valueOf(Double.parseDouble(literal));
        }
        if (whole) {
            var value = new BigInteger(literal);
            if (value.bitLength() < Integer.SIZE) {
                return IntNode.valueOf(value.intValue());
            }
            return value.bitLength() < Long.SIZE
                    ? LongNode.valueOf(value.longValue())
                    : BigIntegerNode.valueOf(value);
        }
        try {
            var decimal = new BigDecimal(literal);
            // 1e999999999 is short to write and endless to compute with.
            return Math.abs((long) decimal.scale()) > EXACT_DIGITS
                    ? DoubleNode.valueOf(decimal.doubleValue())
                    : DecimalNode.valueOf(decimal);
        } catch (NumberFormatException outOfRange) {
            return DoubleNode.valueOf(Double.parseDouble(literal));
        }
    }

    /// @param before what the program was given; numbers that stand in the same place with the same
    ///     value keep their text
    static Tree toTree(JsonNode node, @Nullable Tree before) {
        return switch (node.getNodeType()) {
            case OBJECT -> {
                var members = new ArrayList<Tree.Member>(node.size());
                for (var property : node.properties()) {
                    var old =
                            before instanceof Tree.Obj object
                                    ? object.get(property.getKey()).orElse(null)
                                    : null;
                    members.add(
                            new Tree.Member(property.getKey(), toTree(property.getValue(), old)));
                }
                yield new Tree.Obj(members);
            }
            case ARRAY -> {
                var items = new ArrayList<Tree>(node.size());
                for (int i = 0; i < node.size(); i++) {
                    var old =
                            before instanceof Tree.Arr(var olds) && i < olds.size()
                                    ? olds.get(i)
                                    : null;
                    items.add(toTree(node.get(i), old));
                }
                yield new Tree.Arr(items);
            }
            case STRING -> new Tree.Text(node.textValue());
            case NUMBER -> numberTree(node, before);
            case BOOLEAN -> new Tree.Bool(node.booleanValue());
            case BINARY -> new Tree.Bytes(((BinaryNode) node).binaryValue());
            case MISSING, NULL, POJO -> Tree.NULL;
        };
    }

    private static Tree numberTree(JsonNode node, @Nullable Tree before) {
        if (before instanceof Tree.Num(var literal) && number(literal).equals(node)) {
            return before;
        }
        return new Tree.Num(literal(node));
    }

    /// JSON has no infinity and no NaN: jq prints the largest number and null.
    private static String literal(JsonNode node) {
        if (node.isIntegralNumber()) {
            return node.bigIntegerValue().toString();
        }
        if (node.isBigDecimal()) {
            return node.decimalValue().toString();
        }
        double value = node.doubleValue();
        if (Double.isNaN(value)) {
            return "null";
        }
        if (Double.isInfinite(value)) {
            return Double.toString(Math.copySign(Double.MAX_VALUE, value));
        }
        // 3.0 that was computed is 3, as jq prints it.
        return value == Math.rint(value) && Math.abs(value) < 1e15
                ? Long.toString((long) value)
                : Double.toString(value);
    }

    static Optional<String> repeatedMember(Tree tree) {
        return switch (tree) {
            case Tree.Obj(var members) -> {
                var names = new HashSet<String>();
                for (var member : members) {
                    if (!names.add(member.name())) {
                        yield Optional.of(member.name());
                    }
                    var deeper = repeatedMember(member.value());
                    if (deeper.isPresent()) {
                        yield deeper;
                    }
                }
                yield Optional.empty();
            }
            case Tree.Arr(var items) -> {
                for (var item : items) {
                    var deeper = repeatedMember(item);
                    if (deeper.isPresent()) {
                        yield deeper;
                    }
                }
                yield Optional.empty();
            }
            case Tree.Text _, Tree.Num _, Tree.Bool _, Tree.Null _, Tree.Bytes _ ->
                    Optional.empty();
        };
    }

    /// Stops an interrupted walk: jq's loops over the payload have no other place to be told.
    private static <T> Iterator<T> watched(Iterator<T> steps) {
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return steps.hasNext();
            }

            @Override
            public T next() {
                if (Thread.currentThread().isInterrupted()) {
                    throw new IllegalStateException("it was stopped");
                }
                return steps.next();
            }
        };
    }

    // The base class narrows deepCopy without saying so.
    @SuppressWarnings("unchecked")
    private static final class WatchedArray extends ArrayNode {
        WatchedArray(int capacity) {
            super(JsonNodeFactory.instance, capacity);
        }

        @Override
        public Iterator<JsonNode> elements() {
            return watched(super.elements());
        }
    }

    // jq walks objects by the deprecated fields().
    @SuppressWarnings({"unchecked", "deprecation"})
    private static final class WatchedObject extends ObjectNode {
        WatchedObject() {
            super(JsonNodeFactory.instance);
        }

        @Override
        public Iterator<JsonNode> elements() {
            return watched(super.elements());
        }

        @Override
        public Iterator<Map.Entry<String, JsonNode>> fields() {
            return watched(super.fields());
        }
    }

    private JqValues() {}
}
