package org.deadletteroffice.core.job;

import java.util.List;
import java.util.Optional;
import org.deadletteroffice.core.OperatorException;
import org.deadletteroffice.core.Signal;
import org.deadletteroffice.spi.error.BrokerException;
import org.jspecify.annotations.Nullable;

/// Plans, runs and remembers jobs. A job runs in the process that started or resumed it, on its own
/// virtual thread; every process on the data folder sees it and may ask it to pause or stop.
public final class Jobs {
    /// Runs the whole plan with nothing sent.
    ///
    /// @throws OperatorException REFUSED when the destination is the source and not forced;
    ///     WRONG_USE when a filter or program is wrong
    public Preview rehearse(RedriveRequest request) throws OperatorException, BrokerException {
        throw new UnsupportedOperationException();
    }

    /// Starts a job and returns at once with its id; [#await] waits for it.
    ///
    /// @param confirmation the queue's name as typed by the operator; needed on production
    /// @throws OperatorException REFUSED on a production profile that is locked or when the
    ///     confirmation is not the name
    public String start(RedriveRequest request, @Nullable String confirmation)
            throws OperatorException, BrokerException {
        throw new UnsupportedOperationException();
    }

    /// Goes on with a paused or interrupted job. A paused job of another live process is asked to
    /// go on there.
    public void resume(String job) throws OperatorException, BrokerException {
        throw new UnsupportedOperationException();
    }

    /// A new job over what failed in an ended one.
    public String retryFailed(String job) throws OperatorException, BrokerException {
        throw new UnsupportedOperationException();
    }

    /// Within a second; what is in flight finishes.
    public void pause(String job) throws OperatorException {
        throw new UnsupportedOperationException();
    }

    /// What is in flight finishes; the rest stays where it is.
    public void stop(String job) throws OperatorException {
        throw new UnsupportedOperationException();
    }

    /// Ends an interrupted job as it is.
    public void abandon(String job) throws OperatorException {
        throw new UnsupportedOperationException();
    }

    /// Blocks until the job ends, pauses or is interrupted.
    public JobInfo await(String job) throws OperatorException, InterruptedException {
        throw new UnsupportedOperationException();
    }

    /// Newest first, those of other and dead processes included.
    public List<JobInfo> list() {
        throw new UnsupportedOperationException();
    }

    public Optional<JobInfo> find(String job) {
        throw new UnsupportedOperationException();
    }

    /// @param state null for all
    public List<JobItem> items(String job, JobItem.@Nullable State state, long from, int limit)
            throws OperatorException {
        throw new UnsupportedOperationException();
    }

    /// Newest first; told at most four times a second, and within a second of a change in another
    /// process.
    public Signal<List<JobInfo>> changes() {
        throw new UnsupportedOperationException();
    }
}
