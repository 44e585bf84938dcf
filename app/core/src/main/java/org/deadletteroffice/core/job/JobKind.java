package org.deadletteroffice.core.job;

/// What a job does.
public enum JobKind {
    REDRIVE,
    /// One message, perhaps edited.
    REPLAY,
    PURGE,
    RESTORE
}
