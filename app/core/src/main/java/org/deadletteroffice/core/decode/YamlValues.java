package org.deadletteroffice.core.decode;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.regex.Pattern;
import org.deadletteroffice.spi.decode.Tree;
import org.deadletteroffice.spi.message.Numerals;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.events.AliasEvent;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.events.MappingStartEvent;
import org.yaml.snakeyaml.events.ScalarEvent;
import org.yaml.snakeyaml.events.SequenceStartEvent;

/// YAML from its events: no tag makes an object, and an alias counts with all that it stands for,
/// so that a few lines cannot grow into billions. Plain scalars are typed by the JSON schema of
/// YAML 1.2 (section 10.2) and what is common beyond it (`~`, `True`).
final class YamlValues {
    private static final int MAX_TEXT = 3 << 20;
    private static final Pattern NUMBER =
            Pattern.compile(
                    "-?(?:0|[1-9][0-9]{0,400}+)(?:\\.[0-9]{1,400}+)?(?:[eE][+-]?[0-9]{1,9}+)?");

    /// @param height levels of nesting
    private record Sized(Tree tree, int values, int height) {}

    private final Iterator<Event> events;
    private final int maxDepth;
    private final Map<String, Sized> anchors = new HashMap<>();
    private int values;

    private YamlValues(Iterator<Event> events, int maxDepth) {
        this.events = events;
        this.maxDepth = Math.min(maxDepth, JsonReader.MAX_DEPTH);
    }

    /// One document, or the list of them where there are several.
    static Tree read(String text, int maxDepth) throws SyntaxProblem {
        if (text.length() > MAX_TEXT) {
            throw new SyntaxProblem(
                    "it is longer than %s characters".formatted(Numerals.of(MAX_TEXT)), 0, 0);
        }
        var options = new LoaderOptions();
        options.setCodePointLimit(MAX_TEXT + 1);
        options.setNestingDepthLimit(JsonReader.MAX_DEPTH);
        try {
            var events = new Yaml(options).parse(new StringReader(text)).iterator();
            return new YamlValues(events, maxDepth).stream();
        } catch (MarkedYAMLException broken) {
            var mark = broken.getProblemMark();
            var problem = broken.getProblem();
            throw new SyntaxProblem(
                    problem == null ? "it is not YAML" : problem,
                    mark == null ? 0 : mark.getLine() + 1,
                    mark == null ? 0 : mark.getColumn() + 1);
        } catch (YAMLException broken) {
            throw new SyntaxProblem("it has characters that YAML does not allow", 0, 0);
        }
    }

    private Tree stream() throws SyntaxProblem {
        var documents = new ArrayList<Tree>();
        while (events.hasNext()) {
            var event = events.next();
            if (event.is(Event.ID.DocumentStart)) {
                anchors.clear();
                documents.add(value(events.next(), 0).tree());
            }
        }
        if (documents.isEmpty()) {
            throw new SyntaxProblem("there is no document in it", 0, 0);
        }
        return documents.size() == 1 ? documents.getFirst() : new Tree.Arr(documents);
    }

    private Sized value(Event event, int depth) throws SyntaxProblem {
        if (depth > maxDepth) {
            throw stop(event, "it is nested deeper than " + maxDepth + " levels");
        }
        int before = values;
        count(event, 1);
        return switch (event) {
            case AliasEvent alias -> {
                var meant = anchors.get(alias.getAnchor());
                if (meant == null) {
                    throw stop(event, "the anchor '" + alias.getAnchor() + "' is not there");
                }
                if (depth + meant.height() > maxDepth) {
                    throw stop(event, "it is nested deeper than " + maxDepth + " levels");
                }
                count(event, meant.values());
                yield meant;
            }
            case ScalarEvent scalar -> anchored(scalar.getAnchor(), scalar(scalar), before, 0);
            case SequenceStartEvent start -> {
                var items = new ArrayList<Tree>();
                int height = 1;
                for (var next = events.next();
                        !next.is(Event.ID.SequenceEnd);
                        next = events.next()) {
                    var item = value(next, depth + 1);
                    height = Math.max(height, item.height() + 1);
                    items.add(item.tree());
                }
                yield anchored(start.getAnchor(), new Tree.Arr(items), before, height);
            }
            case MappingStartEvent start -> {
                var members = new ArrayList<Tree.Member>();
                int height = 1;
                for (var next = events.next();
                        !next.is(Event.ID.MappingEnd);
                        next = events.next()) {
                    var key = value(next, depth + 1).tree();
                    var item = value(events.next(), depth + 1);
                    height = Math.max(height, item.height() + 1);
                    members.add(new Tree.Member(name(key), item.tree()));
                }
                yield anchored(start.getAnchor(), new Tree.Obj(members), before, height);
            }
            default -> throw stop(event, "a value was expected");
        };
    }

    private static String name(Tree key) {
        return switch (key) {
            case Tree.Text(var text) -> text;
            case Tree.Num(var literal) -> literal;
            default -> JsonWriter.compact(key);
        };
    }

    private Sized anchored(@Nullable String anchor, Tree tree, int before, int height) {
        var sized = new Sized(tree, values - before, height);
        if (anchor != null) {
            anchors.put(anchor, sized);
        }
        return sized;
    }

    private void count(Event event, int more) throws SyntaxProblem {
        values += more;
        if (values > JsonReader.MAX_VALUES) {
            throw stop(
                    event,
                    "it has more than %s values".formatted(Numerals.of(JsonReader.MAX_VALUES)));
        }
    }

    private static Tree scalar(ScalarEvent scalar) {
        var text = scalar.getValue();
        var tag = scalar.getTag();
        if (scalar.getScalarStyle() != ScalarStyle.PLAIN || (tag != null && tag.endsWith(":str"))) {
            return new Tree.Text(text);
        }
        return switch (text) {
            case "", "~", "null", "Null", "NULL" -> Tree.NULL;
            case "true", "True", "TRUE" -> new Tree.Bool(true);
            case "false", "False", "FALSE" -> new Tree.Bool(false);
            default ->
                    text.length() < 800 && NUMBER.matcher(text).matches()
                            ? new Tree.Num(text)
                            : new Tree.Text(text);
        };
    }

    private static SyntaxProblem stop(Event event, String sentence) {
        var mark = event.getStartMark();
        return mark == null
                ? new SyntaxProblem(sentence, 0, 0)
                : new SyntaxProblem(sentence, mark.getLine() + 1, mark.getColumn() + 1);
    }
}
