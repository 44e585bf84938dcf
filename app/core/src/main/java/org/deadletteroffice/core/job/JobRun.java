package org.deadletteroffice.core.job;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.deadletteroffice.core.OperatorException;
import org.deadletteroffice.core.job.JobControl.Halt;
import org.deadletteroffice.core.ledger.Entry;
import org.deadletteroffice.core.ledger.JobRow;
import org.deadletteroffice.core.ledger.LeaseLost;
import org.deadletteroffice.core.ledger.Ledger.Confirmed;
import org.deadletteroffice.core.ledger.Wish;
import org.deadletteroffice.core.store.StoreUnavailable;
import org.deadletteroffice.spi.error.BrokerException;
import org.deadletteroffice.spi.transfer.Transfer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One run of a job in this process, from its start or its resumption to its end or its
/// interruption: plan → send → mark, each on its own virtual thread, and a pulse that says the
/// process lives and hears what others ask.
final class JobRun {
    private static final Logger LOG = LoggerFactory.getLogger(JobRun.class);
    private static final Duration PULSE = Duration.ofMillis(250);
    private static final int BATCH = 500;
    private static final int ROOM = 4;

    private final Workshop workshop;
    private final JobRow job;
    private final Plan plan;
    private final Transfer transfer;
    private final JobControl control = new JobControl();
    private final Progress progress;
    private final Handover<List<Parcel>> toSend = new Handover<>(ROOM);
    private final Handover<List<SendStage.Dispatched>> toMark = new Handover<>(ROOM);
    private final RateMeter meter = new RateMeter();
    private final Thread thread;
    private final CanaryWatch canary;
    private volatile @Nullable Wish heard;
    private boolean sending;

    /// @param transfer open for this job
    JobRun(
            Workshop workshop,
            JobRow job,
            Map<String, Long> reasons,
            Plan plan,
            Transfer transfer,
            Runnable atEnd) {
        this.workshop = workshop;
        this.job = job;
        this.plan = plan;
        this.transfer = transfer;
        this.progress =
                new Progress(workshop.ledger(), job.lease(), job.queue(), job.counts(), reasons);
        this.canary =
                new CanaryWatch(
                        workshop, job, plan.request().pace().canary(), progress, control, toMark);
        this.thread =
                Thread.ofVirtual()
                        .name("job " + job.id())
                        .unstarted(
                                () -> {
                                    try {
                                        run();
                                    } finally {
                                        atEnd.run();
                                    }
                                });
    }

    void start() {
        thread.start();
    }

    /// Lets the batch in flight finish and leaves the job interrupted.
    void close() throws InterruptedException {
        control.halt(new Halt.Close());
        thread.join();
    }

    void join(Duration most) throws InterruptedException {
        thread.join(most);
    }

    /// Does at once what was asked for through the store.
    void hear(Wish wish) {
        if (wish == heard) {
            return;
        }
        heard = wish;
        switch (wish) {
            case RUN -> {
                control.pause(false);
                state(JobState.RUNNING, "");
            }
            case PAUSE -> {
                control.pause(true);
                state(JobState.PAUSED, "Paused by the operator.");
            }
            case STOP -> control.halt(new Halt.Stop());
        }
    }

    private void state(JobState state, String sentence) {
        if (control.halt() == null) {
            workshop.table().state(job.lease(), state, sentence);
        }
    }

    private void run() {
        var pacer = new Pacer(plan.request().pace().perSecond());
        var mark = new MarkStage(workshop.brokers(), job, progress, control, toMark);
        try (var send =
                        new SendStage(
                                workshop,
                                job,
                                plan,
                                progress,
                                control,
                                toSend,
                                toMark,
                                this::mayGo,
                                pacer,
                                transfer);
                var asking = new Asking(workshop, plan, job.id(), control)) {
            var planner =
                    new PlanStage(
                            workshop,
                            job,
                            plan,
                            progress,
                            control,
                            toSend,
                            pacer.batch(BATCH),
                            asking::rehearse);
            var pulse = Thread.ofVirtual().name("pulse " + job.id()).start(this::pulse);
            var planning =
                    Thread.ofVirtual()
                            .name("plan " + job.id())
                            .unstarted(() -> stage(planner::run, toSend));
            var marking =
                    Thread.ofVirtual()
                            .name("mark " + job.id())
                            .start(() -> stage(mark::run, toMark));
            try {
                takeUp(mark);
                planning.start();
                send.run();
            } catch (Exception | LinkageError failed) {
                halted(failed);
            } finally {
                // Order: nothing more is planned, what was sent is marked, then nobody listens any
                // more.
                toSend.refuse();
                planning.interrupt();
                join(planning);
                toMark.end();
                join(marking);
                pulse.interrupt();
                join(pulse);
            }
            end(send);
        }
    }

