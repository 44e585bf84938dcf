package org.deadletteroffice.core.cause;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Which frames are not the user's own code, for one language: by how the method's name begins, or
/// by what its file's path contains. The names are data, in `foreign-code.txt`.
final class ForeignCode {
    private static final String FILE = "foreign-code.txt";
    private static final Map<String, ForeignCode> ALL = load();

    private final Names names = new Names();
    private final Names glue = new Names();
    private final List<String> paths = new ArrayList<>();
    private final List<String> parts = new ArrayList<>();

    static ForeignCode of(TraceLanguage language) {
        return of(language.label());
    }

    static ForeignCode of(String language) {
        var known = ALL.get(language);
        if (known == null) {
            throw new IllegalStateException(FILE + " has no section " + language);
        }
        return known;
    }

    /// A tree of the characters that names begin with.
    private static final class Names {
        private final Map<Character, Names> next = new HashMap<>(2);
        private boolean ends;
        private boolean endsWhole;

        void add(String name) {
            boolean whole = name.endsWith("=");
            var at = this;
            for (int i = 0; i < name.length() - (whole ? 1 : 0); i++) {
                at = at.next.computeIfAbsent(name.charAt(i), _ -> new Names());
            }
            at.ends |= !whole;
            at.endsWhole |= whole;
        }

        boolean beginsAt(String text, int from, int to) {
            @Nullable Names at = this;
            for (int i = from; i < to; i++) {
                at = at.next.get(text.charAt(i));
                if (at == null) {
                    return false;
                }
                if (at.ends || (at.endsWhole && i == to - 1)) {
                    return true;
                }
            }
            return false;
        }
    }

    boolean isForeign(String text, int from, int to) {
        return names.beginsAt(text, from, to) || isGlue(text, from, to);
    }

    boolean isForeign(String method, @Nullable String file) {
        if (isForeign(method, 0, method.length())) {
            return true;
        }
        if (file == null) {
            return false;
        }
        for (var path : paths) {
            if (path.charAt(0) == '^' ? file.startsWith(path.substring(1)) : file.contains(path)) {
                return true;
            }
        }
        return false;
    }

    /// Calls that stand between any two others and tell nothing: reflection, generated code.
    boolean isGlue(String text, int from, int to) {
        if (glue.beginsAt(text, from, to)) {
            return true;
        }
        for (var part : parts) {
            int at = text.indexOf(part, from, to);
            if (at >= 0) {
                return true;
            }
        }
        return false;
    }

    boolean isGlue(String method) {
        return isGlue(method, 0, method.length());
    }

    private static Map<String, ForeignCode> load() {
        var all = new HashMap<String, ForeignCode>();
        var current = new ForeignCode();
        try (var in = ForeignCode.class.getResourceAsStream(FILE)) {
            if (in == null) {
                throw new IllegalStateException("the program's jar lacks " + FILE);
            }
            var lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
            for (var line = lines.readLine(); line != null; line = lines.readLine()) {
                var text = line.strip();
                if (text.isEmpty() || text.startsWith("#")) {
                    continue;
                }
                if (text.startsWith("[")) {
                    current = new ForeignCode();
                    all.put(text.substring(1, text.length() - 1), current);
                    continue;
                }
                int space = text.indexOf(' ');
                var kind = text.substring(0, space);
                for (var word : text.substring(space + 1).strip().split(" +")) {
                    current.take(kind, word);
                }
            }
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
        return all;
    }

    private void take(String kind, String word) {
        switch (kind) {
            case "name" -> names.add(word);
            case "glue" -> glue.add(word);
            case "path" -> paths.add(word);
            case "part" -> parts.add(word);
            default -> throw new IllegalStateException(FILE + ": " + kind);
        }
    }
}
