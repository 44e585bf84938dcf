package org.deadletteroffice.core.decode;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import org.deadletteroffice.spi.decode.Tree;

/// Trees as payloads have them, and one changed in one place.
final class Generated {
    private static final ObjectMapper JSON = new ObjectMapper();

    /// Objects and lists of whole numbers, fractions, texts, booleans and nulls.
    static Arbitrary<Tree> trees() {
        return Arbitraries.oneOf(objects(3), lists(3));
    }

    /// Of [#trees], those that are written in printable ASCII alone.
    static Arbitrary<Tree> asciiTrees() {
        return trees().filter(
                        tree ->
                                JsonWriter.compact(tree)
                                        .codePoints()
                                        .allMatch(point -> point >= ' ' && point < 0x7F));
    }

    private static Arbitrary<Tree> values(int depth) {
        var leaves =
                Arbitraries.<Tree>oneOf(
                        Arbitraries.longs().map(Numbers::of),
                        Arbitraries.integers().between(-300, 300).map(n -> Numbers.of((long) n)),
                        Arbitraries.doubles().ofScale(3).map(Numbers::of),
                        texts().map(Tree.Text::new),
                        Arbitraries.of(true, false).map(Tree.Bool::new),
                        Arbitraries.just(Tree.NULL));
        return depth == 0
                ? leaves
                : Arbitraries.frequencyOf(
                        net.jqwik.api.Tuple.of(4, leaves),
                        net.jqwik.api.Tuple.of(1, objects(depth - 1)),
                        net.jqwik.api.Tuple.of(1, lists(depth - 1)));
    }

    static Arbitrary<String> texts() {
        return Arbitraries.strings()
                .ofMaxLength(40)
                .filter(text -> text.codePoints().noneMatch(Generated::isHalf));
    }

    private static boolean isHalf(int point) {
        return (point >= 0xD800 && point <= 0xDFFF) || !Character.isDefined(point);
    }

    private static Arbitrary<Tree> objects(int depth) {
        return Combinators.combine(
                        texts().list().ofMinSize(1).ofMaxSize(5).uniqueElements(),
                        values(depth).list().ofSize(5))
                .as(
                        (names, values) -> {
                            var members = new ArrayList<Tree.Member>();
                            for (int i = 0; i < names.size(); i++) {
                                members.add(new Tree.Member(names.get(i), values.get(i)));
                            }
                            return new Tree.Obj(members);
                        });
    }

    private static Arbitrary<Tree> lists(int depth) {
        return values(depth).list().ofMinSize(1).ofMaxSize(5).map(Tree.Arr::new);
    }

    static JsonNode node(Tree tree) {
        try {
            return JSON.readTree(JsonWriter.compact(tree));
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    static Tree tree(JsonNode node) {
        return java.util.Objects.requireNonNull(JsonReader.read(node.toString(), 200).tree());
    }

    /// The tree with its first leaf replaced, and one more entry at the end of the root.
    static Tree changed(Tree tree) {
        var done = new boolean[1];
        return switch (replaced(tree, done)) {
            case Tree.Obj(var members) -> {
                var more = new ArrayList<>(members);
                more.add(new Tree.Member("added-here", new Tree.Text("new")));
                yield new Tree.Obj(more);
            }
            case Tree.Arr(var items) -> {
                var more = new ArrayList<>(items);
                more.add(new Tree.Text("new"));
                yield new Tree.Arr(more);
            }
            case Tree other -> other;
        };
    }

    private static Tree replaced(Tree tree, boolean[] done) {
        return switch (tree) {
            case Tree.Obj(var members) -> {
                var fresh = new ArrayList<Tree.Member>();
                for (var member : members) {
                    fresh.add(new Tree.Member(member.name(), replaced(member.value(), done)));
                }
                yield new Tree.Obj(fresh);
            }
            case Tree.Arr(var items) -> {
                var fresh = new ArrayList<Tree>();
                for (var item : items) {
                    fresh.add(replaced(item, done));
                }
                yield new Tree.Arr(fresh);
            }
            case Tree leaf when done[0] -> leaf;
            case Tree.Num _ -> {
                done[0] = true;
                yield new Tree.Num("4711");
            }
            case Tree.Text _ -> {
                done[0] = true;
                yield new Tree.Text("changed");
            }
            case Tree.Bool(var value) -> {
                done[0] = true;
                yield new Tree.Bool(!value);
            }
            case Tree leaf -> leaf;
        };
    }

    /// As plain values in their order, for comparison across number types.
    static Object plain(Tree tree) {
        return switch (tree) {
            case Tree.Obj(var members) -> {
                var map = new LinkedHashMap<String, Object>();
                members.forEach(member -> map.put(member.name(), plain(member.value())));
                yield map;
            }
            case Tree.Arr(var items) -> items.stream().map(Generated::plain).toList();
            case Tree.Num(var literal) -> Double.valueOf(literal);
            case Tree.Null() -> List.of("null");
            default -> tree;
        };
    }

    private Generated() {}
}
