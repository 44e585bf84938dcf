package org.deadletteroffice.desktop.triage;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import org.deadletteroffice.core.browse.MessageView;
import org.deadletteroffice.core.query.FieldsSeen;

/// The names a filter may use: the language's own, and the fields and headers seen in messages.
/// Completes the word at the caret.
public final class FieldNames {
    private static final Map<String, String> FIXED = fixed();

    private final FieldsSeen seen = new FieldsSeen();

    /// Learns from a message.
    public void learn(MessageView message) {
        seen.add(message);
    }

    /// What the word before the caret may become, best first, at most 12.
    public List<Completion> complete(String text, int caret) {
        int from = caret;
        while (from > 0 && isWord(text.charAt(from - 1))) {
            from--;
        }
        var word = text.substring(from, caret);
        if (word.isEmpty()) {
            return List.of();
        }
        var found = new ArrayList<Completion>();
        int start = from;
        BiConsumer<String, String> offer =
                (name, kind) -> {
                    if (matches(name, word) && !name.equals(word)) {
                        found.add(new Completion(name, kind, start, caret));
                    }
                };
        FIXED.forEach(offer);
        seen.all().forEach(field -> offer.accept(field.name(), field.type()));
        found.sort(
                Comparator.comparing((Completion c) -> !c.insert().startsWith(word))
                        .thenComparing(c -> c.insert().length()));
        return found.stream().limit(12).toList();
    }

    private static boolean isWord(char c) {
        return Character.isLetterOrDigit(c) || c == '_' || c == '.' || c == '[' || c == ']';
    }

    /// `total` finds `payload.total`, `cause.ty` finds `cause.type`.
    private static boolean matches(String name, String word) {
        var lower = name.toLowerCase(Locale.ROOT);
        var wanted = word.toLowerCase(Locale.ROOT);
        return lower.startsWith(wanted)
                || (wanted.length() >= 2
                        && (lower.contains("." + wanted) || lower.contains("'" + wanted)));
    }

    private static Map<String, String> fixed() {
        var names = new LinkedHashMap<String, String>();
        for (var name : List.of("type", "message", "stackTrace", "origin", "consumer")) {
            names.put("cause." + name, "text");
        }
        for (var name : List.of("partition", "position", "tries")) {
            names.put("cause." + name, "number");
        }
        names.put("cause.fingerprint", "text");
        for (var name : List.of("id", "key", "format", "queue")) {
            names.put("message." + name, "text");
        }
        for (var name : List.of("size", "deliveries", "partition")) {
            names.put("message." + name, "number");
        }
        names.put("message.timestamp", "time");
        names.put("message.tombstone", "true or false");
        names.put("payload.", "field of the payload");
        names.put("headers['']", "header by name");
        return Collections.unmodifiableMap(names);
    }

    /// The names seen so far; for tests and help.
    Set<String> seen() {
        return seen.all().stream().map(FieldsSeen.Field::name).collect(Collectors.toSet());
    }

    /// A name that can stand in place of what was typed.
    ///
    /// @param kind what it holds, in a word
    /// @param from where what was typed begins
    /// @param to where it ends
    public record Completion(String insert, String kind, int from, int to) {
        /// The text with this name put in.
        public String in(String text) {
            return text.substring(0, from) + insert + text.substring(to);
        }
    }
}