    private boolean mayGo(long sequence)
            throws OperatorException, BrokerException, InterruptedException {
        if (!sending) {
            sending = true;
            state(JobState.RUNNING, "");
        }
        return canary.mayGo(sequence);
    }

    private interface Stage {
        void run() throws Exception;
    }

    private void stage(Stage work, Handover<?> handover) {
        try {
            work.run();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        } catch (Exception | LinkageError failed) {
            halted(failed);
        } finally {
            // The other side must not wait for one that is gone.
            if (control.halt() != null) {
                handover.refuse();
            }
        }
    }

    private void halted(Throwable failed) {
        if (failed instanceof BrokerException.Cancelled && control.halt() != null) {
            return;
        }
        if (failed instanceof InterruptedException) {
            Thread.currentThread().interrupt();
        }
        control.halt(new Halt.Broken(failed));
    }

    private static void join(Thread thread) {
        var interrupted = false;
        while (true) {
            try {
                thread.join();
                break;
            } catch (InterruptedException later) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /// What an earlier run left half-way: sent as the broker proves but not written down, or not
    /// yet removed.
    private void takeUp(MarkStage mark)
            throws OperatorException, BrokerException, InterruptedException {
        var ledger = workshop.ledger();
        var number = job.lease().number();
        if (progress.counts().planned() == 0) {
            return;
        }
        OptionalLong proven = transfer.provenPosition();
        if (proven.isPresent()) {
            var from = 0L;
            while (true) {
                var page = ledger.entries(number, Entry.State.PLANNED, from, BATCH);
                var arrived =
                        page.stream()
                                .filter(
                                        entry ->
                                                entry.sequence() != null
                                                        && entry.sequence() < proven.getAsLong())
                                .map(entry -> new Confirmed(entry.number(), entry.message(), null))
                                .toList();
                if (!arrived.isEmpty()) {
                    if (job.keeps()) {
                        progress.sentAndRemoved(arrived);
                    } else {
                        progress.sent(arrived);
                    }
                }
                if (arrived.size() < BATCH) {
                    break;
                }
                from = page.getLast().number() + 1;
            }
        }
        for (var from = 0L; ; ) {
            var page = ledger.entries(number, Entry.State.SENT, from, BATCH);
            if (page.isEmpty()) {
                break;
            }
            mark.settle(
                    page.stream()
                            .map(entry -> new Confirmed(entry.number(), entry.message(), null))
                            .toList());
            from = page.getLast().number() + 1;
        }
    }

    private void pulse() {
        try {
            while (!control.awaitHalt(PULSE)) {
                var rate =
                        control.isPaused()
                                ? null
                                : meter.rate(progress.counts().sent(), System.nanoTime());
                workshop.table().heartbeat(job.lease(), rate).ifPresent(this::hear);
            }
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException failed) {
            halted(failed);
        }
        if (control.halt() != null) {
            // Wakes a planner that waits for room, and ends one that waits for the broker.
            toSend.refuse();
        }
    }

    private void end(SendStage send) {
        var halt = control.halt();
        var counts = progress.counts();
        var words = new JobWords(counts);
        var whole =
                counts.sent() == counts.removed()
                        && counts.planned() == counts.sent() + counts.failed();
        // A stop leaves nothing half-way; where that cannot be had, the job can be resumed.
        var halfWay = send.isUnsettled() || counts.sent() != counts.removed();
        try {
            switch (halt) {
                case null -> {
                    if (!whole) {
                        finish(JobState.INTERRUPTED, words.leftInSource());
                    } else if (counts.failed() == 0 && counts.excluded() == 0) {
                        send.forget();
                        finish(JobState.DONE, words.done());
                    } else {
                        send.forget();
                        finish(JobState.DONE_IN_PART, words.inPart());
                    }
                }
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

    private void broken(Throwable cause) {
        switch (cause) {
            case LeaseLost elsewhere -> throw elsewhere;
            case BrokerException failed -> {
                LOG.warn("Job {} lost its broker.", job.id(), failed);
                finish(
                        JobState.INTERRUPTED,
                        failed.sentence()
                                + " "
                                + failed.remedy().sentence()
                                + " Then resume the job.");
            }
            case OperatorException failed ->
                    finish(JobState.INTERRUPTED, failed.getMessage() + " " + failed.remedy());
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

    private void finish(JobState state, String sentence) {
        workshop.table().state(job.lease(), state, sentence);
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
                                "sent", Long.toString(counts.sent()),
                                "removed", Long.toString(counts.removed()),
                                "excluded", Long.toString(counts.excluded()),
                                "failed", Long.toString(counts.failed()),
                                "sentence", sentence));
    }
}
