package org.deadletteroffice.desktop.jobs;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleObjectProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import org.deadletteroffice.core.Signal.Subscription;
import org.deadletteroffice.core.job.JobInfo;
import org.deadletteroffice.core.job.JobItem;
import org.deadletteroffice.core.job.JobKind;
import org.deadletteroffice.core.job.JobState;
import org.deadletteroffice.core.job.RedriveRequest;
import org.deadletteroffice.desktop.fx.Background.Act;
import org.deadletteroffice.desktop.fx.Background.Running;
import org.deadletteroffice.desktop.shell.Desk;
import org.deadletteroffice.desktop.shell.Dialogs.Question;
import org.deadletteroffice.desktop.shell.LookFirst;
import org.deadletteroffice.desktop.shell.Place;
import org.deadletteroffice.desktop.shell.Sheet;
import org.deadletteroffice.desktop.shell.Shortcut;
import org.deadletteroffice.desktop.shell.StopQuestion;
import org.deadletteroffice.desktop.shell.Undo;
import org.deadletteroffice.desktop.text.JobWords;
import org.jspecify.annotations.Nullable;

/// What runs, what ran, and how to go on.
public final class JobsModel {
    /// Keys of this screen.
    public static final List<Shortcut> SHORTCUTS =
            List.of(
                    new Shortcut("Jobs", "P", "Pause or resume the job"),
                    new Shortcut("Jobs", "S", "Stop the job"),
                    new Shortcut("Jobs", "R", "Retry only what failed"),
                    new Shortcut("Jobs", "D", "Redrive the rest of a stopped job"),
                    new Shortcut("Jobs", "C", "See where the sent messages are now"),
                    new Shortcut("Jobs", "U", "Put back what a purge took away"),
                    new Shortcut("Jobs", "O", "Open the job's queue"));

    private static final int PAGE = 200;

    /// Which messages of a job are listed.
    enum Filter {
        ALL("All", null),
        FAILED("Failed", JobItem.State.FAILED),
        EXCLUDED("Left out", JobItem.State.EXCLUDED),
        PLANNED("To do", JobItem.State.PLANNED),
        DONE("Done", JobItem.State.DONE);

        final String words;
        final JobItem.@Nullable State state;

        Filter(String words, JobItem.@Nullable State state) {
            this.words = words;
            this.state = state;
        }
    }

    /// What can be done with a job as it stands.
    record Acts(
            boolean pause,
            boolean resume,
            boolean stop,
            boolean abandon,
            boolean retry,
            boolean rest,
            boolean fates,
            boolean undo) {
        static final Acts NONE = new Acts(false, false, false, false, false, false, false, false);

        static Acts of(@Nullable JobInfo job) {
            if (job == null) {
                return NONE;
            }
            boolean byBroker = job.kind() == JobKind.MOVE;
            return switch (job.state()) {
                case PLANNING, RUNNING, WATCHING ->
                        new Acts(!byBroker, false, true, false, false, false, false, false);
                case PAUSED -> new Acts(false, true, true, false, false, false, false, false);
                case INTERRUPTED ->
                        new Acts(false, true, byBroker, true, false, false, false, false);
                case DONE, DONE_IN_PART, STOPPED, ABANDONED ->
                        new Acts(
                                false,
                                false,
                                false,
                                false,
                                job.failed() > 0 && FateLook.isSending(job),
                                hasRest(job),
                                FateLook.canTell(job),
                                Undo.isOffered(job));
            };
        }

        /// One that ran to its end left nothing but what it told of.
        private static boolean hasRest(JobInfo job) {
            return job.kind() == JobKind.REDRIVE
                    && (job.state() == JobState.STOPPED || job.state() == JobState.ABANDONED);
        }
    }

    /// Whether a job over what failed is about to begin: another click begins no second one.
    private boolean retrying;

