package org.deadletteroffice.desktop.inspect;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.deadletteroffice.core.browse.MessageView;
import org.deadletteroffice.desktop.payload.PayloadText;
import org.deadletteroffice.desktop.payload.TreeText;
import org.deadletteroffice.spi.decode.Decoded;

/// A payload as text in one mode.
///
/// @param syntax how its lines are coloured
/// @param marked lines, from 0, that something is wrong with
public record Shown(String text, Syntax syntax, Set<Integer> marked) {
    /// What kind of text it is.
    public enum Syntax {
        PLAIN,
        JSON,
        HEX
    }

    static final Shown NOTHING = new Shown("", Syntax.PLAIN, Set.of());

    static Shown of(MessageView view, PayloadMode mode) {
        var payload = view.letter().payload();
        return switch (mode) {
            case PRETTY, TREE -> {
                var lines = PayloadText.pretty(view.decoded(), payload);
                yield new Shown(join(lines), syntax(view.decoded()), marked(view.decoded(), lines));
            }
            case RAW -> {
                var syntax = syntax(view.decoded());
                yield new Shown(
                        join(PayloadText.raw(payload)),
                        syntax == Syntax.HEX ? Syntax.PLAIN : syntax,
                        Set.of());
            }
            case HEX -> new Shown(join(PayloadText.hex(payload)), Syntax.HEX, Set.of());
        };
    }

    private static String join(List<TreeText.Line> lines) {
        return lines.stream().map(TreeText.Line::text).collect(Collectors.joining("\n"));
    }

    private static Syntax syntax(Decoded decoded) {
        return switch (decoded) {
            case Decoded.Structured it -> it.format().equals("xml") ? Syntax.PLAIN : Syntax.JSON;
            case Decoded.Wrapped(_, _, var inner, _) -> syntax(inner);
            case Decoded.PlainText _ -> Syntax.PLAIN;
            case Decoded.Opaque _ -> Syntax.HEX;
        };
    }

    private static Set<Integer> marked(Decoded decoded, List<TreeText.Line> lines) {
        var paths =
                issues(decoded)
                        .filter(issue -> issue.severity() != Decoded.Issue.Severity.INFO)
                        .map(issue -> path(issue.where()))
                        .filter(where -> !where.isEmpty())
                        .collect(Collectors.toSet());
        var marked = new HashSet<Integer>();
        for (int i = 0; i < lines.size() && !paths.isEmpty(); i++) {
            if (paths.contains(path(lines.get(i).path()))) {
                marked.add(i);
            }
        }
        return marked;
    }

    private static java.util.stream.Stream<Decoded.Issue> issues(Decoded decoded) {
        var inner =
                decoded instanceof Decoded.Wrapped(_, _, var wrapped, _)
                        ? issues(wrapped)
                        : java.util.stream.Stream.<Decoded.Issue>empty();
        return java.util.stream.Stream.concat(decoded.issues().stream(), inner);
    }

    private static String path(String where) {
        return where.startsWith("$.") ? where.substring(2) : where.equals("$") ? "" : where;
    }
}
