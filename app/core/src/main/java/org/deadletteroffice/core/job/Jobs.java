package org.deadletteroffice.core.job;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.deadletteroffice.core.Interval;
import org.deadletteroffice.core.OperatorException;
import org.deadletteroffice.core.OperatorException.Kind;
import org.deadletteroffice.core.Signal;
import org.deadletteroffice.core.ledger.Entry;
import org.deadletteroffice.core.ledger.JobRow;
import org.deadletteroffice.core.ledger.Wish;
import org.deadletteroffice.core.schema.SchemaRule;
import org.deadletteroffice.spi.error.BrokerException;
import org.deadletteroffice.spi.message.Cursor;
import org.deadletteroffice.spi.message.MessageId;
import org.deadletteroffice.spi.message.QueueRef;
import org.jspecify.annotations.Nullable;

/// Plans, runs and remembers jobs. A job runs in the process that started or resumed it, on virtual
/// threads of its own; every process on the data folder sees it and may ask it to pause or stop.
/// Thread-safe. All methods throw [StoreUnavailable] when the store cannot be used.
public final class Jobs implements AutoCloseable {
    private static final int MOST_LISTED = 1_000;
    private static final Duration LOOK_EVERY = Duration.ofMillis(100);

    private final Workshop workshop;
    private final JobInfos infos;
    private final JobIds ids = new JobIds();
    private final Runs runs;
    private final Launch launch;
    private final ReturnsWatches watches;
    private final JobFeed feed;
    private final Interval interval = new Interval();

    public Jobs(Workshop workshop) {
        this.workshop = workshop;
        this.infos = new JobInfos(workshop.clock());
        this.runs = new Runs(workshop, this::ended);
        this.launch = new Launch(workshop, ids, runs);
        this.watches = new ReturnsWatches(workshop);
        this.feed = new JobFeed(this::list);
    }

    /// Runs the whole plan with nothing sent.
    ///
    /// @throws OperatorException REFUSED when the destination is the source and not forced;
    ///     WRONG_USE when a filter or program is wrong
    public Preview rehearse(RedriveRequest request) throws OperatorException, BrokerException {
        return rehearse(request, null);
    }

    /// The same, with each message that would be sent held against a schema.
    public Preview rehearse(RedriveRequest request, @Nullable SchemaRule schema)
            throws OperatorException, BrokerException {
        var plan = RedrivePlan.of(request, workshop);
        new StartRules(workshop.brokers()).checkPlan(plan);
        var preview = new Rehearsal(workshop, plan, schema).run(ids.next());
        audited(request, Rehearsal.details(preview));
        return preview;
    }

    /// Says what a purge would take, with nothing taken.
    ///
    /// @throws OperatorException WRONG_USE when a filter is wrong
    public PurgePreview rehearse(PurgeRequest request) throws OperatorException, BrokerException {
        var preview = new PurgeRehearsal(workshop, request).run();
        audited(request, PurgeRehearsal.details(preview));
        return preview;
    }

    private void audited(JobRequest request, Map<String, String> details) {
        var source = request.source();
        workshop.audit()
                .append(
                        "rehearsal",
                        source.profile(),
                        source.name(),
                        null,
                        request.reason(),
                        details);
    }

    /// Says what a move by the broker would do, with nothing moved. Start it with
    /// [MoveRequest#after] this preview.
    ///
    /// @throws OperatorException WRONG_USE where it moves nothing by itself; REFUSED when the
    ///     destination is the source
    public MovePreview rehearse(MoveRequest request) throws OperatorException, BrokerException {
        StartRules.checkDestination(request);
        var source = request.source();
        var _ = MoveRun.mover(workshop, source);
        var brokers = workshop.brokers();
        var to = request.destination();
        var readers =
                to == null
                        ? List.<String>of()
                        : Readers.of(
                                brokers,
                                source.profile(),
                                Set.of(brokers.queue(source.profile(), to).ref().name()));
        var messages = brokers.connection(source.profile()).queue(source).depth();
        audited(
                request,
                Map.of(
                        "destination", JobInfos.destination(request),
                        "messages", Long.toString(messages.value())));
        return new MovePreview(messages, to, readers);
    }

    /// Starts a job and returns at once with its id; [#await] waits for it.
    ///
    /// @param confirmation the queue's name as typed by the operator; needed on production
    /// @throws OperatorException REFUSED on a production profile that is locked or when the
    ///     confirmation is not the name
    public String start(JobRequest request, @Nullable String confirmation)
            throws OperatorException, BrokerException {
        return launch.start(request, confirmation);
    }

