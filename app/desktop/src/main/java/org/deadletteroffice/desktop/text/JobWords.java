package org.deadletteroffice.desktop.text;

import org.deadletteroffice.core.Durations;
import org.deadletteroffice.core.job.JobInfo;
import org.deadletteroffice.core.job.JobKind;
import org.deadletteroffice.core.job.JobState;
import org.deadletteroffice.desktop.control.Tone;

/// Jobs in the operator's words.
public final class JobWords {
    public static String of(JobKind kind) {
        return switch (kind) {
            case REDRIVE -> "Redrive";
            case REPLAY -> "Replay";
            case PURGE -> "Purge";
            case RESTORE -> "Restore";
            case IMPORT -> "Import";
            case MOVE -> "Move by the broker";
        };
    }

    public static String of(JobState state) {
        return switch (state) {
            case PLANNING -> "planning";
            case RUNNING -> "running";
            case WATCHING -> "watching canaries";
            case PAUSED -> "paused";
            case INTERRUPTED -> "interrupted";
            case DONE -> "done";
            case DONE_IN_PART -> "done in part";
            case STOPPED -> "stopped";
            case ABANDONED -> "abandoned";
        };
    }

    public static Tone tone(JobState state) {
        return switch (state) {
            case PLANNING, RUNNING, WATCHING -> Tone.ACCENT;
            case PAUSED, DONE_IN_PART, STOPPED -> Tone.WARNING;
            case INTERRUPTED -> Tone.DANGER;
            case DONE -> Tone.SUCCESS;
            case ABANDONED -> Tone.NEUTRAL;
        };
    }

    /// `Redrive a1b2`.
    public static String title(JobInfo job) {
        return of(job.kind()) + " " + job.id();
    }

    /// `orders-dlt → origin`.
    public static String route(JobInfo job) {
        return job.source().name() + " → " + job.destination();
    }

    /// 0 to 1; negative while it cannot be known.
    public static double progress(JobInfo job) {
        if (job.state() == JobState.PLANNING || job.planned() == 0) {
            return job.state().isEnd() ? 1 : -1;
        }
        return Math.clamp((double) settled(job) / job.planned(), 0, 1);
    }

    /// Messages of the plan that are dealt with, one way or the other.
    public static long settled(JobInfo job) {
        return Math.max(job.sent(), job.removed()) + job.failed();
    }

    /// `31,073 / 50,118 · 482 /s · 0 returned · 40 s left`.
    public static String numbers(JobInfo job) {
        var text = new StringBuilder();
        text.append(Amounts.of(settled(job))).append(" / ").append(Amounts.of(job.planned()));
        var rate = job.rate();
        if (rate != null) {
            text.append(" · ").append(Amounts.rate(rate));
        }
        if (job.failed() > 0) {
            text.append(" · ").append(Amounts.of(job.failed())).append(" failed");
        }
        if (job.kind() == JobKind.REDRIVE || job.kind() == JobKind.REPLAY) {
            text.append(" · ").append(Amounts.of(job.returned())).append(" returned");
        }
        var left = job.remaining();
        if (left != null) {
            text.append(" · ").append(Durations.words(left)).append(" left");
        }
        return text.toString();
    }

    private JobWords() {}
}
