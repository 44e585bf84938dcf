package org.deadletteroffice.core.job;

import java.time.Duration;
import org.deadletteroffice.core.OperatorException;
import org.deadletteroffice.core.ledger.JobRow;
import org.deadletteroffice.spi.error.BrokerException;
import org.deadletteroffice.spi.message.Numerals;
import org.jspecify.annotations.Nullable;

/// Holds a job after its first messages until it is seen whether they come back.
final class CanaryWatch implements SendStage.Canary {
    private final Workshop workshop;
    private final JobRow job;
    private final Pace.@Nullable Canary canary;
    private final Standing standing;
    private final Progress progress;
    private final JobControl control;
    private final Handover<?> marked;
    private boolean passed;
    private boolean begun;

    /// @param marked idle when all that was sent is written down
    CanaryWatch(
            Workshop workshop,
            JobRow job,
            Pace.@Nullable Canary canary,
            Standing standing,
            Progress progress,
            JobControl control,
            Handover<?> marked) {
        this.workshop = workshop;
        this.job = job;
        this.canary = canary;
        this.standing = standing;
        this.progress = progress;
        this.control = control;
        this.marked = marked;
        this.passed = canary == null || job.canaryPassed();
    }

    @Override
    public boolean holds(long sequence) {
        return !passed && canary != null && sequence >= canary.first();
    }

    @Override
    public boolean mayGo(long sequence)
            throws OperatorException, BrokerException, InterruptedException {
        if (!begun) {
            begun = true;
            standing.at(JobState.RUNNING, "");
        }
        var rule = canary;
        if (rule == null || !holds(sequence)) {
            return true;
        }
        if (!marked.awaitIdle()) {
            return false;
        }
        standing.at(
                JobState.WATCHING, "Watching whether the first " + rule.first() + " come back.");
        if (!watch(rule)) {
            return false;
        }
        workshop.table().canaryPassed(job.lease());
        standing.at(JobState.RUNNING, "The first " + rule.first() + " stayed out.");
        passed = true;
        return true;
    }

    private boolean watch(Pace.Canary rule)
            throws OperatorException, BrokerException, InterruptedException {
        var look = new ReturnsWatch(workshop);
        var end = System.nanoTime() + rule.watch().toNanos();
        var pause = Duration.ofMillis(Math.clamp(rule.watch().toMillis() / 20, 20, 1_000));
        while (true) {
            var returned = look.look(job.id());
            var sent = Math.max(1, progress.counts().sent());
            if ((double) returned / sent > rule.share()) {
                control.halt(
                        new JobControl.Halt.Rule(
                                "Stopped by itself: %s of the first %s came back, more than the %s %% allowed."
                                        .formatted(
                                                Numerals.of(returned),
                                                Numerals.of(sent),
                                                Numerals.decimal(rule.share() * 100, 0))));
                return false;
            }
            var left = end - System.nanoTime();
            if (left <= 0) {
                return true;
            }
            if (!control.goAfter(Duration.ofNanos(Math.min(left, pause.toNanos())))) {
                return false;
            }
        }
    }
}