    private final Desk desk;
    private final ObservableList<JobInfo> jobs = FXCollections.observableArrayList();
    private final ObservableList<JobItem> items = FXCollections.observableArrayList();
    private final ReadOnlyObjectWrapper<@Nullable JobInfo> selected = new ReadOnlyObjectWrapper<>();
    private final ReadOnlyObjectWrapper<Acts> acts = new ReadOnlyObjectWrapper<>(Acts.NONE);
    private final ReadOnlyBooleanWrapper moreItems = new ReadOnlyBooleanWrapper();
    private final ObjectProperty<Filter> filter = new SimpleObjectProperty<>(Filter.ALL);
    private final FateLook fates;
    private Running reading = Running.NOTHING;
    private @Nullable String wanted;

    public JobsModel(Desk desk, Clock clock) {
        this.desk = desk;
        fates = new FateLook(desk, clock);
        filter.addListener(_ -> readItems());
    }

    Subscription start() {
        var changes =
                desk.engine().jobs().changes().subscribe(desk.background().latest(this::show));
        var looks = fates.start();
        return () -> {
            changes.close();
            looks.close();
        };
    }

    /// Newest first.
    ObservableList<JobInfo> jobs() {
        return jobs;
    }

    /// Null while there is no job.
    ReadOnlyObjectProperty<@Nullable JobInfo> selectedProperty() {
        return selected.getReadOnlyProperty();
    }

    ReadOnlyObjectProperty<Acts> actsProperty() {
        return acts.getReadOnlyProperty();
    }

    /// Of the selected job, in the order of the ledger, as far as read.
    ObservableList<JobItem> items() {
        return items;
    }

    ReadOnlyBooleanProperty moreItemsProperty() {
        return moreItems.getReadOnlyProperty();
    }

    ObjectProperty<Filter> filterProperty() {
        return filter;
    }

    /// Where the messages of the selected job are now.
    FateLook fates() {
        return fates;
    }

    /// Shows one job, also when it is not listed yet.
    public void open(@Nullable String job) {
        if (job != null) {
            wanted = job;
            jobs.stream().filter(each -> each.id().equals(job)).findFirst().ifPresent(this::select);
        }
    }

    void show(List<JobInfo> now) {
        jobs.setAll(now);
        var id = wanted == null ? idOf(selected.get()) : wanted;
        var next =
                now.stream()
                        .filter(job -> job.id().equals(id))
                        .findFirst()
                        .orElse(now.isEmpty() ? null : now.getFirst());
        select(next);
    }

    void select(@Nullable JobInfo job) {
        var before = selected.get();
        if (job != null && job.id().equals(wanted)) {
            wanted = null;
        }
        selected.set(job);
        acts.set(Acts.of(job));
        fates.follow(job);
        var moved = before == null || job == null || !moved(before).equals(moved(job));
        if (moved) {
            readItems();
        }
    }

    /// Items are read again only when the job went on.
    private static List<Object> moved(JobInfo job) {
        return List.of(job.id(), job.state(), job.sent(), job.removed(), job.failed());
    }

    void readItems() {
        read(0, List.of());
    }

    void readMore() {
        if (!items.isEmpty()) {
            read(items.getLast().sequence() + 1, List.copyOf(items));
        }
    }

    private void read(long from, List<JobItem> before) {
        reading.cancel();
        var job = selected.get();
        if (job == null) {
            items.clear();
            moreItems.set(false);
            return;
        }
        var state = filter.get().state;
        // While a job runs, a longer list than was on screen must not shrink to one page again.
        var sameJob = items.size() > PAGE && before.isEmpty();
        var limit = sameJob ? items.size() : PAGE;
        reading =
                desk.background()
                        .run(
                                () -> desk.engine().jobs().items(job.id(), state, from, limit),
                                read -> {
                                    var all = new ArrayList<>(before);
                                    all.addAll(read);
                                    items.setAll(all);
                                    moreItems.set(read.size() == limit);
                                },
                                desk.dialogs()::tell);
    }

    /// Reasons why messages failed or were left out, most frequent first.
    static List<Map.Entry<String, Long>> failures(JobInfo job) {
        return job.failures().entrySet().stream()
                .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
                .toList();
    }

