package org.deadletteroffice.core.decode;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.deadletteroffice.spi.decode.Decoded.Issue;
import org.deadletteroffice.spi.decode.Tree;
import org.deadletteroffice.spi.message.Numerals;
import org.jspecify.annotations.Nullable;

/// Reads JSON into an exact tree over Jackson's streaming parser: number text, member order and
/// repeated members survive. Where the text is not JSON by RFC 8259 it says where, and reads on
/// with the liberties that people take (comments, trailing commas, single quotes).
final class JsonReader {
    /// Bounds the memory of a tree: some 40 MiB at worst.
    static final int MAX_VALUES = 400_000;

    /// Bounds recursion, whatever the caller allows.
    static final int MAX_DEPTH = 1_000;

    private static final int MAX_ISSUES = 20;

    private static final StreamReadConstraints NO_OTHER_LIMITS =
            StreamReadConstraints.builder()
                    .maxNestingDepth(MAX_DEPTH + 10)
                    .maxNumberLength(Integer.MAX_VALUE)
                    .maxStringLength(Integer.MAX_VALUE)
                    .maxNameLength(Integer.MAX_VALUE)
                    .build();

    // Names are not interned or kept: a hostile stream of ever new names must not fill a table.
    private static final JsonFactory STRICT =
            JsonFactory.builder()
                    .streamReadConstraints(NO_OTHER_LIMITS)
                    .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
                    .build();
    private static final JsonFactory LIBERAL =
            JsonFactory.builder()
                    .streamReadConstraints(NO_OTHER_LIMITS)
                    .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
                    .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
                    .enable(JsonReadFeature.ALLOW_JAVA_COMMENTS)
                    .enable(JsonReadFeature.ALLOW_YAML_COMMENTS)
                    .enable(JsonReadFeature.ALLOW_SINGLE_QUOTES)
                    .enable(JsonReadFeature.ALLOW_UNQUOTED_FIELD_NAMES)
                    .enable(JsonReadFeature.ALLOW_TRAILING_COMMA)
                    .enable(JsonReadFeature.ALLOW_UNESCAPED_CONTROL_CHARS)
                    .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
                    .build();

    private final JsonParser parser;
    private final int maxDepth;
    private final int maxValues;
    private final List<Issue> issues = new ArrayList<>();
    private final List<String> path = new ArrayList<>();
    private int values;

    private JsonReader(JsonParser parser, int maxDepth, int maxValues) {
        this.parser = parser;
        this.maxDepth = Math.min(maxDepth, MAX_DEPTH);
        this.maxValues = maxValues;
    }

    /// @param tree null where not even a liberal reading gives one
    /// @param strict it is JSON by RFC 8259, one value and nothing else
    /// @param problem what is wrong with it; null where nothing is
    /// @param values how many values the tree holds
    record Reading(
            @Nullable Tree tree,
            boolean strict,
            @Nullable Problem problem,
            List<Issue> issues,
            int values) {
        private static Reading none(@Nullable Problem problem) {
            return new Reading(null, false, problem, List.of(), 0);
        }
    }

    /// @param line from 1; 0 where unknown
    /// @param column from 1; 0 where unknown
    record Problem(String sentence, int line, int column) {
        String where() {
            return line > 0 ? "line " + line + ", column " + column : "";
        }
    }

    /// Reads UTF-8 without a byte order mark.
    static Reading read(byte[] utf8, int maxDepth) {
        return read(
                () -> STRICT.createParser(utf8),
                () -> LIBERAL.createParser(utf8),
                maxDepth,
                MAX_VALUES);
    }

    static Reading read(String text, int maxDepth) {
        return read(text, maxDepth, MAX_VALUES);
    }

    static Reading read(String text, int maxDepth, int maxValues) {
        return read(
                () -> STRICT.createParser(text),
                () -> LIBERAL.createParser(text),
                maxDepth,
                maxValues);
    }

    private interface Opening {
        JsonParser open() throws IOException;
    }

    private static Reading read(Opening strict, Opening liberal, int maxDepth, int maxValues) {
        Problem problem;
        try (var parser = strict.open()) {
            var reader = new JsonReader(parser, maxDepth, maxValues);
            var tree = reader.document();
            return new Reading(tree, true, null, reader.issues, reader.values);
        } catch (TooMuch tooMuch) {
            return Reading.none(tooMuch.problem);
        } catch (TrailingJunk junk) {
            return new Reading(junk.tree, false, junk.problem, List.of(), 1);
        } catch (IOException notJson) {
            problem = problem(notJson);
        }
        try (var parser = liberal.open()) {
            var reader = new JsonReader(parser, maxDepth, maxValues);
            var tree = reader.document();
            return new Reading(tree, false, problem, reader.issues, reader.values);
        } catch (TooMuch tooMuch) {
            return Reading.none(tooMuch.problem);
        } catch (TrailingJunk junk) {
            return new Reading(junk.tree, false, junk.problem, List.of(), 1);
        } catch (IOException notJsonAtAll) {
            return Reading.none(problem);
        }
    }

