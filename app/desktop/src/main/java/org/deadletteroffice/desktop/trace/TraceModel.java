package org.deadletteroffice.desktop.trace;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleObjectProperty;
import org.deadletteroffice.core.trace.Trace;
import org.deadletteroffice.core.trace.Tracing;
import org.deadletteroffice.desktop.fx.Background.Running;
import org.deadletteroffice.desktop.fx.Problem;
import org.deadletteroffice.desktop.shell.Desk;
import org.deadletteroffice.desktop.shell.Place;
import org.deadletteroffice.desktop.shell.Sheet;
import org.deadletteroffice.desktop.text.Amounts;
import org.deadletteroffice.spi.message.QueueRef;
import org.jspecify.annotations.Nullable;

/// Follows the ids of a message through all brokers and the audit, and shows what is found while it
/// looks. FX thread only.
public final class TraceModel {
    private static final long MOST_READ = 20_000;
    private static final int MOST_STEPS = 1_000;

    /// How long before the message is looked; what came since is always.
    public enum Back {
        HOUR("1 hour before", Duration.ofHours(1)),
        DAY("1 day before", Duration.ofDays(1)),
        WEEK("1 week before", Duration.ofDays(7));

        private final String words;
        private final Duration duration;

        Back(String words, Duration duration) {
            this.words = words;
            this.duration = duration;
        }

        public String words() {
            return words;
        }
    }

    private final Desk desk;
    private final Clock clock;
    private final Sheet.Trace about;
    private final List<Trace.Id> ids;
    private final ObjectProperty<Back> back = new SimpleObjectProperty<>(Back.DAY);
    private final BooleanProperty holding = new SimpleBooleanProperty();
    private final ReadOnlyObjectWrapper<@Nullable Trace> trace = new ReadOnlyObjectWrapper<>();
    private final ReadOnlyBooleanWrapper looking = new ReadOnlyBooleanWrapper();
    private final ReadOnlyObjectWrapper<@Nullable Problem> problem = new ReadOnlyObjectWrapper<>();
    private final ReadOnlyStringWrapper summary = new ReadOnlyStringWrapper("");
    private Running running = Running.NOTHING;
    private int generation;

    public TraceModel(Desk desk, Clock clock, Sheet.Trace about) {
        this.desk = desk;
        this.clock = clock;
        this.about = about;
        ids = tracing().idsOf(about.message());
        back.addListener((_, _, _) -> look());
        holding.addListener((_, _, _) -> look());
        look();
    }

    private Tracing tracing() {
        return desk.engine().tracing();
    }

    Clock clock() {
        return clock;
    }

    /// `correlation id c-4711, trace id 4bf9…`; empty where the message bears none.
    public String idsInWords() {
        return ids.stream().map(id -> id.what() + " " + id.id()).collect(Collectors.joining(", "));
    }

    public ObjectProperty<Back> backProperty() {
        return back;
    }

    /// Also queues where looking holds messages back or counts as a delivery.
    public BooleanProperty holdingProperty() {
        return holding;
    }

    /// As far as it is known; null before anything is.
    ReadOnlyObjectProperty<@Nullable Trace> traceProperty() {
        return trace.getReadOnlyProperty();
    }

    public ReadOnlyBooleanProperty lookingProperty() {
        return looking.getReadOnlyProperty();
    }

    /// Null while all is well.
    public ReadOnlyObjectProperty<@Nullable Problem> problemProperty() {
        return problem.getReadOnlyProperty();
    }

    /// `5 steps in 12 places, 20,410 messages read`.
    public ReadOnlyStringProperty summaryProperty() {
        return summary.getReadOnlyProperty();
    }

    /// Looks again from the beginning.
    public void look() {
        running.cancel();
        problem.set(null);
        if (ids.isEmpty()) {
            summary.set("It bears no correlation, trace, event or causation id to follow.");
            return;
        }
        int mine = ++generation;
        looking.set(true);
        var limits = new Trace.Limits(List.of(), since(), MOST_READ, MOST_STEPS, holding.get());
        var start = ids.stream().map(Trace.Id::id).toList();
        var progress =
                desk.background()
                        .latest(
                                (Trace soFar) -> {
                                    if (mine == generation) {
                                        show(soFar);
                                    }
                                });
        running =
                desk.background()
                        .run(
                                () -> tracing().follow(start, limits, (_, _) -> {}, progress),
                                found -> {
                                    looking.set(false);
                                    show(found);
                                },
                                failure -> {
                                    looking.set(false);
                                    problem.set(failure);
                                });
    }

    /// A dead letter may be old: its process ran when it died.
    private Instant since() {
        var now = clock.instant();
        var died = about.message().time();
        return (died == null || died.isAfter(now) ? now : died).minus(back.get().duration);
    }

    /// Keeps what was found so far.
    public void stop() {
        running.cancel();
        generation++;
        looking.set(false);
        summary.set((summary.get() + " Stopped: there may be more.").strip());
    }

    private void show(Trace soFar) {
        trace.set(soFar);
        long read = soFar.places().stream().mapToLong(Trace.Place::read).sum();
        summary.set(
                "%s in %s, %s read.%s"
                        .formatted(
                                Amounts.of(soFar.steps().size(), "step", "steps"),
                                Amounts.of(soFar.places().size(), "place", "places"),
                                Amounts.of(read, "message", "messages"),
                                looking.get()
                                        ? ""
                                        : soFar.complete()
                                                ? " All of that time was looked at."
                                                : " Not all was looked at; see below."));
    }

    /// Opens the message of a step where it lies.
    void open(Trace.Step step) {
        var profile = step.profile();
        var queue = step.queue();
        var message = step.message();
        if (profile == null || queue == null || message == null) {
            return;
        }
        desk.background()
                .run(
                        () -> desk.engine().brokers().queue(profile, queue).ref(),
                        (QueueRef ref) -> {
                            close();
                            desk.navigation().open(new Place.Triage(ref, message));
                        },
                        desk.dialogs()::tell);
    }

    /// Whether a step is the message that all began with.
    boolean isStart(Trace.Step step) {
        var letter = about.message().letter();
        return letter.id().equals(step.message())
                && letter.queue().name().equals(step.queue())
                && letter.queue().profile().equals(step.profile());
    }

    public void close() {
        running.cancel();
        desk.navigation().closeSheet();
    }
}
