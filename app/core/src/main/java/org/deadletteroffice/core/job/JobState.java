package org.deadletteroffice.core.job;

/// Where a job stands.
public enum JobState {
    /// Its scope is being read and archived.
    PLANNING,
    RUNNING,
    /// Canaries were sent; watching whether they come back.
    WATCHING,
    PAUSED,
    /// Its process died or lost its broker; can be resumed.
    INTERRUPTED,
    /// Every message was dealt with; none failed.
    DONE,
    /// Ended by itself, with failures or exclusions that the job lists.
    DONE_IN_PART,
    /// Stopped by the operator or a stop rule; what was not sent lies where it lay.
    STOPPED,
    /// The operator gave up an interrupted job.
    ABANDONED;

    public boolean isEnd() {
        return switch (this) {
            case DONE, DONE_IN_PART, STOPPED, ABANDONED -> true;
            case PLANNING, RUNNING, WATCHING, PAUSED, INTERRUPTED -> false;
        };
    }

    /// As the audit trail and a sentence call it.
    public String word() {
        return switch (this) {
            case PLANNING -> "planning";
            case RUNNING -> "running";
            case WATCHING -> "watching";
            case PAUSED -> "paused";
            case INTERRUPTED -> "interrupted";
            case DONE -> "done";
            case DONE_IN_PART -> "done in part";
            case STOPPED -> "stopped";
            case ABANDONED -> "abandoned";
        };
    }
}
