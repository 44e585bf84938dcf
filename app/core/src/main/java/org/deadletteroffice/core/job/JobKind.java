package org.deadletteroffice.core.job;

/// What a job does.
public enum JobKind {
    REDRIVE,
    /// One message, perhaps edited.
    REPLAY,
    /// Takes messages away for good, with a copy in the archive.
    PURGE,
    /// Puts archived messages back where they lay.
    RESTORE,
    /// Sends the messages of a file into a queue.
    IMPORT,
    /// The broker moves a whole queue by itself; this program only follows.
    MOVE;

    /// As the audit trail and a sentence call it.
    public String word() {
        return switch (this) {
            case REDRIVE -> "redrive";
            case REPLAY -> "replay";
            case PURGE -> "purge";
            case RESTORE -> "restore";
            case IMPORT -> "import";
            case MOVE -> "move";
        };
    }

    /// Whether the job looks at the messages of its queue while it runs.
    public boolean looksAtSource() {
        return switch (this) {
            case REDRIVE, REPLAY, PURGE -> true;
            case RESTORE, IMPORT, MOVE -> false;
        };
    }

    /// Whether its messages may die again and come back, so that the source is watched for them.
    boolean mayComeBack() {
        return switch (this) {
            case REDRIVE, REPLAY -> true;
            case PURGE, RESTORE, IMPORT, MOVE -> false;
        };
    }
}
