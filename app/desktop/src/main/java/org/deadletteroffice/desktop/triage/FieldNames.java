package org.deadletteroffice.desktop.triage;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.deadletteroffice.core.browse.MessageView;
import org.deadletteroffice.spi.decode.Decoded;
import org.deadletteroffice.spi.decode.Tree;

/// The names a filter may use: the language's own, and the fields and headers seen in messages.
/// Completes the word at the caret.
public final class FieldNames {
    private static final Map<String, String> FIXED = fixed();

    /// Seen names are bounded: a payload may use values as names.
    private static final int SEEN = 2_000;

    private static final int DEPTH = 5;
    private static final int ITEMS = 3;

    private final Map<String, String> seen = new TreeMap<>();

    /// Learns from a message.
    public void learn(MessageView message) {
        tree(message.decoded());
        for (var header : message.letter().headers()) {
            add("headers[\"" + header.name().replace("\"", "\\\"") + "\"]", "header");
        }
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
        for (var names : List.of(FIXED, seen)) {
            names.forEach(
                    (name, kind) -> {
                        if (matches(name, word) && !name.equals(word)) {
                            found.add(new Completion(name, kind, start, caret));
                        }
                    });
        }
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
        var lower = name.toLowerCase(java.util.Locale.ROOT);
        var wanted = word.toLowerCase(java.util.Locale.ROOT);
        return lower.startsWith(wanted)
                || (wanted.length() >= 2
                        && (lower.contains("." + wanted) || lower.contains("\"" + wanted)));
    }

    private void tree(Decoded decoded) {
        switch (decoded) {
            case Decoded.Structured(_, _, var tree, _) -> walk("payload", tree, DEPTH);
            case Decoded.Wrapped(_, _, var inner, _) -> tree(inner);
            case Decoded.PlainText _, Decoded.Opaque _ -> {}
        }
    }

    private void walk(String path, Tree tree, int depth) {
        if (depth == 0) {
            return;
        }
        switch (tree) {
            case Tree.Obj(var members) ->
                    members.forEach(
                            member -> {
                                var name = path + step(member.name());
                                add(name, kind(member.value()));
                                walk(name, member.value(), depth - 1);
                            });
            case Tree.Arr(var items) ->
                    items.stream()
                            .limit(ITEMS)
                            .forEach(item -> walk(path + "[0]", item, depth - 1));
            case Tree.Text _, Tree.Num _, Tree.Bool _, Tree.Null _, Tree.Bytes _ -> {}
        }
    }

    private static String step(String name) {
        return name.matches("[A-Za-z_]\\w*")
                ? "." + name
                : "[\"" + name.replace("\"", "\\\"") + "\"]";
    }

    private static String kind(Tree tree) {
        return switch (tree) {
            case Tree.Obj _ -> "object";
            case Tree.Arr _ -> "list";
            case Tree.Text _ -> "text";
            case Tree.Num _ -> "number";
            case Tree.Bool _ -> "true or false";
            case Tree.Null _ -> "null";
            case Tree.Bytes _ -> "bytes";
        };
    }

    private void add(String name, String kind) {
        if (seen.size() < SEEN && name.length() < 120) {
            seen.merge(name, kind, (old, now) -> old.equals("null") ? now : old);
        }
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
        names.put("headers[\"\"]", "header by name");
        return java.util.Collections.unmodifiableMap(names);
    }

    /// The names seen so far; for tests and help.
    Set<String> seen() {
        return Set.copyOf(seen.keySet());
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
