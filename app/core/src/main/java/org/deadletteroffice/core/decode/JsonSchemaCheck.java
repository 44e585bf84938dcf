package org.deadletteroffice.core.decode;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.deadletteroffice.spi.decode.Decoded.Issue;
import org.deadletteroffice.spi.decode.Tree;
import org.deadletteroffice.spi.message.Numerals;

/// One run of a value against a JSON Schema, bounded in steps: schemas refer to themselves, and
/// choices inside choices multiply.
final class JsonSchemaCheck {
    private static final int DEEPEST = 100;
    private static final int MOST_ISSUES = 50;
    private static final int MOST_STEPS = 400_000;

    /// In steps: a sentence takes longer to make than a value to compare.
    private static final int COST_OF_ISSUE = 20;

    private final Tree schema;

    /// What the references that were met lead to.
    private final Map<String, Optional<Tree>> targets = new HashMap<>();

    private int steps;

    JsonSchemaCheck(Tree schema) {
        this.schema = schema;
    }

    List<Issue> issues(Tree value, String path) {
        var issues = new IssueList();
        check(schema, value, path, issues, 0);
        if (steps > MOST_STEPS) {
            issues.error(
                    path,
                    "Its schema asks for more than %s comparisons; the rest was not made."
                            .formatted(Numerals.of(MOST_STEPS)));
        }
        return issues.all();
    }

    private void check(Tree rules, Tree value, String path, IssueList issues, int depth) {
        if (depth > DEEPEST || ++steps > MOST_STEPS || issues.told() >= MOST_ISSUES) {
            return;
        }
        if (rules instanceof Tree.Bool(var allowed)) {
            if (!allowed) {
                issues.error(path, path + " is not allowed here.");
            }
            return;
        }
        if (!(rules instanceof Tree.Obj object)) {
            return;
        }
        var reference = text(object, "$ref").orElse(null);
        var target = reference == null ? null : targets.computeIfAbsent(reference, this::referred);
        if (target != null && target.isPresent()) {
            check(target.get(), value, path, issues, depth + 1);
        }
        int before = issues.told();
        type(object, value, path, issues);
        values(object, value, path, issues);
        steps += COST_OF_ISSUE * (issues.told() - before);
        switch (value) {
            case Tree.Obj members -> members(object, members, path, issues, depth);
            case Tree.Arr(var items) ->
                    object.get("items")
                            .ifPresent(
                                    rule -> {
                                        for (int i = 0; i < items.size(); i++) {
                                            check(
                                                    rule,
                                                    items.get(i),
                                                    path + "[" + i + "]",
                                                    issues,
                                                    depth + 1);
                                        }
                                    });
            default -> {}
        }
        combined(object, value, path, issues, depth);
    }

    static Optional<String> text(Tree object, String name) {
        return object instanceof Tree.Obj members
                        && members.get(name).orElse(null) instanceof Tree.Text(var value)
                ? Optional.of(value)
                : Optional.empty();
    }

    private static List<Tree> list(Tree.Obj object, String name) {
        return object.get(name).orElse(null) instanceof Tree.Arr(var items) ? items : List.of();
    }

    /// Within the same schema only: no address that a schema names is fetched.
    private Optional<Tree> referred(String reference) {
        if (!reference.startsWith("#")) {
            return Optional.empty();
        }
        Tree at = schema;
        for (var step : reference.substring(1).split("/")) {
            if (step.isEmpty()) {
                continue;
            }
            var name = step.replace("~1", "/").replace("~0", "~");
            var next = at instanceof Tree.Obj object ? object.get(name) : Optional.<Tree>empty();
            if (next.isEmpty()) {
                return Optional.empty();
            }
            at = next.get();
        }
        return Optional.of(at);
    }

    private static void type(Tree.Obj rules, Tree value, String path, IssueList issues) {
        if (rules.get("type").isEmpty()) {
            return;
        }
        var types = new HashSet<String>();
        text(rules, "type").ifPresent(types::add);
        for (var each : list(rules, "type")) {
            if (each instanceof Tree.Text(var name)) {
                types.add(name);
            }
        }
        if (!types.isEmpty() && types.stream().noneMatch(type -> isOf(type, value))) {
            issues.error(
                    path,
                    "%s must be %s, and is %s."
                            .formatted(
                                    path,
                                    String.join(" or ", types.stream().sorted().toList()),
                                    Shapes.words(value)));
        }
    }