    /// Starts to put back what an ended job took away, byte for byte, into the queue it lay in.
    ///
    /// @param chosen which of its messages, by the ids they had; empty for all
    /// @param confirmation as in [#start]
    /// @return the new job's id
    /// @throws OperatorException NOT_FOUND when the job or its copies are gone; WRONG_USE when it
    ///     has not ended or took nothing away
    public String restore(
            String job, List<MessageId> chosen, String reason, @Nullable String confirmation)
            throws OperatorException, BrokerException {
        if (!required(job).state().isEnd()) {
            throw wrong(required(job), "has not ended.", "Wait for its end, or stop it.");
        }
        var row = Restoring.restorable(workshop, job);
        return launch.start(new RestoreRequest(row.source(), job, chosen, reason), confirmation);
    }

    /// Checks a file of exported messages and starts to send them into a queue, byte for byte.
    ///
    /// @param confirmation as in [#start]
    /// @return the new job's id
    /// @throws OperatorException WRONG_USE when the file cannot be read or a line is no message;
    ///     nothing is sent then
    public String importFile(QueueRef to, Path file, String reason, @Nullable String confirmation)
            throws OperatorException, BrokerException {
        return launch.start(Importing.check(to, file, reason).request(), confirmation);
    }

    /// Reads a whole file of exported messages and sends nothing.
    ///
    /// @return how many messages it holds
    /// @throws OperatorException as in [#importFile]
    public long checkFile(QueueRef to, Path file) throws OperatorException {
        return Importing.check(to, file, "").messages();
    }

    /// Writes messages to a file, a line of JSON each, from which [#importFile] brings them back
    /// byte for byte. The file is there whole or not at all.
    public Exported export(ExportRequest request) throws OperatorException, BrokerException {
        return new Exporting(workshop, request).run();
    }

    private void ended(JobRow job) {
        feed.refresh();
        if (interval.isClosed()) {
            return;
        }
        new ArchiveKeeper(workshop).keep();
        if (job.kind().mayComeBack()) {
            watches.watch(job.id());
        }
    }

    /// Looks once which messages of an ended job came back; the process that ran it does so by
    /// itself for five minutes.
    ///
    /// @return the job with what was found
    public JobInfo lookForReturns(String job) throws OperatorException, BrokerException {
        if (required(job).kind().mayComeBack()) {
            new ReturnsWatch(workshop).look(job);
        }
        return find(job).orElseThrow();
    }

    /// Where the messages that a job sent are now: looks once at the source for what came back
    /// and at the readers of the destination.
    ///
    /// @throws OperatorException WRONG_USE for a job that sends nothing
    public JobFates fates(String job) throws OperatorException, BrokerException {
        var row = required(job);
        if (!row.kind().mayComeBack()) {
            throw wrong(row, "sent nothing to readers.", "Look at it with: dlo jobs show " + job);
        }
        new ReturnsWatch(workshop).look(job);
        return new FateWatch(workshop, row).look();
    }

    /// Goes on with a paused or interrupted job. A paused job of another live process is asked to
    /// go on there.
    public void resume(String job) throws OperatorException, BrokerException {
        var row = required(job);
        switch (row.state()) {
            case PAUSED -> ask(row, Wish.RUN);
            case INTERRUPTED -> launch.takeOver(row);
            case PLANNING, RUNNING, WATCHING ->
                    throw wrong(row, "runs already.", "Look at it with: dlo jobs show " + job);
            case DONE, DONE_IN_PART, STOPPED, ABANDONED ->
                    throw wrong(row, "has ended.", "Start a new job over what is left.");
        }
    }

    /// A new job over what failed in an ended one.
    public String retryFailed(String job) throws OperatorException, BrokerException {
        var row = required(job);
        if (!row.state().isEnd()) {
            throw wrong(row, "has not ended.", "Wait for its end, or stop it.");
        }
        var failed = new ArrayList<MessageId>();
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
        if (failed.isEmpty() || !(RequestJson.read(row.request()) instanceof RedriveRequest was)) {
            throw wrong(row, "has no failed messages.", "There is nothing to try again.");
        }
        // What is tried again was chosen, rehearsed and confirmed before.
        return start(
                was.copy().scope(new Scope.Ids(failed)).until(Cursor.parse(row.until())).build(),
                row.source().name());
    }

