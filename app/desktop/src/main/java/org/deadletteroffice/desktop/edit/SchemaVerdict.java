package org.deadletteroffice.desktop.edit;

import java.util.List;
import org.deadletteroffice.core.browse.MessageView;
import org.deadletteroffice.core.edit.Editing;
import org.deadletteroffice.core.schema.SchemaChoice;
import org.deadletteroffice.desktop.text.Amounts;
import org.deadletteroffice.spi.decode.Decoded;
import org.jspecify.annotations.Nullable;

/// Whether an edited text fits the message's schema: in words, and each misfit with its place.
///
/// @param sentence empty for a message without a schema
/// @param fits false too where it could not be checked
public record SchemaVerdict(String sentence, boolean fits, List<Fault> misfits) {
    /// For a message without a schema, and before anything was checked.
    static final SchemaVerdict NONE = new SchemaVerdict("", true, List.of());

    /// May block for the registry.
    static SchemaVerdict of(MessageView message, String typed, SchemaChoice choice) {
        if (choice.equals(SchemaChoice.OWN)) {
            return ofItsOwn(message, typed);
        }
        var judgement = Editing.judge(message, typed, choice);
        var misfits = judgement.misfits().stream().map(issue -> fault(issue, typed)).toList();
        return new SchemaVerdict(
                misfits.isEmpty()
                        ? judgement.words(0)
                        : Amounts.of(misfits.size(), "place does", "places do")
                                + " not fit "
                                + judgement.schema()
                                + ". It can be sent all the same.",
                judgement.fits(),
                misfits);
    }

    private static SchemaVerdict ofItsOwn(MessageView message, String typed) {
        var schema = schema(message.decoded());
        if (schema == null) {
            return NONE;
        }
        var misfits =
                Editing.judge(message, typed, SchemaChoice.OWN).misfits().stream()
                        .map(issue -> fault(issue, typed))
                        .toList();
        return new SchemaVerdict(
                misfits.isEmpty()
                        ? "Fits its schema, " + schema + "."
                        : Amounts.of(misfits.size(), "place does", "places do")
                                + " not fit its schema, "
                                + schema
                                + ". It can be sent all the same.",
                misfits.isEmpty(),
                misfits);
    }

    private static Fault fault(Decoded.Issue issue, String typed) {
        if (issue.where().isEmpty()) {
            return new Fault(issue.sentence(), 0, 0);
        }
        int at = JsonPlace.of(typed, issue.where());
        int line = 1;
        int begin = 0;
        for (int i = 0; i < Math.min(at, typed.length()); i++) {
            if (typed.charAt(i) == '\n') {
                line++;
                begin = i + 1;
            }
        }
        return new Fault(issue.sentence(), line, at - begin + 1);
    }

    private static @Nullable String schema(Decoded decoded) {
        return switch (decoded) {
            case Decoded.Structured(_, var schema, _, _) -> schema;
            case Decoded.Wrapped(_, _, var inner, _) -> schema(inner);
            case Decoded.PlainText _, Decoded.Opaque _ -> null;
        };
    }
}
