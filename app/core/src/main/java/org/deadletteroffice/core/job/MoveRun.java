package org.deadletteroffice.core.job;

import java.time.Duration;
import java.util.Map;
import org.deadletteroffice.core.OperatorException;
import org.deadletteroffice.core.OperatorException.Kind;
import org.deadletteroffice.core.job.JobControl.Halt;
import org.deadletteroffice.core.ledger.JobRow;
import org.deadletteroffice.core.ledger.Wish;
import org.deadletteroffice.spi.connector.ServerSideMover;
import org.deadletteroffice.spi.connector.ServerSideMover.MoveStatus;
import org.deadletteroffice.spi.error.BrokerException;
import org.deadletteroffice.spi.message.QueueRef;
import org.jspecify.annotations.Nullable;

/// Follows a move that the broker makes by itself, and calls it off when that is asked for. The
/// broker goes on when this process ends; whoever resumes the job follows the same move, by the
/// broker's handle, which the ledger keeps in place of a position ([MoveStart]).
final class MoveRun extends Run {
    private static final String GOES_ON = "The broker moves them by itself.";
    private static final Duration LOOK_EVERY = Duration.ofMillis(250);

    private final Workshop workshop;
    private final MoveRequest request;
    private final Progress progress;
    private final Standing standing;
    private final RateMeter meter = new RateMeter();
    private final Backoff backoff = control.backoff();

    /// @param atEnd told once the run has ended, however it did
    MoveRun(Workshop workshop, JobRow job, MoveRequest request, Runnable atEnd) {
        super(job, atEnd);
        this.workshop = workshop;
        this.request = request;
        this.progress =
                new Progress(
                        workshop.ledger(),
                        job.lease(),
                        job.queue(),
                        job.counts(),
                        Map.of(),
                        control);
        this.standing = new Standing(workshop.table(), job);
    }

    /// @throws OperatorException WRONG_USE where the broker has no mover for this queue
    static ServerSideMover mover(Workshop workshop, QueueRef source)
            throws OperatorException, BrokerException {
        var connection = workshop.brokers().connection(source.profile());
        var mover = connection.serverSideMover();
        if (mover.isEmpty() || !connection.capabilities(source).moveOnServer()) {
            throw new OperatorException(
                    Kind.WRONG_USE,
                    "The broker does not move " + source.name() + " by itself.",
                    "Redrive it: dlo redrive " + source.name() + " --all");
        }
        return mover.get();
    }

    @Override
    void hear(Wish wish) {
        if (wish == Wish.STOP) {
            control.halt(new Halt.Stop());
        }
    }

    @Override
    void run() {
        var end = new JobEnd(workshop, job, standing, progress, control);
        try {
            end.writeMove(follow(), "");
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            control.halt(new Halt.Close());
            end.writeMove(null, "");
        } catch (Throwable failed) {
            // An Error too: nobody could resume a job that is left as running.
            control.halt(new Halt.Broken(failed));
            end.writeMove(null, JobEnd.sentence(failed));
        }
    }

    /// @return how it ended; null when it is left to the broker
    private @Nullable MoveStatus follow()
            throws OperatorException, BrokerException, InterruptedException {
        var mover = mover(workshop, job.source());
        var start = new MoveStart(workshop, job, request, progress);
        var handle = isStopped() ? start.known(mover) : start.handle(mover);
        if (handle == null) {
            return new MoveStatus(MoveStatus.State.CANCELLED, progress.counts().sent(), "");
        }
        standing.at(JobState.RUNNING, GOES_ON);
        while (true) {
            var status = status(mover, handle);
            if (status != null) {
                told(status);
                if (status.state() != MoveStatus.State.RUNNING) {
                    return status;
                }
                var said = status.sentence();
                standing.at(JobState.RUNNING, said.isEmpty() ? GOES_ON : said);
            }
            beat(
                    workshop.table(),
                    standing,
                    meter.rate(progress.counts().sent(), System.nanoTime()));
            if (control.awaitHalt(LOOK_EVERY)) {
                return isStopped() ? cancelled(mover, handle) : null;
            }
        }
    }

    private void told(MoveStatus status) throws InterruptedException {
        var reviewed = request.reviewed();
        var goesOn = status.state() == MoveStatus.State.RUNNING && reviewed != null;
        progress.moved(status.moved(), goesOn ? reviewed : 0);
    }

    private boolean isStopped() {
        return control.halt() instanceof Halt.Stop;
    }

    /// Tries until the broker has called it off: it goes on otherwise.
    ///
    /// @return null when the program is closed first
    private @Nullable MoveStatus cancelled(ServerSideMover mover, String handle)
            throws BrokerException, InterruptedException {
        do {
            try {
                mover.cancel(handle);
                var status = mover.status(handle);
                told(status);
                if (status.state() != MoveStatus.State.RUNNING) {
                    return status;
                }
                standing.at(JobState.RUNNING, "The broker is calling it off.");
            } catch (BrokerException failed) {
                if (backoff.after(failed).isEmpty()) {
                    throw failed;
                }
                standing.at(
                        JobState.RUNNING,
                        "It is to be called off, and the broker does not answer: "
                                + failed.sentence());
            }
            beat(workshop.table(), standing, null);
        } while (control.mayWait());
        return null;
    }

    /// Null when the broker does not answer just now.
    private @Nullable MoveStatus status(ServerSideMover mover, String handle)
            throws BrokerException, InterruptedException {
        try {
            var status = mover.status(handle);
            backoff.succeeded();
            return status;
        } catch (BrokerException failed) {
            var wait = backoff.after(failed);
            if (wait.isEmpty()) {
                throw failed;
            }
            var _ = control.awaitHalt(wait.get());
            return null;
        }
    }
}
