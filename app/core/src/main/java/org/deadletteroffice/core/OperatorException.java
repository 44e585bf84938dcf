package org.deadletteroffice.core;

import org.jspecify.annotations.Nullable;

/// The engine did not do what was asked, for a reason the operator can act on. The message is one
/// sentence of what happened; [#remedy] says what to do next.
public class OperatorException extends Exception {
    /// What kind of problem it is: the command line's exit code and the window's icon follow from
    /// it.
    public enum Kind {
        /// 2
        WRONG_USE,
        /// 5
        NOT_FOUND,
        /// 6: read-only profile, confirmation missing, destination equals source
        REFUSED,
        /// 7
        INTERRUPTED,
        /// 70: the store is damaged, from a newer version, or the disk is full
        STORE
    }

    private final Kind kind;
    private final String remedy;

    public OperatorException(Kind kind, String sentence, String remedy, @Nullable Throwable cause) {
        super(sentence, cause);
        this.kind = kind;
        this.remedy = remedy;
    }

    public OperatorException(Kind kind, String sentence, String remedy) {
        this(kind, sentence, remedy, null);
    }

    public final Kind kind() {
        return kind;
    }

    public final String remedy() {
        return remedy;
    }
}
