package org.deadletteroffice.core.job;

import java.util.Objects;
import org.deadletteroffice.core.ledger.JobRow;
import org.deadletteroffice.core.ledger.JobTable;
import org.deadletteroffice.core.ledger.Lease;
import org.jspecify.annotations.Nullable;

/// How a run stands, written down for everybody else. All that changes it takes turns here: an
/// operator who pauses a job just as it ends must not write PAUSED over DONE, for nothing would
/// ever end it again.
final class Standing {
    private final JobTable table;
    private final Lease lease;
    private JobState working;
    private String sentence;
    private @Nullable String waiting;
    private boolean paused;
    private boolean ended;

    Standing(JobTable table, JobRow job) {
        this.table = table;
        this.lease = job.lease();
        this.working = job.state();
        this.sentence = job.sentence();
    }

    /// What the job is at; shown once it is not paused.
    synchronized void at(JobState state, String words) {
        working = state;
        sentence = words;
        waiting = null;
        if (!paused && !ended) {
            table.state(lease, state, words);
        }
    }

    /// What it waits for meanwhile, in words, which others read in place of what it is at; null
    /// where it goes on.
    synchronized void waits(@Nullable String words) {
        if (paused || ended || Objects.equals(words, waiting)) {
            return;
        }
        table.state(lease, working, words == null ? sentence : words);
        waiting = words;
    }

    synchronized void paused(boolean value) {
        paused = value;
        waiting = null;
        if (ended) {
            return;
        }
        if (value) {
            table.state(lease, JobState.PAUSED, "Paused by the operator.");
        } else {
            table.state(lease, working, sentence);
        }
    }

    /// Nothing changes it after this but another end.
    synchronized void end(JobState state, String words) {
        ended = true;
        table.state(lease, state, words);
    }
}