    private Tree document() throws IOException {
        if (parser.nextToken() == null) {
            throw new TooMuch("There is nothing in it but white space", parser.currentLocation());
        }
        var tree = value(0);
        JsonLocation end = parser.currentLocation();
        @Nullable JsonToken more;
        try {
            more = parser.nextToken();
        } catch (JsonProcessingException junk) {
            throw new TrailingJunk(tree, junk.getLocation());
        }
        if (more != null) {
            throw new TrailingJunk(tree, end);
        }
        return tree;
    }

    private Tree value(int depth) throws IOException {
        if (++values > maxValues) {
            throw new TooMuch(
                    "It has more than %s values".formatted(Numerals.of(maxValues)),
                    parser.currentLocation());
        }
        return switch (parser.currentToken()) {
            case START_OBJECT -> object(deeper(depth));
            case START_ARRAY -> array(deeper(depth));
            case VALUE_STRING -> new Tree.Text(parser.getText());
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> new Tree.Num(parser.getText());
            case VALUE_TRUE -> new Tree.Bool(true);
            case VALUE_FALSE -> new Tree.Bool(false);
            case VALUE_NULL -> Tree.NULL;
            case NOT_AVAILABLE, END_OBJECT, END_ARRAY, FIELD_NAME, VALUE_EMBEDDED_OBJECT ->
                    throw new IOException("a blocking JSON parser gives values only");
        };
    }

    private int deeper(int depth) throws TooMuch {
        if (depth >= maxDepth) {
            throw new TooMuch(
                    "It is nested deeper than " + maxDepth + " levels", parser.currentLocation());
        }
        return depth + 1;
    }

    private Tree object(int depth) throws IOException {
        var members = new ArrayList<Tree.Member>();
        @Nullable Set<String> names = null;
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            var name = parser.currentName();
            // Small objects are compared by hand: a set for each would cost more than the parsing.
            if (members.size() == 8) {
                names = new HashSet<>();
                for (var member : members) {
                    names.add(member.name());
                }
            }
            if (names == null ? named(members, name) : !names.add(name)) {
                repeated(name);
            }
            parser.nextToken();
            path.add(name);
            members.add(new Tree.Member(name, value(depth)));
            path.removeLast();
        }
        return new Tree.Obj(members);
    }

    private static boolean named(List<Tree.Member> members, String name) {
        for (var member : members) {
            if (member.name().equals(name)) {
                return true;
            }
        }
        return false;
    }

    private Tree array(int depth) throws IOException {
        var items = new ArrayList<Tree>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            path.add("");
            items.add(value(depth));
            path.removeLast();
        }
        return new Tree.Arr(items);
    }

    private void repeated(String name) {
        if (issues.size() < MAX_ISSUES) {
            var at = new StringBuilder("$");
            for (var step : path) {
                at.append(step.isEmpty() ? "[]" : "." + step);
            }
            issues.add(
                    new Issue(
                            Issue.Severity.WARNING,
                            at.append('.').append(name).toString(),
                            "The member '"
                                    + name
                                    + "' occurs more than once; most readers see only the last."));
        }
    }

    private static Problem problem(IOException notJson) {
        if (notJson instanceof JsonProcessingException syntax) {
            var sentence = syntax.getOriginalMessage();
            return at(sentence == null ? "it is not JSON" : plain(sentence), syntax.getLocation());
        }
        return new Problem("it is not readable as JSON", 0, 0);
    }

    /// Without what the parser says of its own input and settings.
    private static String plain(String sentence) {
        return sentence.replaceFirst("\\s*\\(start marker at .*", "");
    }

    private static Problem at(String sentence, @Nullable JsonLocation location) {
        return location == null
                ? new Problem(sentence, 0, 0)
                : new Problem(sentence, location.getLineNr(), location.getColumnNr());
    }

    /// A limit was met; no other reading would help.
    private static final class TooMuch extends IOException {
        private final transient Problem problem;

        TooMuch(String sentence, JsonLocation location) {
            super(sentence);
            problem = at(sentence, location);
        }
    }

    /// One value was read, and more stands behind it.
    private static final class TrailingJunk extends IOException {
        private final transient Tree tree;
        private final transient Problem problem;

        TrailingJunk(Tree tree, JsonLocation location) {
            super("more follows");
            this.tree = tree;
            problem = at("More follows after the JSON value", location);
        }
    }
}
