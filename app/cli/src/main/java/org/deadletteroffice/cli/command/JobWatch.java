package org.deadletteroffice.cli.command;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.deadletteroffice.cli.ExitCode;
import org.deadletteroffice.cli.Progress;
import org.deadletteroffice.cli.Session;
import org.deadletteroffice.core.OperatorException;
import org.deadletteroffice.core.job.JobInfo;
import org.deadletteroffice.core.job.JobItem;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A job that runs in this process, watched until it ends. Ctrl+C interrupts it: what is in
/// flight finishes, and it can be resumed.
final class JobWatch {
    private static final Logger LOG = LoggerFactory.getLogger(JobWatch.class);

    /// How many of the messages that stayed behind are told, one by one, for each reason.
    private static final int LEFT = 1_000;

    private final Session session;
    private final String job;

    JobWatch(Session session, String job) {
        this.session = session;
        this.job = job;
    }

    ExitCode untilItEnds() throws OperatorException, InterruptedException {
        session.host().interruption().handle(this::interrupt);
        JobInfo end;
        try (var progress = session.progress();
                var subscription =
                        session.engine().jobs().changes().subscribe(all -> show(all, progress))) {
            end = session.engine().jobs().await(job);
        }
        return tell(session, end);
    }

    private void show(List<JobInfo> all, Progress progress) {
        all.stream()
                .filter(each -> each.id().equals(job))
                .findFirst()
                .ifPresent(
                        each -> {
                            if (!each.state().isEnd()) {
                                progress.note(each.sentence());
                            }
                            progress.update(JobText.progress(each));
                        });
    }

    /// On the thread of the signal; [#untilItEnds] then sees the job end here.
    private void interrupt() {
        try {
            session.engine().jobs().interrupt(job);
        } catch (OperatorException endedMeanwhile) {
            LOG.info("Job {} was not interrupted: {}", job, endedMeanwhile.getMessage());
        } catch (InterruptedException hurry) {
            Thread.currentThread().interrupt();
        }
    }

    /// Prints a job with what it left behind.
    static ExitCode tell(Session session, JobInfo job) throws OperatorException {
        var left = left(session, job);
        session.output().object(json(job, left), () -> JobText.text(job, left));
        var exit = JobText.exit(job.state());
        if (exit == ExitCode.INTERRUPTED) {
            session.say(
                    "Job "
                            + job.id()
                            + " is "
                            + Text.words(job.state())
                            + " and loses nothing. Go on with dlo jobs resume "
                            + job.id()
                            + ".");
        } else if (exit == ExitCode.IN_PART && !session.output().isTable()) {
            session.say(job.sentence());
        }
        return exit;
    }

    static Map<String, Object> json(JobInfo job, List<JobItem> left) {
        var json = new LinkedHashMap<>(JobText.json(job));
        json.put("left", left.stream().map(JobText::json).toList());
        return json;
    }

    static List<JobItem> left(Session session, JobInfo job) throws OperatorException {
        var items = new ArrayList<JobItem>();
        if (job.failed() > 0) {
            items.addAll(session.engine().jobs().items(job.id(), JobItem.State.FAILED, 0, LEFT));
        }
        if (job.excluded() > 0) {
            items.addAll(session.engine().jobs().items(job.id(), JobItem.State.EXCLUDED, 0, LEFT));
        }
        return items;
    }
}
