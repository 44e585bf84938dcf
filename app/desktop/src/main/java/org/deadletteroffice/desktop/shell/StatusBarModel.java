package org.deadletteroffice.desktop.shell;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import javafx.beans.property.ReadOnlyIntegerProperty;
import javafx.beans.property.ReadOnlyIntegerWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import org.deadletteroffice.core.Signal.Subscription;
import org.deadletteroffice.core.job.JobInfo;
import org.deadletteroffice.core.job.JobState;
import org.deadletteroffice.core.metrics.BrokerState;
import org.deadletteroffice.desktop.text.JobWords;
import org.jspecify.annotations.Nullable;

/// The running job, and how many brokers answer.
final class StatusBarModel {
    private final Desk desk;
    private final ReadOnlyObjectWrapper<@Nullable JobInfo> job = new ReadOnlyObjectWrapper<>();
    private final ReadOnlyIntegerWrapper alive = new ReadOnlyIntegerWrapper();
    private final ReadOnlyStringWrapper brokers = new ReadOnlyStringWrapper("");

    /// Jobs whose end is known; null before the first look, since what ended earlier is no news.
    private @Nullable Set<String> ended;

    StatusBarModel(Desk desk) {
        this.desk = desk;
    }

    Subscription start() {
        var jobs = desk.engine().jobs().changes().subscribe(desk.background().latest(this::jobs));
        var states =
                desk.engine().metrics().states().subscribe(desk.background().latest(this::brokers));
        return () -> {
            jobs.close();
            states.close();
        };
    }

    /// The job that needs an eye most; null while none is under way.
    ReadOnlyObjectProperty<@Nullable JobInfo> jobProperty() {
        return job.getReadOnlyProperty();
    }

    /// How many jobs have not ended.
    ReadOnlyIntegerProperty aliveProperty() {
        return alive.getReadOnlyProperty();
    }

    /// `5 of 6 brokers connected`.
    ReadOnlyStringProperty brokersProperty() {
        return brokers.getReadOnlyProperty();
    }

    void jobs(List<JobInfo> now) {
        var open = now.stream().filter(each -> !each.state().isEnd()).toList();
        alive.set(open.size());
        job.set(
                open.stream()
                        .min(
                                java.util.Comparator.comparingInt(
                                                (JobInfo each) -> urgency(each.state()))
                                        .thenComparing(JobInfo::started))
                        .orElse(null));
        var told = ended;
        var over = now.stream().filter(each -> each.state().isEnd()).toList();
        if (told != null) {
            over.stream().filter(each -> !told.contains(each.id())).forEach(this::tellEnd);
        }
        ended = over.stream().map(JobInfo::id).collect(Collectors.toSet());
    }

    void brokers(List<BrokerState> states) {
        if (states.isEmpty()) {
            brokers.set("No broker yet");
            return;
        }
        var connected =
                states.stream()
                        .filter(
                                state ->
                                        state.status() == BrokerState.Status.CONNECTED
                                                || state.status() == BrokerState.Status.DEGRADED)
                        .count();
        brokers.set(
                connected
                        + " of "
                        + states.size()
                        + (states.size() == 1 ? " broker connected" : " brokers connected"));
    }

    void open() {
        var now = job.get();
        desk.navigation().open(new Place.Jobs(now == null ? null : now.id()));
    }

    void pauseOrResume() {
        var now = job.get();
        if (now == null) {
            return;
        }
        if (now.state() == JobState.PAUSED || now.state() == JobState.INTERRUPTED) {
            if (now.kind().looksAtSource()) {
                LookFirst.ask(desk, now.source(), LookFirst.Why.JOB, () -> resume(now));
            } else {
                resume(now);
            }
        } else {
            desk.background()
                    .run(
                            () -> desk.engine().jobs().pause(now.id()),
                            () -> {},
                            desk.dialogs()::tell);
        }
    }

    private void resume(JobInfo job) {
        desk.background()
                .run(() -> desk.engine().jobs().resume(job.id()), () -> {}, desk.dialogs()::tell);
    }

    void stop() {
        var now = job.get();
        if (now == null) {
            return;
        }
        desk.dialogs()
                .ask(
                        StopQuestion.of(now),
                        _ ->
                                desk.background()
                                        .run(
                                                () -> desk.engine().jobs().stop(now.id()),
                                                () -> {},
                                                desk.dialogs()::tell));
    }

    /// Also of a job so short that it was never seen to run: its end is where a purge is undone.
    private void tellEnd(JobInfo job) {
        var words = JobWords.title(job) + ": " + job.sentence();
        if (Undo.isOffered(job)) {
            desk.dialogs().offer(words, "Undo", () -> Undo.ask(desk, job, List.of()));
        } else {
            desk.dialogs()
                    .say(words, "Show", () -> desk.navigation().open(new Place.Jobs(job.id())));
        }
    }

    private static int urgency(JobState state) {
        return switch (state) {
            case RUNNING -> 0;
            case WATCHING -> 1;
            case PLANNING -> 2;
            case PAUSED -> 3;
            case INTERRUPTED -> 4;
            case DONE, DONE_IN_PART, STOPPED, ABANDONED -> 5;
        };
    }
}
