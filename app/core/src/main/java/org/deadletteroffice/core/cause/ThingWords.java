package org.deadletteroffice.core.cause;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/// Words that tell that which one of them it was follows: `tenant northwind`. They are data, in
/// `thing-words.txt`.
final class ThingWords {
    private static final String FILE = "thing-words.txt";
    private static final Map<String, Set<String>> SECTIONS = load();
    private static final Set<String> THINGS = section("things");
    private static final Set<String> ATTRIBUTES = section("attributes");
    private static final Set<String> GRAMMAR = section("grammar");

    static boolean isThing(String word) {
        return THINGS.contains(word);
    }

    /// `address` behind `customer`: what all customers have, and not who it is.
    static boolean isAttribute(String word) {
        return ATTRIBUTES.contains(word);
    }

    /// Whether the sentence goes on with it behind a thing.
    static boolean isOfGrammar(String word) {
        return GRAMMAR.contains(word) || (word.length() > 4 && word.endsWith("ed"));
    }

    private static Set<String> section(String name) {
        return Objects.requireNonNull(SECTIONS.get(name), name);
    }

    private static Map<String, Set<String>> load() {
        var sections = new HashMap<String, Set<String>>();
        var words = new HashSet<String>();
        try (var in = Objects.requireNonNull(ThingWords.class.getResourceAsStream(FILE))) {
            var lines = new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
            for (var line : lines) {
                if (line.startsWith("[")) {
                    words = new HashSet<>();
                    sections.put(line.substring(1, line.length() - 1), words);
                } else if (!line.isBlank() && !line.startsWith("#")) {
                    words.addAll(List.of(line.split(" ")));
                }
            }
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
        return sections;
    }

    private ThingWords() {}
}