    /// What an ended redrive left of its scope, to be rehearsed and started as a new job: what was
    /// sent is not meant again, nor what came back or died since. Where the broker keeps nothing,
    /// the latter cannot always be told apart: there it is to be rehearsed.
    ///
    /// @throws OperatorException WRONG_USE when the job has not ended, or is no redrive
    public RedriveRequest rest(String job) throws OperatorException {
        var row = required(job);
        if (!row.state().isEnd()) {
            throw wrong(row, "has not ended.", "Wait for its end, or stop it.");
        }
        if (!(RequestJson.read(row.request()) instanceof RedriveRequest was)) {
            throw wrong(row, "is no redrive.", "Only a redrive has a rest.");
        }
        // A log holds what was sent, as resolved.
        return was.copy().until(Cursor.parse(row.until())).includeResolved(false).build();
    }

    /// Within a second; what is in flight finishes.
    public void pause(String job) throws OperatorException {
        var row = required(job);
        switch (row.state()) {
            case PLANNING, RUNNING, WATCHING -> {
                if (row.kind() == JobKind.MOVE) {
                    throw wrong(
                            row,
                            "is done by the broker, which cannot hold it.",
                            "Stop it: dlo jobs stop " + job + ". What was moved stays moved.");
                }
                ask(row, Wish.PAUSE);
            }
            case PAUSED -> {
                // It is what was asked for.
            }
            case INTERRUPTED, DONE, DONE_IN_PART, STOPPED, ABANDONED ->
                    throw wrong(row, "does not run.", "Look at it with: dlo jobs show " + job);
        }
    }

    /// What is in flight finishes; the rest stays where it is. An interrupted job is abandoned; a
    /// move by the broker is called off, which [#await] waits for.
    public void stop(String job) throws OperatorException, BrokerException {
        var row = required(job);
        switch (row.state()) {
            case PLANNING, RUNNING, WATCHING, PAUSED -> ask(row, Wish.STOP);
            case INTERRUPTED -> {
                if (row.kind() == JobKind.MOVE) {
                    audit("stop", row);
                    launch.callOff(row);
                } else {
                    abandon(job);
                }
            }
            case DONE, DONE_IN_PART, STOPPED, ABANDONED -> {
                // It is what was asked for.
            }
        }
    }

    /// Ends an interrupted job as it is; a broker that moves by itself is not told.
    public void abandon(String job) throws OperatorException {
        var row = required(job);
        if (row.state() != JobState.INTERRUPTED) {
            throw wrong(row, "is not interrupted.", "Stop it, or wait for its end.");
        }
        audit("abandon", row);
        var sentence = new JobWords(row.kind(), row.counts(), "").abandoned();
        if (!workshop.table().abandon(row, sentence)) {
            throw Launch.tooLate(row);
        }
        feed.refresh();
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
        runs.of(row.id()).ifPresent(run -> run.hear(wish));
        feed.refresh();
    }

    private void audit(String act, JobRow row) {
        workshop.audit()
                .append(act, row.source().profile(), row.source().name(), row.id(), "", Map.of());
    }

    /// Blocks until the job ends, pauses or is interrupted.
    public JobInfo await(String job) throws OperatorException, InterruptedException {
        while (true) {
            var run = runs.of(job);
            if (run.isPresent()) {
                run.get().join(LOOK_EVERY);
            }
            var row = required(job);
            // A run of this process has ended only when its threads have.
            var over = row.state().isEnd() || row.state() == JobState.INTERRUPTED;
            if (row.state() == JobState.PAUSED || (over && !runs.has(job))) {
                return info(row);
            }
            if (run.isEmpty() && !interval.await(LOOK_EVERY)) {
                throw new IllegalStateException("the engine is closed");
            }
        }
    }

    /// Ends this process's run of a job as closing the engine does: blocks while what is in flight
    /// finishes, and leaves the job interrupted, to be resumed. Nothing happens to a job that does
    /// not run here.
    public JobInfo interrupt(String job) throws OperatorException, InterruptedException {
        var run = runs.of(job);
        if (run.isPresent()) {
            run.get().close();
        }
        return info(required(job));
    }

    /// The run of a job in this process.
    Optional<Run> running(String job) {
        return runs.of(job);
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
                                        runs.of(row.id())))
                .toList();
    }

    public Optional<JobInfo> find(String job) {
        workshop.table().sweep();
        return workshop.table().find(job).map(this::info);
    }

    private JobInfo info(JobRow row) {
        var number = row.lease().number();
        return infos.info(row, workshop.table().reasons(number), runs.of(row.id()));
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
    public Signal<List<JobInfo>> changes() {
        return feed.changes();
    }

    /// Lets the batches in flight finish and leaves the jobs of this process interrupted.
    @Override
    public void close() {
        interval.close();
        feed.close();
        runs.close();
        watches.close();
    }
}
