package org.deadletteroffice.core.job;

import org.deadletteroffice.core.ledger.JobRow;
import org.deadletteroffice.core.ledger.JobTable;
import org.deadletteroffice.core.ledger.Lease;

/// How a run stands, written down for everybody else. All that changes it takes turns here: an
/// operator who pauses a job just as it ends must not write PAUSED over DONE, for nothing would
/// ever end it again.
final class Standing {
    private final JobTable table;
    private final Lease lease;
    private JobState working;
    private String sentence;
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
        if (!paused && !ended) {
            table.state(lease, state, words);
        }
    }

    synchronized void paused(boolean value) {
        paused = value;
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
