package org.deadletteroffice.core.job;

/// What a job does.
public enum JobKind {
    REDRIVE,
    /// One message, perhaps edited.
    REPLAY;

    /// As the audit trail and a sentence call it.
    public String word() {
        return switch (this) {
            case REDRIVE -> "redrive";
            case REPLAY -> "replay";
        };
    }
}