    void pauseOrResume() {
        var job = selected.get();
        if (job == null) {
            return;
        }
        if (acts.get().pause()) {
            run(() -> desk.engine().jobs().pause(job.id()));
        } else if (acts.get().resume()) {
            lookFirst(job, () -> run(() -> desk.engine().jobs().resume(job.id())), () -> {});
        }
    }

    void stop() {
        var job = selected.get();
        if (job == null || !acts.get().stop()) {
            return;
        }
        desk.dialogs()
                .ask(StopQuestion.of(job), _ -> run(() -> desk.engine().jobs().stop(job.id())));
    }

    void abandon() {
        var job = selected.get();
        if (job == null || job.state() != JobState.INTERRUPTED) {
            return;
        }
        var question =
                Question.dangerous(
                        "Give up " + JobWords.title(job) + "?",
                        job.kind() == JobKind.MOVE
                                ? "The broker is not told: where it still moves them, it goes on."
                                        + " The job cannot be resumed afterwards; Stop calls the"
                                        + " broker off."
                                : "What was sent stays sent; what was not sent stays in "
                                        + job.source().name()
                                        + ". The job cannot be resumed afterwards.",
                        "Give up");
        desk.dialogs().ask(question, _ -> run(() -> desk.engine().jobs().abandon(job.id())));
    }

    void retryFailed() {
        var job = selected.get();
        if (job == null || !acts.get().retry() || retrying) {
            return;
        }
        retrying = true;
        lookFirst(job, () -> retryFailed(job), () -> retrying = false);
    }

    private void retryFailed(JobInfo job) {
        retrying = true;
        desk.background()
                .run(
                        () -> desk.engine().jobs().retryFailed(job.id()),
                        id -> {
                            retrying = false;
                            open(id);
                            desk.dialogs().say("Started a new job over what failed.");
                        },
                        problem -> {
                            retrying = false;
                            desk.dialogs().tell(problem);
                        });
    }

    /// Goes on once the operator knows what the job's looking costs, where it looks.
    ///
    /// @param asked called when the operator is asked, who need not agree
    private void lookFirst(JobInfo job, Runnable goOn, Runnable asked) {
        if (job.kind().looksAtSource()) {
            LookFirst.ask(desk, job.source(), LookFirst.Why.JOB, goOn, asked);
        } else {
            goOn.run();
        }
    }

    /// Proposes a redrive of what a stopped job did not send: the same plan over the same messages,
    /// to be looked at and rehearsed anew.
    void redriveRest() {
        var job = selected.get();
        if (job == null || !acts.get().rest()) {
            return;
        }
        desk.background()
                .run(
                        () -> desk.engine().jobs().rest(job.id()),
                        request -> proposeRest(job, Objects.requireNonNull(request)),
                        desk.dialogs()::tell);
    }

    private void proposeRest(JobInfo job, RedriveRequest request) {
        var sheet =
                new Sheet.Redrive(
                        request,
                        Math.max(0, job.planned() - job.sent()),
                        false,
                        "the rest of job " + job.id());
        LookFirst.ask(
                desk,
                request.source(),
                LookFirst.Why.REHEARSAL,
                () -> desk.navigation().open(sheet));
    }

    /// Asks whether to put back what a purge took.
    ///
    /// @param chosen which of its messages; empty for all
    void undo(List<JobItem> chosen) {
        var job = selected.get();
        if (job != null && acts.get().undo()) {
            Undo.ask(desk, job, chosen.stream().map(JobItem::message).toList());
        }
    }

    void openQueue() {
        var job = selected.get();
        if (job != null) {
            desk.navigation().open(new Place.Triage(job.source(), null));
        }
    }

    void openMessage(JobItem item) {
        var job = selected.get();
        if (job != null) {
            desk.navigation().open(new Place.Triage(job.source(), item.message()));
        }
    }

    void openAudit() {
        var job = selected.get();
        if (job != null) {
            desk.navigation().open(new Place.Audit(job.id()));
        }
    }

    private void run(Act act) {
        desk.background().run(act, () -> {}, desk.dialogs()::tell);
    }

    private static @Nullable String idOf(@Nullable JobInfo job) {
        return job == null ? null : job.id();
    }
}
