package org.deadletteroffice.cli.command;

import java.util.LinkedHashMap;
import java.util.concurrent.Callable;
import org.deadletteroffice.cli.ExitCode;
import org.deadletteroffice.cli.Session;
import org.deadletteroffice.core.OperatorException;
import org.deadletteroffice.core.job.JobInfo;
import org.deadletteroffice.core.job.JobKind;
import org.deadletteroffice.core.job.JobState;
import org.deadletteroffice.core.job.RedriveRequest;
import org.deadletteroffice.core.profile.Environment;
import org.deadletteroffice.spi.error.BrokerException;
import org.deadletteroffice.spi.message.Numerals;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `dlo jobs`
@Command(
        name = "jobs",
        description = "List and control jobs; those of a killed process included.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  dlo jobs",
            "  dlo jobs show k3f9",
            "  dlo jobs resume k3f9",
            "  dlo jobs retry k3f9      a new job over what failed",
            "  dlo jobs retry k3f9 --rest   a new job over what a stopped one did not send"
        })
public final class JobsCommand implements Callable<Integer> {
    private static final java.time.Duration UNLOCKED = java.time.Duration.ofMinutes(15);

    private final Session session;

    public JobsCommand(Session session) {
        this.session = session;
    }

    /// Without a word after it, it lists.
    @Override
    public Integer call() throws Exception {
        return list();
    }

    @Command(name = "list", description = "List jobs, newest first.")
    int list() throws OperatorException {
        session.output()
                .list(
                        session.engine().jobs().list(),
                        JobText::json,
                        JobText.table(),
                        "There is no job yet.");
        return ExitCode.DONE.number();
    }

    @Command(name = "show", description = "Show one job, with what it left behind and why.")
    int show(@Parameters(paramLabel = "JOB") String job) throws OperatorException {
        var info = find(job);
        var left = JobWatch.left(session, info);
        session.output().object(JobWatch.json(info, left), () -> JobText.text(info, left));
        return ExitCode.DONE.number();
    }

    @Command(
            name = "fates",
            description =
                    "Where the messages that a job sent are now: waiting, consumed, back, unknown.")
    int fates(@Parameters(paramLabel = "JOB") String job) throws Exception {
        find(job);
        var fates = session.engine().jobs().fates(job);
        var json = new LinkedHashMap<String, Object>();
        json.put("jobId", job);
        json.put("waiting", fates.waiting());
        json.put("consumed", fates.consumed());
        json.put("back", fates.back());
        json.put("unknown", fates.unknown());
        json.put("readers", fates.readers());
        json.put("time", fates.asOf());
        session.output()
                .object(
                        json,
                        () ->
                                "%s waiting, %s consumed, %s back, %s unknown"
                                        .formatted(
                                                Numerals.of(fates.waiting()),
                                                Numerals.of(fates.consumed()),
                                                Numerals.of(fates.back()),
                                                Numerals.of(fates.unknown())));
        return ExitCode.DONE.number();
    }

    @Command(
            name = "resume",
            description = "Go on with a paused or interrupted job, and wait for its end.")
    int resume(@Parameters(paramLabel = "JOB") String job, @Mixin Unlocking unlocking)
            throws Exception {
        var stopped = find(job);
        unlocking.unlock(session, stopped);
        tellCost(stopped);
        session.engine().jobs().resume(job);
        return new JobWatch(session, job).untilItEnds().number();
    }

    @Command(
            name = "retry",
            description = "Start a new job over what failed in an ended one, and wait for its end.")
    int retry(
            @Parameters(paramLabel = "JOB") String job,
            @Option(
                            names = "--rest",
                            description =
                                    "Over what a stopped job did not send, not over what failed.")
                    boolean rest,
            @Mixin Unlocking unlocking)
            throws Exception {
        var ended = find(job);
        unlocking.unlock(session, ended);
        tellCost(ended);
        var jobs = session.engine().jobs();
        // The rest was chosen, rehearsed and confirmed when the job began.
        var again = rest ? jobs.start(rest(ended), ended.source().name()) : jobs.retryFailed(job);
        return new JobWatch(session, again).untilItEnds().number();
    }

    /// The job looks at what it has yet to do.
    private void tellCost(JobInfo job) {
        if (job.kind().looksAtSource()) {
            new LookingCost(session).tellIfKnown(job.source());
        }
    }

    private RedriveRequest rest(JobInfo ended) throws OperatorException, BrokerException {
        if (!session.engine().brokers().capabilities(ended.source()).keepsMessages()) {
            var queue = ended.source().name();
            throw new OperatorException(
                    OperatorException.Kind.REFUSED,
                    "What the job left in "
                            + queue
                            + " cannot be told from what arrived there since.",
                    "Redrive what lies there now: dlo redrive "
                            + queue
                            + " -p "
                            + ended.source().profile()
                            + " --all --dry-run");
        }
        return session.engine().jobs().rest(ended.id());
    }

    @Command(
            name = "pause",
            description = "Pause a job, in whichever process it runs; what is in flight finishes.")
    int pause(@Parameters(paramLabel = "JOB") String job) throws OperatorException {
        find(job);
        session.engine().jobs().pause(job);
        return print(job);
    }

    @Command(
            name = "stop",
            description = "Stop a job for good; what was not sent stays where it is.")
    int stop(@Parameters(paramLabel = "JOB") String job)
            throws OperatorException, BrokerException, InterruptedException {
        var before = find(job);
        session.engine().jobs().stop(job);
        if (before.kind() == JobKind.MOVE && before.state() == JobState.INTERRUPTED) {
            // This process has the broker call it off.
            session.engine().jobs().await(job);
        }
        return print(job);
    }

    @Command(name = "abandon", description = "End an interrupted job as it is.")
    int abandon(@Parameters(paramLabel = "JOB") String job) throws OperatorException {
        find(job);
        session.engine().jobs().abandon(job);
        return print(job);
    }

    private int print(String job) throws OperatorException {
        var info = find(job);
        session.output()
                .object(
                        JobText.json(info),
                        () -> "Job " + info.id() + " is " + Text.words(info.state()) + ".");
        return ExitCode.DONE.number();
    }

    private JobInfo find(String job) throws OperatorException {
        return find(session, job);
    }

    static JobInfo find(Session session, String job) throws OperatorException {
        return session.engine()
                .jobs()
                .find(job)
                .orElseThrow(
                        () ->
                                new OperatorException(
                                        OperatorException.Kind.NOT_FOUND,
                                        "There is no job " + job + ".",
                                        "List those there are with dlo jobs."));
    }

    /// A job that still sends needs what starting it needed.
    static final class Unlocking {
        @Option(
                names = "--confirm",
                paramLabel = "QUEUE",
                description = "The source queue's name once more; needed on a production profile.")
        private @Nullable String confirm;

        @Option(
                names = "--reason",
                paramLabel = "TEXT",
                defaultValue = "",
                description = "For the audit trail; needed on a production profile.")
        private String reason = "";

        private void unlock(Session session, JobInfo job) throws OperatorException {
            var name = job.source().profile();
            var profile = session.engine().profiles().find(name);
            if (profile.isPresent()
                    && profile.get().environment() == Environment.PRODUCTION
                    && job.state() != JobState.RUNNING) {
                Production.check(name, job.source().name(), confirm, reason);
                session.engine().brokers().unlock(name, UNLOCKED, reason);
            }
        }
    }
}
