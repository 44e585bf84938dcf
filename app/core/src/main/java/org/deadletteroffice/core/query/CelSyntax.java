package org.deadletteroffice.core.query;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What is told of a filter's text without the CEL library: whether it is plainly words, whether it
/// was meant as CEL, and which name was probably meant.
final class CelSyntax {
    static final List<String> VARIABLES = List.of("message", "payload", "headers", "cause");

    static final List<String> MESSAGE_FIELDS =
            List.of(
                    "id",
                    "key",
                    "timestamp",
                    "deliveries",
                    "size",
                    "format",
                    "tombstone",
                    "queue",
                    "partition");

    static final List<String> CAUSE_FIELDS =
            List.of(
                    "type",
                    "message",
                    "stackTrace",
                    "origin",
                    "partition",
                    "position",
                    "consumer",
                    "tries",
                    "fingerprint");

    static final List<String> FUNCTIONS =
            List.of(
                    "contains",
                    "startsWith",
                    "endsWith",
                    "matches",
                    "size",
                    "has",
                    "exists",
                    "all",
                    "filter",
                    "map",
                    "exists_one",
                    "lowerAscii",
                    "upperAscii",
                    "replace",
                    "split",
                    "substring",
                    "trim",
                    "join",
                    "indexOf",
                    "timestamp",
                    "duration",
                    "int",
                    "double",
                    "string");

    /// Words that CEL keeps for itself, and that are no field names behind a dot.
    private static final Set<String> RESERVED = Set.of("in", "true", "false", "null");

    private static final Pattern IDENTIFIER = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

    private static final Set<String> LITERALS = Set.of("true", "false", "null");

    private static final Pattern WORDS = Pattern.compile("[\\p{L}\\p{N}_\\-\\s]+");
    private static final Pattern VARIABLE_USED =
            Pattern.compile("\\b(message|payload|headers|cause)\\s*[.\\[]");
    private static final Pattern OPERATOR = Pattern.compile("==|!=|&&|\\|\\||<=|>=");
    private static final Pattern CALL =
            Pattern.compile(
                    "\\.(contains|startsWith|endsWith|matches|exists|all|size)\\s*\\(|\\bhas\\s*\\(");
    private static final Pattern COMPARISON = Pattern.compile("^[\\w.]+\\s*[<>=]\\s*\\S+$");

    /// No reading as CEL could yield a boolean.
    static boolean isPlainlyWords(String text) {
        return WORDS.matcher(text).matches() && !LITERALS.contains(text) && !text.contains(" in ");
    }

    /// Whether somebody who typed this wanted an expression rather than to search for its words.
    static boolean isMeant(String text) {
        return VARIABLE_USED.matcher(text).find()
                || OPERATOR.matcher(text).find()
                || CALL.matcher(text).find()
                || COMPARISON.matcher(text).matches();
    }

    static boolean isIdentifier(String name) {
        return IDENTIFIER.matcher(name).matches() && !RESERVED.contains(name);
    }

    /// The one of `names` that is nearest to `typed`; null where none is near enough to be meant.
    static @Nullable String nearest(String typed, List<String> names) {
        @Nullable String best = null;
        int least = Math.max(1, typed.length() / 3) + 1;
        for (var name : new TreeSet<>(names)) {
            if (name.equalsIgnoreCase(typed)) {
                return name;
            }
            int distance = distance(typed, name);
            if (distance < least) {
                least = distance;
                best = name;
            }
        }
        return best;
    }

    /// Levenshtein's, with exchanged neighbours as one step.
    private static int distance(String a, String b) {
        var before = new int[b.length() + 1];
        var last = new int[b.length() + 1];
        var row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            last[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int same = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
                row[j] = Math.min(Math.min(row[j - 1], last[j]) + 1, last[j - 1] + same);
                boolean exchanged =
                        i > 1
                                && j > 1
                                && a.charAt(i - 1) == b.charAt(j - 2)
                                && a.charAt(i - 2) == b.charAt(j - 1);
                if (exchanged) {
                    row[j] = Math.min(row[j], before[j - 2] + 1);
                }
            }
            var spare = before;
            before = last;
            last = row;
            row = spare;
        }
        return last[b.length()];
    }

    private CelSyntax() {}
}