    private static boolean isOf(String type, Tree value) {
        return switch (type) {
            case "object" -> value instanceof Tree.Obj;
            case "array" -> value instanceof Tree.Arr;
            case "string" -> value instanceof Tree.Text;
            case "integer" -> Numbers.whole(value).isPresent();
            case "number" -> value instanceof Tree.Num;
            case "boolean" -> value instanceof Tree.Bool;
            case "null" -> value instanceof Tree.Null;
            default -> true;
        };
    }

    private static void values(Tree.Obj rules, Tree value, String path, IssueList issues) {
        var allowed = list(rules, "enum");
        if (!allowed.isEmpty() && !allowed.contains(value)) {
            issues.error(
                    path,
                    "%s must be one of %s, and is %s."
                            .formatted(
                                    path,
                                    String.join(
                                            ", ",
                                            allowed.stream()
                                                    .limit(8)
                                                    .map(JsonWriter::compact)
                                                    .toList()),
                                    Shapes.words(value)));
        }
        var constant = rules.get("const");
        if (constant.isPresent() && !constant.get().equals(value)) {
            issues.error(
                    path,
                    "%s must be %s, and is %s."
                            .formatted(
                                    path, JsonWriter.compact(constant.get()), Shapes.words(value)));
        }
        if (value instanceof Tree.Num) {
            limit(rules, "minimum", value, path, "at least", -1, issues);
            limit(rules, "maximum", value, path, "at most", 1, issues);
        }
    }

    private static void limit(
            Tree.Obj rules,
            String keyword,
            Tree value,
            String path,
            String words,
            int wrong,
            IssueList issues) {
        var limit = rules.get(keyword).flatMap(Numbers::floating);
        var number = Numbers.floating(value);
        if (limit.isPresent()
                && number.isPresent()
                && Integer.signum(number.get().compareTo(limit.get())) == wrong) {
            issues.error(
                    path,
                    "%s must be %s %s, and is %s."
                            .formatted(
                                    path,
                                    words,
                                    // As the schema writes it: 1, not 1.0.
                                    JsonWriter.compact(rules.get(keyword).orElseThrow()),
                                    Shapes.words(value)));
        }
    }

    private void members(Tree.Obj rules, Tree.Obj value, String path, IssueList issues, int depth) {
        for (var name : list(rules, "required")) {
            if (name instanceof Tree.Text(var required) && value.get(required).isEmpty()) {
                issues.error(
                        path + "." + required,
                        "%s.%s is missing, and is required.".formatted(path, required));
            }
        }
        var known = rules.get("properties").orElse(null) instanceof Tree.Obj all ? all : null;
        var others = rules.get("additionalProperties");
        boolean open = rules.get("patternProperties").isPresent();
        for (var member : value.members()) {
            var place = path + "." + member.name();
            var rule = known == null ? Optional.<Tree>empty() : known.get(member.name());
            if (rule.isPresent()) {
                check(rule.get(), member.value(), place, issues, depth + 1);
            } else if (others.isPresent() && !open) {
                if (others.get() instanceof Tree.Bool(var allowed) && !allowed) {
                    var names =
                            known == null
                                    ? List.<String>of()
                                    : known.members().stream().map(Tree.Member::name).toList();
                    issues.error(
                            place,
                            place
                                    + " is unknown: the schema has no such field."
                                    + Shapes.meant(member.name(), names));
                } else {
                    check(others.get(), member.value(), place, issues, depth + 1);
                }
            }
        }
    }

    private void combined(Tree.Obj rules, Tree value, String path, IssueList issues, int depth) {
        for (var rule : list(rules, "allOf")) {
            check(rule, value, path, issues, depth + 1);
        }
        choice(list(rules, "anyOf"), value, path, issues, depth);
        choice(list(rules, "oneOf"), value, path, issues, depth);
    }

    private void choice(List<Tree> choices, Tree value, String path, IssueList issues, int depth) {
        for (var rule : choices) {
            var trial = new IssueList();
            check(rule, value, path, trial, depth + 1);
            if (trial.all().isEmpty()) {
                return;
            }
        }
        if (!choices.isEmpty()) {
            issues.error(
                    path,
                    "%s fits none of the %s forms that its schema allows."
                            .formatted(path, choices.size()));
        }
    }
}
