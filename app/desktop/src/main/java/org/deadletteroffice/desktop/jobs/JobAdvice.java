package org.deadletteroffice.desktop.jobs;

import java.util.Optional;
import org.deadletteroffice.core.job.JobInfo;
import org.deadletteroffice.core.job.JobState;
import org.deadletteroffice.desktop.control.Tone;

/// What an operator should know of a job that did not simply end well, and what to do about it.
///
/// @param title what happened, short
/// @param reason the job's own sentence
/// @param remedy what to do next
record JobAdvice(Tone tone, String title, String reason, String remedy) {
    /// Empty for a job that needs nobody.
    static Optional<JobAdvice> of(JobInfo job) {
        return switch (job.state()) {
            case INTERRUPTED -> Optional.of(interrupted(job));
            case STOPPED -> stoppedItself(job) ? Optional.of(stopped(job)) : Optional.empty();
            case DONE, DONE_IN_PART, ABANDONED, PLANNING, RUNNING, WATCHING, PAUSED ->
                    Optional.empty();
        };
    }

    private static JobAdvice interrupted(JobInfo job) {
        return new JobAdvice(
                Tone.DANGER,
                "Interrupted",
                job.sentence(),
                switch (job.kind()) {
                    case PURGE ->
                            "Resume looks which messages are gone already and takes the rest away;"
                                    + " no message is gone without its copy.";
                    case MOVE ->
                            "Resume follows the same move again and begins no second one; Stop"
                                    + " calls the broker off.";
                    case REDRIVE, REPLAY, RESTORE, IMPORT ->
                            "Resume asks the broker what arrived, sends the rest, and takes away"
                                    + " what was sent. Nothing is lost in between.";
                });
    }

    private static JobAdvice stopped(JobInfo job) {
        return job.returned() > 0
                ? new JobAdvice(
                        Tone.WARNING,
                        "The canary stopped this job",
                        job.sentence(),
                        "Whoever reads "
                                + destination(job)
                                + " still fails on them, so sending more would only bring them"
                                + " back. Open the queue, read why the first ones came back, mend"
                                + " the consumer or the messages, then Redrive the rest: the same"
                                + " plan over what was not sent.")
                : new JobAdvice(
                        Tone.WARNING,
                        "This job stopped itself",
                        job.sentence(),
                        "Read below why messages were refused, mend that, retry what failed, and"
                                + " redrive the rest.");
    }

    private static String destination(JobInfo job) {
        return job.destination().equals("origin") ? "their origin" : job.destination();
    }

    /// The operator knows why a job stopped that they stopped.
    private static boolean stoppedItself(JobInfo job) {
        return job.state() == JobState.STOPPED
                && !job.sentence().startsWith("Stopped by the operator");
    }
}
