package org.deadletteroffice.core.job;

import java.util.Map;
import org.deadletteroffice.core.OperatorException;
import org.deadletteroffice.core.job.JobControl.Halt;
import org.deadletteroffice.core.ledger.Counts;
import org.deadletteroffice.core.ledger.JobRow;
import org.deadletteroffice.core.ledger.LeaseLost;
import org.deadletteroffice.core.store.StoreUnavailable;
import org.deadletteroffice.spi.connector.ServerSideMover.MoveStatus;
import org.deadletteroffice.spi.error.BrokerException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Writes down how a run ended: for whoever looks at the job, and in the trail.
final class JobEnd {
    private static final Logger LOG = LoggerFactory.getLogger(JobEnd.class);

    private final Workshop workshop;
    private final JobRow job;
    private final Standing standing;
    private final Progress progress;

    private final JobControl control;

    JobEnd(
            Workshop workshop,
            JobRow job,
            Standing standing,
            Progress progress,
            JobControl control) {
        this.control = control;
        this.workshop = workshop;
        this.job = job;
        this.standing = standing;
        this.progress = progress;
    }

    /// @param note what else was done at the end, in words; empty for nothing
    void write(Dispatch dispatch, String note) {
        var counts = progress.counts();
        var words = new JobWords(job.kind(), counts, note);
        // A stop leaves nothing half-way; where that cannot be had, the job can be resumed.
        var halfWay =
                dispatch.isUnsettled()
                        || progress.isUnwritten()
                        || counts.sent() != counts.removed();
        write(words, halfWay, () -> byItself(dispatch, counts, words));
    }

    /// Of a move that the broker made by itself.
    ///
    /// @param status how it ended; null when it is left to the broker, which takes a halt
    /// @param note why it could not be called off; empty where it was not asked for
    void writeMove(@Nullable MoveStatus status, String note) {
        var why = status == null ? note : status.sentence();
        var words = new JobWords(job.kind(), progress.counts(), why);
        write(
                words,
                status == null,
                () -> {
                    switch (status == null ? MoveStatus.State.RUNNING : status.state()) {
                        case DONE -> finish(JobState.DONE, words.done());
                        case FAILED ->
                                finish(
                                        JobState.DONE_IN_PART,
                                        "The move failed: "
                                                + (why.isEmpty() ? "" : why + " ")
                                                + new JobWords(job.kind(), progress.counts(), "")
                                                        .rest());
                        case CANCELLED ->
                                finish(
                                        JobState.STOPPED,
                                        "The move was called off. " + words.rest());
                        case RUNNING -> finish(JobState.INTERRUPTED, words.closed());
                    }
                });
    }

    static String sentence(Throwable failed) {
        return switch (failed) {
            case BrokerException broker -> broker.sentence() + " " + broker.remedy().sentence();
            case OperatorException told -> told.getMessage() + " " + told.remedy();
            default ->
                    "A defect of this program prevented it ("
                            + failed.getClass().getSimpleName()
                            + "; see the log).";
        };
    }

    private void write(JobWords words, boolean halfWay, Runnable byItself) {
        try {
            switch (control.halt()) {
                case null -> byItself.run();
                case Halt.Stop _ when halfWay -> finish(JobState.INTERRUPTED, words.halfWay());
                case Halt.Stop _ -> finish(JobState.STOPPED, words.stopped());
                case Halt.Rule(var sentence) when halfWay ->
                        finish(JobState.INTERRUPTED, sentence + " " + words.halfWay());
                case Halt.Rule(var sentence) ->
                        finish(JobState.STOPPED, sentence + " " + words.rest());
                case Halt.Close _ -> finish(JobState.INTERRUPTED, words.closed());
                case Halt.Broken(var cause) -> broken(cause);
            }
        } catch (LeaseLost elsewhere) {
            LOG.info("Job {} goes on in another process.", job.id());
        } catch (StoreUnavailable gone) {
            // The next process that looks at the job finds its owner gone.
            LOG.error("How job {} stands could not be written down.", job.id(), gone);
        } catch (RuntimeException defect) {
            // Not left as running: nobody would be allowed to resume it.
            broken(defect);
        }
    }

    private void byItself(Dispatch dispatch, Counts counts, JobWords words) {
        if (!isWhole(counts)) {
            finish(JobState.INTERRUPTED, words.leftInSource());
            return;
        }
        dispatch.forget();
        if (counts.failed() == 0 && counts.excluded() == 0) {
            finish(JobState.DONE, words.done());
        } else {
            finish(JobState.DONE_IN_PART, words.inPart());
        }
    }

    /// Whether every message of the job was dealt with.
    static boolean isWhole(Counts counts) {
        return counts.sent() == counts.removed()
                && counts.planned() == counts.sent() + counts.failed();
    }

    private void broken(Throwable cause) {
        switch (cause) {
            case LeaseLost elsewhere -> throw elsewhere;
            case BrokerException failed -> {
                LOG.warn("Job {} lost its broker.", job.id(), failed);
                finish(JobState.INTERRUPTED, sentence(failed) + " Then resume the job.");
            }
            case OperatorException failed -> finish(JobState.INTERRUPTED, sentence(failed));
            case StoreUnavailable failed -> {
                LOG.error("Job {} lost its store.", job.id(), failed);
                finish(
                        JobState.INTERRUPTED,
                        failed.problem().getMessage() + " " + failed.problem().remedy());
            }
            default -> {
                LOG.error("Job {} ended by a defect.", job.id(), cause);
                finish(
                        JobState.INTERRUPTED,
                        "A defect of this program interrupted the job ("
                                + cause.getClass().getSimpleName()
                                + "; see the log)."
                                + " Resume it, or abandon it.");
            }
        }
    }

    /// A disk that is full now may have space in a minute; a job that is never written down as
    /// ended could not be resumed as long as this process lives.
    private void written(JobState state, String sentence) {
        while (true) {
            try {
                standing.end(state, sentence);
                return;
            } catch (StoreUnavailable unavailable) {
                if (!unavailable.problem().mayPass() || !control.mayWait()) {
                    throw unavailable;
                }
            }
        }
    }

    private void finish(JobState state, String sentence) {
        written(state, sentence);
        var counts = progress.counts();
        workshop.audit()
                .append(
                        job.kind().word() + " " + state.word(),
                        job.source().profile(),
                        job.source().name(),
                        job.id(),
                        job.reason(),
                        Map.of(
                                "planned", Long.toString(counts.planned()),
                                "sent", Long.toString(JobInfos.sent(job.kind(), counts)),
                                "removed", Long.toString(counts.removed()),
                                "excluded", Long.toString(counts.excluded()),
                                "failed", Long.toString(counts.failed()),
                                "sentence", sentence));
    }
}
