package org.deadletteroffice.core.decode;

import java.util.List;
import org.deadletteroffice.spi.decode.Decoded.Issue;
import org.deadletteroffice.spi.message.Numerals;
import org.jspecify.annotations.Nullable;

/// Whether a text fits a schema.
///
/// @param schema which one, in words
/// @param misfits what does not fit, in words and each with its place
/// @param unchecked why it could not be held against that schema, a sentence without its full stop;
///     null where it was
/// @param gap what was lacking then; null where it was checked
public record SchemaJudgement(
        String schema, List<Issue> misfits, @Nullable String unchecked, @Nullable Gap gap) {
    static final SchemaJudgement NONE_NAMED =
            unchecked("its own schema", "the message names none", Gap.NO_SCHEMA);

    /// Why a message could not be held against a schema.
    public enum Gap {
        /// There is none, or it cannot be used.
        NO_SCHEMA,
        /// It could not be asked for now.
        UNREACHABLE,
        /// The payload has no fields to compare.
        NO_FIELDS
    }

    public SchemaJudgement {
        misfits = List.copyOf(misfits);
    }

    static SchemaJudgement unchecked(String schema, String reason, Gap gap) {
        return new SchemaJudgement(schema, List.of(), reason, gap);
    }

    public boolean fits() {
        return unchecked == null && misfits.isEmpty();
    }

    /// For the operator, with at most `most` misfits.
    public String words(int most) {
        if (unchecked != null) {
            return "It could not be held against %s: %s.".formatted(schema, unchecked);
        }
        if (misfits.isEmpty()) {
            return "It fits " + schema + ".";
        }
        var words = new StringBuilder("It does not fit ").append(schema).append(':');
        for (var misfit : misfits.subList(0, Math.min(most, misfits.size()))) {
            words.append(' ');
            if (!misfit.where().isEmpty()) {
                words.append(misfit.where()).append(": ");
            }
            words.append(misfit.sentence());
        }
        return misfits.size() > most
                ? words.append(" And %s more.".formatted(Numerals.of(misfits.size() - most)))
                        .toString()
                : words.toString();
    }
}
