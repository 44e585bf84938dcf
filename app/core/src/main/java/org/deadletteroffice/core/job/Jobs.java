package org.deadletteroffice.core.job;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.deadletteroffice.core.LiveValue;
import org.deadletteroffice.core.OperatorException;
import org.deadletteroffice.core.OperatorException.Kind;
import org.deadletteroffice.core.Signal;
import org.deadletteroffice.core.ledger.Entry;
import org.deadletteroffice.core.ledger.JobRow;
import org.deadletteroffice.core.ledger.NewJob;
import org.deadletteroffice.core.ledger.Wish;
import org.deadletteroffice.core.profile.Environment;
import org.deadletteroffice.core.store.StoreUnavailable;
import org.deadletteroffice.spi.error.BrokerException;
import org.deadletteroffice.spi.message.Cursor;
import org.deadletteroffice.spi.message.MessageId;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Plans, runs and remembers jobs. A job runs in the process that started or resumed it, on virtual
/// threads of its own; every process on the data folder sees it and may ask it to pause or stop.
/// Thread-safe. All methods throw [StoreUnavailable] when the store cannot be used.
public final class Jobs implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Jobs.class);
    private static final int MOST_LISTED = 1_000;
    private static final Duration LOOK_EVERY = Duration.ofMillis(250);
    private static final Duration WATCH_RETURNS = Duration.ofMinutes(5);

    private final Workshop workshop;
    private final JobInfos infos;
    private final JobIds ids = new JobIds();
    private final Map<String, JobRun> runs = new ConcurrentHashMap<>();
    private final Map<Thread, Boolean> watches = new ConcurrentHashMap<>();
    private final LiveValue<List<JobInfo>> changes = new LiveValue<>(List.of());
    private @Nullable Thread poll;
    private volatile boolean closed;

    public Jobs(Workshop workshop) {
        this.workshop = workshop;
        this.infos = new JobInfos(workshop.clock());
    }

    /// Runs the whole plan with nothing sent.
    ///
    /// @throws OperatorException REFUSED when the destination is the source and not forced;
    ///     WRONG_USE when a filter or program is wrong
    public Preview rehearse(RedriveRequest request) throws OperatorException, BrokerException {
        var plan = plan(request);
        var preview = new Rehearsal(workshop, plan).run(ids.next());
        workshop.audit()
                .append(
                        "rehearsal",
                        request.source().profile(),
                        request.source().name(),
                        null,
                        request.reason(),
                        Rehearsal.details(preview));
        return preview;
    }

    /// Starts a job and returns at once with its id; [#await] waits for it.
    ///
    /// @param confirmation the queue's name as typed by the operator; needed on production
    /// @throws OperatorException REFUSED on a production profile that is locked or when the
    ///     confirmation is not the name
    public String start(RedriveRequest request, @Nullable String confirmation)
            throws OperatorException, BrokerException {
        var plan = plan(request);
        checkAllowed(request, confirmation);
        var source = request.source();
        var connection = workshop.brokers().connection(source.profile());
        var identity = connection.queue(source).identity();
        var keeps = connection.capabilities(source).keepsMessages();
        var end = connection.snapshot(source);
        var asked = request.until();
        var until = asked == null ? end : asked;
        var id = ids.next();
        var transfer = Transfers.open(workshop.brokers(), plan, id);
        try {
            if (transfer.provenPosition().orElse(0) > 0) {
                // The broker knows a job of this name from another data folder: one in 10^11.
                transfer.close();
                return start(request, confirmation);
            }
            var kind =
                    request.scope() instanceof Scope.Ids(var chosen) && chosen.size() == 1
                            ? JobKind.REPLAY
                            : JobKind.REDRIVE;
            var row =
                    workshop.table()
                            .create(
                                    new NewJob(
                                            id,
                                            kind,
                                            RequestJson.write(request),
                                            source,
                                            identity,
                                            keeps,
                                            until.text(),
                                            end.text(),
                                            transfer.guarantee(),
                                            JobInfos.destination(request),
                                            JobInfos.scope(request.scope()),
                                            workshop.operator().name(),
                                            request.reason()));
            workshop.audit()
                    .append(
                            kind.word(),
                            source.profile(),
                            source.name(),
                            id,
                            request.reason(),
                            Map.of(
                                    "scope", row.scope(),
                                    "until", row.until(),
                                    "destination", row.destination(),
                                    "guarantee", row.guarantee().name()));
            run(new JobRun(workshop, row, Map.of(), plan, transfer, () -> ended(id)), id);
            return id;
        } catch (BrokerException | RuntimeException failed) {
            transfer.close();
            throw failed;
        }
    }

    private Plan plan(RedriveRequest request) throws OperatorException {
        var plan = Plan.of(request, workshop.messages(), workshop.causes());
        if (plan.isToItsSource() && !request.forced()) {
            throw new OperatorException(
                    Kind.REFUSED,
                    "The destination "
                            + request.destination()
                            + " is the queue in which the messages lie.",
                    "Choose another destination, or force it.");
        }
        return plan;
    }

    private void checkAllowed(RedriveRequest request, @Nullable String confirmation)
            throws OperatorException {
        var brokers = workshop.brokers();
        var other = request.destinationProfile();
        brokers.checkWritable(request.source().profile());
        if (other != null) {
            brokers.checkWritable(other);
        }
        if (brokers.environment(request.source().profile()) != Environment.PRODUCTION
                && (other == null || brokers.environment(other) != Environment.PRODUCTION)) {
            return;
        }
        var name = request.source().name();
        if (!name.equals(confirmation)) {
            throw new OperatorException(
                    Kind.REFUSED,
                    "On production the queue's name has to be typed.",
                    "Confirm with the name " + name + " (--confirm " + name + ").");
        }
        var one = request.scope() instanceof Scope.Ids(var chosen) && chosen.size() == 1;
        if (request.reason().isBlank()) {
            throw new OperatorException(
                    Kind.REFUSED,
                    "On production a redrive needs a reason.",
                    "Say in a few words why (--reason).");
        }
        if (!one && request.until() == null) {
            throw new OperatorException(
                    Kind.REFUSED,
                    "On production a redrive has to be rehearsed.",
                    "Rehearse it, and start it over what was reviewed.");
        }
    }

    private void run(JobRun run, String id) {
        runs.put(id, run);
        if (closed) {
            runs.remove(id);
            throw new IllegalStateException("the engine is closed");
        }
        run.start();
    }

    private void ended(String id) {
        runs.remove(id);
        refresh();
        var watch = Thread.ofVirtual().name("returns " + id).unstarted(() -> watchReturns(id));
        watches.put(watch, Boolean.TRUE);
        if (!closed) {
            watch.start();
        }
    }

    /// A replay that fails again comes back within seconds or minutes.
    private void watchReturns(String id) {
        var end = System.nanoTime() + WATCH_RETURNS.toNanos();
        var pause = Duration.ofSeconds(1);
        try {
            while (System.nanoTime() < end && !closed) {
                new ReturnsWatch(workshop).look(id);
                Thread.sleep(pause);
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        } catch (OperatorException | BrokerException | RuntimeException failed) {
            if (!closed) {
                LOG.info(
                        "What came back of job {} is not watched any more: {}",
                        id,
                        failed.toString());
            }
        } finally {
            watches.remove(Thread.currentThread());
        }
    }

    /// Looks once which messages of an ended job came back; the process that ran it does so by
    /// itself for five minutes.
    ///
    /// @return the job with what was found
    public JobInfo lookForReturns(String job) throws OperatorException, BrokerException {
        required(job);
        new ReturnsWatch(workshop).look(job);
        return find(job).orElseThrow();
    }

    /// Goes on with a paused or interrupted job. A paused job of another live process is asked to
    /// go on there.
    public void resume(String job) throws OperatorException, BrokerException {
        var row = required(job);
        switch (row.state()) {
            case PAUSED -> ask(row, Wish.RUN);
            case INTERRUPTED -> takeOver(row);
            case PLANNING, RUNNING, WATCHING ->
                    throw wrong(row, "runs already.", "Look at it with: dlo jobs show " + job);
            case DONE, DONE_IN_PART, STOPPED, ABANDONED ->
                    throw wrong(row, "has ended.", "Start a new job over what is left.");
        }
    }

    private void takeOver(JobRow row) throws OperatorException, BrokerException {
        var request = RequestJson.read(row.request());
        var plan = Plan.of(request, workshop.messages(), workshop.causes());
        workshop.brokers().checkWritable(row.source().profile());
        if (request.destinationProfile() != null) {
            workshop.brokers().checkWritable(request.destinationProfile());
        }
        var identity =
                workshop.brokers()
                        .connection(row.source().profile())
                        .queue(row.source())
                        .identity();
        if (workshop.fates().queueKey(row.source(), identity).orElse(-1) != row.queue()) {
            throw new OperatorException(
                    Kind.REFUSED,
                    "The queue "
                            + row.source().name()
                            + " was deleted and made anew since the job began.",
                    "Abandon the job; its originals are in the archive.");
        }
        var taken = workshop.table().take(row);
        if (taken.isEmpty()) {
            throw wrong(
                    row,
                    "was just resumed by another process.",
                    "Look at it with: dlo jobs show " + row.id());
        }
        var mine = taken.get();
        try {
            audit("resume", mine);
            var transfer = Transfers.open(workshop.brokers(), plan, row.id());
            var reasons =
                    workshop.table()
                            .reasons(List.of(mine.lease().number()))
                            .getOrDefault(mine.lease().number(), Map.of());
            run(
                    new JobRun(workshop, mine, reasons, plan, transfer, () -> ended(row.id())),
                    row.id());
        } catch (OperatorException | BrokerException failed) {
            workshop.table()
                    .state(mine.lease(), JobState.INTERRUPTED, String.valueOf(failed.getMessage()));
            throw failed;
        }
    }

    /// A new job over what failed in an ended one.
    public String retryFailed(String job) throws OperatorException, BrokerException {
        var row = required(job);
        if (!row.state().isEnd()) {
            throw wrong(row, "has not ended.", "Wait for its end, or stop it.");
        }
        var failed = new java.util.ArrayList<MessageId>();
        for (var from = 0L; ; ) {
            var page =
                    workshop.ledger()
                            .entries(row.lease().number(), Entry.State.FAILED, from, MOST_LISTED);
            page.forEach(entry -> failed.add(entry.message()));
            if (page.size() < MOST_LISTED) {
                break;
            }
            from = page.getLast().number() + 1;
        }
        if (failed.isEmpty()) {
            throw wrong(row, "has no failed messages.", "There is nothing to try again.");
        }
        var request = RequestJson.read(row.request());
        // What is tried again was chosen, rehearsed and confirmed before.
        return start(
                request.over(new Scope.Ids(failed), Cursor.parse(row.until())),
                row.source().name());
    }

    /// Within a second; what is in flight finishes.
    public void pause(String job) throws OperatorException {
        var row = required(job);
        switch (row.state()) {
            case PLANNING, RUNNING, WATCHING -> ask(row, Wish.PAUSE);
            case PAUSED -> {
                // It is what was asked for.
            }
            case INTERRUPTED, DONE, DONE_IN_PART, STOPPED, ABANDONED ->
                    throw wrong(row, "does not run.", "Look at it with: dlo jobs show " + job);
        }
    }

    /// What is in flight finishes; the rest stays where it is. An interrupted job is abandoned.
    public void stop(String job) throws OperatorException {
        var row = required(job);
        switch (row.state()) {
            case PLANNING, RUNNING, WATCHING, PAUSED -> ask(row, Wish.STOP);
            case INTERRUPTED -> abandon(job);
            case DONE, DONE_IN_PART, STOPPED, ABANDONED -> {
                // It is what was asked for.
            }
        }
    }

    /// Ends an interrupted job as it is.
    public void abandon(String job) throws OperatorException {
        var row = required(job);
        if (row.state() != JobState.INTERRUPTED) {
            throw wrong(row, "is not interrupted.", "Stop it, or wait for its end.");
        }
        audit("abandon", row);
        var sentence = "Given up by the operator. " + new JobWords(row.counts()).rest();
        if (!workshop.table().abandon(row, sentence)) {
            throw wrong(
                    row,
                    "was just resumed by another process.",
                    "Look at it with: dlo jobs show " + job);
        }
        refresh();
    }

    private void ask(JobRow row, Wish wish) {
        audit(
                switch (wish) {
                    case RUN -> "resume";
                    case PAUSE -> "pause";
                    case STOP -> "stop";
                },
                row);
        workshop.table().wish(row.id(), wish);
        var run = runs.get(row.id());
        if (run != null) {
            run.hear(wish);
        }
        refresh();
    }

    private void audit(String act, JobRow row) {
        workshop.audit()
                .append(act, row.source().profile(), row.source().name(), row.id(), "", Map.of());
    }

    /// Blocks until the job ends, pauses or is interrupted.
    public JobInfo await(String job) throws OperatorException, InterruptedException {
        while (true) {
            var run = runs.get(job);
            if (run != null) {
                run.join(Duration.ofMillis(100));
            }
            var row = required(job);
            var here = runs.containsKey(job);
            // A run of this process has ended only when its threads have.
            var over = row.state().isEnd() || row.state() == JobState.INTERRUPTED;
            if (row.state() == JobState.PAUSED || (over && !here)) {
                return info(row);
            }
            if (run == null) {
                Thread.sleep(100);
            }
        }
    }

    /// Ends this process's run of a job as closing the engine does: blocks while what is in flight
    /// finishes, and leaves the job interrupted, to be resumed. Nothing happens to a job that does
    /// not run here.
    public JobInfo interrupt(String job) throws OperatorException, InterruptedException {
        var run = runs.get(job);
        if (run != null) {
            run.close();
        }
        return info(required(job));
    }

    /// Newest first, those of other and dead processes included; at most 1,000.
    public List<JobInfo> list() {
        workshop.table().sweep();
        var rows = workshop.table().list(MOST_LISTED);
        var reasons =
                workshop.table().reasons(rows.stream().map(row -> row.lease().number()).toList());
        return rows.stream()
                .map(
                        row ->
                                infos.info(
                                        row,
                                        reasons.getOrDefault(row.lease().number(), Map.of()),
                                        runs.containsKey(row.id())))
                .toList();
    }

    public Optional<JobInfo> find(String job) {
        workshop.table().sweep();
        return workshop.table().find(job).map(this::info);
    }

    private JobInfo info(JobRow row) {
        var number = row.lease().number();
        var reasons = workshop.table().reasons(List.of(number)).getOrDefault(number, Map.of());
        return infos.info(row, reasons, runs.containsKey(row.id()));
    }

    private JobRow required(String job) throws OperatorException {
        workshop.table().sweep();
        return workshop.table()
                .find(job)
                .orElseThrow(
                        () ->
                                new OperatorException(
                                        Kind.NOT_FOUND,
                                        "There is no job '" + job + "'.",
                                        "List them with: dlo jobs"));
    }

    private static OperatorException wrong(JobRow row, String what, String remedy) {
        return new OperatorException(Kind.WRONG_USE, "The job " + row.id() + " " + what, remedy);
    }

    /// @param state null for all
    /// @param from the smallest [JobItem#sequence] to give
    public List<JobItem> items(String job, JobItem.@Nullable State state, long from, int limit)
            throws OperatorException {
        var row = required(job);
        return workshop
                .ledger()
                .entries(row.lease().number(), JobInfos.state(state), from, limit)
                .stream()
                .map(entry -> JobInfos.item(job, entry))
                .toList();
    }

    /// Newest first; told at most four times a second, and within a second of a change in another
    /// process.
    public synchronized Signal<List<JobInfo>> changes() {
        if (poll == null && !closed) {
            changes.set(list());
            poll = Thread.ofVirtual().name("jobs").start(this::poll);
        }
        return changes;
    }

    private void poll() {
        try {
            while (!closed) {
                Thread.sleep(LOOK_EVERY);
                if (changes.hasListeners()) {
                    look();
                }
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private void look() {
        try {
            changes.set(list());
        } catch (StoreUnavailable gone) {
            // Told by whoever acts; the list shows what was known last, and goes on when the store
            // is back.
            LOG.warn("The jobs cannot be read just now.", gone);
        }
    }

    private void refresh() {
        if (changes.hasListeners() && !closed) {
            look();
        }
    }

    /// Lets the batches in flight finish and leaves the jobs of this process interrupted.
    @Override
    public void close() {
        closed = true;
        synchronized (this) {
            if (poll != null) {
                poll.interrupt();
            }
        }
        try {
            for (var run : List.copyOf(runs.values())) {
                run.close();
            }
            for (var watch : List.copyOf(watches.keySet())) {
                watch.interrupt();
                watch.join();
            }
        } catch (InterruptedException hurry) {
            Thread.currentThread().interrupt();
        }
    }
}
