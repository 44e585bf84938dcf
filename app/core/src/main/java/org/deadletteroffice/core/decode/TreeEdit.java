package org.deadletteroffice.core.decode;

import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.deadletteroffice.spi.decode.Decoded.Issue;
import org.deadletteroffice.spi.decode.PayloadDecoder.EditException;
import org.deadletteroffice.spi.decode.PayloadDecoder.Limits;
import org.deadletteroffice.spi.decode.Tree;
import org.deadletteroffice.spi.message.Numerals;

/// Trees of binary formats as the JSON that an operator edits. Bytes stand there as base64, and are
/// bytes again where bytes stood before.
final class TreeEdit {
    static String text(Tree tree) {
        return JsonWriter.pretty(tree);
    }

    /// @throws EditException with the place where it is no JSON
    static Tree parse(String edited) throws EditException {
        var reading = JsonReader.read(edited, Limits.STANDARD.depth());
        var tree = reading.tree();
        var problem = reading.problem();
        if (tree == null || !reading.strict()) {
            throw problem == null
                    ? new EditException("This is not JSON.", 0, 0)
                    : new EditException(
                            "This is not JSON: " + problem.sentence() + ".",
                            Math.max(0, problem.line()),
                            Math.max(0, problem.column()));
        }
        return tree;
    }

    /// Whether an edited value says what the original does.
    static boolean same(Tree original, Tree edited) {
        return switch (original) {
            case Tree.Obj(var members) -> {
                if (!(edited instanceof Tree.Obj(var others)) || others.size() != members.size()) {
                    yield false;
                }
                for (int i = 0; i < members.size(); i++) {
                    if (!members.get(i).name().equals(others.get(i).name())
                            || !same(members.get(i).value(), others.get(i).value())) {
                        yield false;
                    }
                }
                yield true;
            }
            case Tree.Arr(var items) -> {
                if (!(edited instanceof Tree.Arr(var others)) || others.size() != items.size()) {
                    yield false;
                }
                for (int i = 0; i < items.size(); i++) {
                    if (!same(items.get(i), others.get(i))) {
                        yield false;
                    }
                }
                yield true;
            }
            case Tree.Bytes(var value) ->
                    edited.equals(original)
                            || (edited instanceof Tree.Text(var text)
                                    && text.equals(Base64.getEncoder().encodeToString(value)));
            case Tree.Text _, Tree.Num _, Tree.Bool _, Tree.Null _ -> original.equals(edited);
        };
    }

    /// The bytes that a value says where bytes stood: base64, or bytes as they are.
    static Optional<byte[]> bytes(Tree value) {
        return switch (value) {
            case Tree.Bytes(var bytes) -> Optional.of(bytes);
            case Tree.Text(var text) -> {
                try {
                    yield Optional.of(Base64.getDecoder().decode(text));
                } catch (IllegalArgumentException notBase64) {
                    yield Optional.empty();
                }
            }
            default -> Optional.empty();
        };
    }

    static EditException cannot(String sentence) {
        return new EditException(sentence, 0, 0);
    }

    /// @param issues at least one
    static EditException doesNotFit(List<Issue> issues) {
        int more = issues.size() - 1;
        return cannot(
                "It does not fit its schema: "
                        + issues.getFirst().sentence()
                        + (more == 0 ? "" : " And %s more.".formatted(Numerals.of(more))));
    }

    private TreeEdit() {}
}
