package org.deadletteroffice.core.job;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.deadletteroffice.core.ledger.JobRow;
import org.deadletteroffice.core.ledger.Wish;
import org.deadletteroffice.spi.transfer.Transfer;
import org.jspecify.annotations.Nullable;

/// The jobs that run in this process. Thread-safe.
final class Runs implements AutoCloseable {
    private final Workshop workshop;
    private final Consumer<JobRow> atEnd;
    private final Map<String, Run> runs = new ConcurrentHashMap<>();
    private volatile boolean closed;

    /// @param atEnd told of each job whose run has ended, however it did
    Runs(Workshop workshop, Consumer<JobRow> atEnd) {
        this.workshop = workshop;
        this.atEnd = atEnd;
    }

    /// @param transfer open for this job; null for one that sends nothing
    void start(JobRow job, Map<String, Long> reasons, Plan plan, @Nullable Transfer transfer) {
        start(job, new JobRun(workshop, job, reasons, plan, transfer, () -> ended(job)));
    }

    void start(JobRow job, MoveRequest move) {
        start(job, new MoveRun(workshop, job, move, () -> ended(job)));
    }

    /// Starts nothing: has the broker end what the job had it start.
    void callOff(JobRow job, MoveRequest move) {
        var run = new MoveRun(workshop, job, move, () -> ended(job));
        run.hear(Wish.STOP);
        start(job, run);
    }

    private void start(JobRow job, Run run) {
        runs.put(job.id(), run);
        if (closed) {
            runs.remove(job.id());
            throw new IllegalStateException("the engine is closed");
        }
        run.start();
    }

    private void ended(JobRow job) {
        runs.remove(job.id());
        atEnd.accept(job);
    }

    Optional<Run> of(String job) {
        return Optional.ofNullable(runs.get(job));
    }

    boolean has(String job) {
        return runs.containsKey(job);
    }

    /// Lets what is in flight finish and leaves the jobs interrupted. No other starts after this.
    @Override
    public void close() {
        closed = true;
        try {
            for (var run : List.copyOf(runs.values())) {
                run.close();
            }
        } catch (InterruptedException hurry) {
            Thread.currentThread().interrupt();
        }
    }
}
