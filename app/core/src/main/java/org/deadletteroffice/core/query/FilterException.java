package org.deadletteroffice.core.query;

import java.util.Objects;
import org.deadletteroffice.core.OperatorException;
import org.jspecify.annotations.Nullable;

/// A filter that cannot be understood.
public final class FilterException extends OperatorException {
    private final int position;
    private final @Nullable String suggestion;

    /// @param position offset into the text, from 0; -1 where unknown
    /// @param suggestion a text that would be understood; null where nothing is near
    public FilterException(String sentence, int position, @Nullable String suggestion) {
        super(
                Kind.WRONG_USE,
                sentence,
                suggestion == null ? "Correct the filter." : "Did you mean: " + suggestion);
        this.position = position;
        this.suggestion = suggestion;
    }

    /// The same of a text that has this before it.
    FilterException behind(String before) {
        return new FilterException(
                Objects.requireNonNull(getMessage()),
                position < 0 ? position : position + before.length(),
                suggestion == null ? null : before + suggestion);
    }

    public int position() {
        return position;
    }

    public @Nullable String suggestion() {
        return suggestion;
    }
}
