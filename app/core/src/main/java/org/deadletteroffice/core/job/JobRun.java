package org.deadletteroffice.core.job;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.deadletteroffice.core.OperatorException;
import org.deadletteroffice.core.job.JobControl.Halt;
import org.deadletteroffice.core.ledger.Entry;
import org.deadletteroffice.core.ledger.JobRow;
import org.deadletteroffice.core.ledger.Ledger.Confirmed;
import org.deadletteroffice.core.ledger.Wish;
import org.deadletteroffice.spi.error.BrokerException;
import org.deadletteroffice.spi.transfer.Guarantee;
import org.deadletteroffice.spi.transfer.Transfer;
import org.jspecify.annotations.Nullable;

/// One run of a job in this process, from its start or its resumption to its end or its
/// interruption: plan → send → mark, each on its own virtual thread, and a pulse that says the
/// process lives and hears what others ask.
final class JobRun extends Run {
    private static final Duration PULSE = Duration.ofMillis(250);
    /// At most this many are sent twice after a crash, where the broker proves nothing.
    private static final int BATCH = 500;
    /// Where it does.
    private static final int PROVEN_BATCH = 4_000;
    private static final int ROOM = 4;
    /// A batch may be sent in several parts.
    private static final int ROOM_OF_PARTS = 16;

    private final Workshop workshop;
    private final Plan plan;
    private final @Nullable Transfer transfer;
    private final Progress progress;
    private final Handover<List<Parcel>> toSend = new Handover<>(ROOM);
    private final Handover<List<SendStage.Dispatched>> toMark = new Handover<>(ROOM_OF_PARTS);
    private final RateMeter meter = new RateMeter();
    private final Standing standing;
    private final CanaryWatch canary;
    private @Nullable Wish heard;

    /// @param transfer open for this job; null for one that sends nothing
    JobRun(
            Workshop workshop,
            JobRow job,
            Map<String, Long> reasons,
            Plan plan,
            @Nullable Transfer transfer,
            Runnable atEnd) {
        super(job, atEnd);
        this.workshop = workshop;
        this.plan = plan;
        this.transfer = transfer;
        this.progress =
                new Progress(
                        workshop.ledger(),
                        job.lease(),
                        job.queue(),
                        job.counts(),
                        reasons,
                        control);
        this.standing = new Standing(workshop.table(), job);
        this.canary =
                new CanaryWatch(
                        workshop, job, plan.pace().canary(), standing, progress, control, toMark);
    }

    @Override
    synchronized void hear(Wish wish) {
        if (wish == heard) {
            return;
        }
        heard = wish;
        switch (wish) {
            case RUN, PAUSE -> {
                control.pause(wish == Wish.PAUSE);
                if (control.halt() == null) {
                    standing.paused(wish == Wish.PAUSE);
                }
            }
            case STOP -> control.halt(new Halt.Stop());
        }
    }

    @Override
    void run() {
        var pacer = new Pacer(plan.pace().perSecond());
        var mark = new MarkStage(workshop.brokers(), job, progress, control, toMark);
        try (var visit = new SourceVisit(workshop.brokers(), job, control);
                var send = dispatch(pacer);
                var asking = new Asking(workshop, plan, job.id(), control)) {
            var planner =
                    new PlanStage(
                            workshop,
                            job,
                            plan,
                            progress,
                            control,
                            toSend,
                            pacer.batch(batch()),
                            asking::rehearse,
                            () -> toSend.awaitIdle() && toMark.awaitIdle());
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
                visit.open();
                takeUp(mark);
                planning.start();
                send.run();
            } catch (Throwable failed) {
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
            var note = trim();
            new JobEnd(workshop, job, standing, progress, control).write(send, note);
        }
    }

    private int batch() {
        var most = job.guarantee() == Guarantee.EXACTLY_ONCE ? PROVEN_BATCH : BATCH;
        var budget = plan.pace().budget();
        return budget == null ? most : budget.batch(most);
    }

    private Dispatch dispatch(Pacer pacer) {
        var open = transfer;
        return open == null
                ? new TakeAwayStage(control, toSend, toMark, this::running)
                : new SendStage(
                        workshop,
                        job,
                        plan,
                        progress,
                        control,
                        toSend,
                        toMark,
                        canary,
                        pacer,
                        new BatchSize(pacer.batch(batch())),
                        open);
    }

    private void running() {
        standing.at(JobState.RUNNING, "");
    }

    /// What is left to do when every message of a purge is dealt with.
    ///
    /// @return what was done, in words
    private String trim() {
        var mayTrim =
                plan.request() instanceof PurgeRequest purge
                        && purge.trimmed()
                        && job.keeps()
                        && control.halt() == null
                        && JobEnd.isWhole(progress.counts());
        if (!mayTrim) {
            return "";
        }
        try {
            return new Trim(workshop, job).run();
        } catch (BrokerException.NotAuthorized denied) {
            return "They are hidden as resolved; the log was not trimmed: " + denied.sentence();
        } catch (OperatorException | BrokerException | RuntimeException failed) {
            halted(failed);
            return "";
        }
    }

    private interface Stage {
        void run() throws Exception;
    }

    private void stage(Stage work, Handover<?> handover) {
        try {
            work.run();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        } catch (Throwable failed) {
            // An Error too: the other stages would wait for this one for ever.
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
        // Of a job that is whole the proof was given up, and nothing is sent any more.
        if (transfer != null && !(job.planComplete() && JobEnd.isWhole(progress.counts()))) {
            Transfers.checkProof(job, transfer, progress.counts().sent());
        }
        var proven = transfer == null ? OptionalLong.empty() : transfer.provenPosition();
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
                beat(workshop.table(), standing, rate);
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
}
