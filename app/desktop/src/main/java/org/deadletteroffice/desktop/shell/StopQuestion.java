package org.deadletteroffice.desktop.shell;

import org.deadletteroffice.core.job.JobInfo;
import org.deadletteroffice.core.job.JobKind;
import org.deadletteroffice.desktop.shell.Dialogs.Question;
import org.deadletteroffice.desktop.text.JobWords;

/// The question before a job is stopped, the same wherever that is asked for.
public final class StopQuestion {
    private StopQuestion() {}

    public static Question of(JobInfo job) {
        boolean byBroker = job.kind() == JobKind.MOVE;
        return Question.dangerous(
                "Stop " + JobWords.title(job) + "?",
                byBroker
                        ? "The broker is called off. What was moved stays moved, and some of what"
                                + " is under way may lie in both queues then. A stopped job cannot"
                                + " go on."
                        : "What is on its way finishes. The rest stays in "
                                + job.source().name()
                                + ". A stopped job cannot go on; pause it if it should.",
                byBroker ? "Call it off" : "Stop");
    }
}
