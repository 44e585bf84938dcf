package org.deadletteroffice.desktop.plan;

import java.time.Clock;
import java.util.List;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import org.deadletteroffice.desktop.fx.Background.Work;
import org.deadletteroffice.desktop.fx.Problem;
import org.deadletteroffice.desktop.shell.Desk;
import org.deadletteroffice.desktop.shell.Place;
import org.deadletteroffice.spi.message.QueueRef;
import org.jspecify.annotations.Nullable;

/// A plan from the first proposal to its start: what, rehearse, confirm. Any change of it makes the
/// rehearsal void, and only what was rehearsed is started. FX thread only.
///
/// @param <P> what the rehearsal finds
public abstract class PlanModel<P> {
    private final Desk desk;
    private final QueueRef source;
    private final List<Step> steps;
    private final Confirmation confirmation;
    private final Rehearsing<P> rehearsal;
    private final ReadOnlyObjectWrapper<Step> step;
    private final ReadOnlyBooleanWrapper starting = new ReadOnlyBooleanWrapper();
    private final ReadOnlyBooleanWrapper canStart = new ReadOnlyBooleanWrapper();
    private final ReadOnlyBooleanWrapper blocked = new ReadOnlyBooleanWrapper();

    /// @param steps the last two are rehearsing and confirming
    protected PlanModel(Desk desk, Clock clock, QueueRef source, List<Step> steps) {
        this.desk = desk;
        this.source = source;
        this.steps = steps;
        step = new ReadOnlyObjectWrapper<>(planning());
        confirmation = new Confirmation(desk, clock, source);
        rehearsal = new Rehearsing<>(desk.background(), this::settle);
        confirmation.givenProperty().addListener((_, _, _) -> settle());
        confirmation.lockedProperty().addListener((_, _, _) -> rehearsal.fail(null));
        PlannedBrokers.watch(desk, this::moved);
    }

    /// A plan is about the messages of the broker that it was opened for. On another one of the
    /// same profile they are others, and nobody agreed to what looking costs there: it cannot go
    /// on.
    private void moved(String profile) {
        if (profile.equals(source.profile())) {
            rehearsal.end(
                    new Problem(
                            Problem.Kind.MISSING,
                            "The profile "
                                    + profile
                                    + " reaches another broker by now; this plan is about the one"
                                    + " before.",
                            "Close it, and choose anew in " + source.name() + ".",
                            null));
        } else if (concerns(profile)) {
            rehearsal.forget();
        }
    }

    /// Whether another profile than the source's has a part in the plan.
    protected boolean concerns(String profile) {
        return false;
    }

    /// `Purge 1,822 messages`.
    public abstract String title();

    /// Runs the whole plan and changes nothing.
    public abstract void rehearse();

    /// How many messages the plan would act on.
    protected abstract long planned(P rehearsed);

    /// Starts the job that was rehearsed, in the background, and gives its id.
    ///
    /// @param name the queue's name as the operator typed it; null where it was not asked for
    protected abstract Work<String> starting(P rehearsed, @Nullable String name);

    /// What the operator is told once it runs.
    protected abstract String started(P rehearsed, String job);

    /// Whether nothing in the form is wrong.
    protected boolean isSound() {
        return true;
    }

    public QueueRef source() {
        return source;
    }

    public List<Step> steps() {
        return steps;
    }

    public Confirmation confirmation() {
        return confirmation;
    }

    /// What was found, and what went wrong; void once the plan changed.
    public Rehearsing<P> rehearsal() {
        return rehearsal;
    }

    public ReadOnlyObjectProperty<Step> stepProperty() {
        return step.getReadOnlyProperty();
    }

    public ReadOnlyBooleanProperty canStartProperty() {
        return canStart.getReadOnlyProperty();
    }

    public ReadOnlyBooleanProperty startingProperty() {
        return starting.getReadOnlyProperty();
    }

    /// Whether the main button can do nothing now.
    public ReadOnlyBooleanProperty blockedProperty() {
        return blocked.getReadOnlyProperty();
    }

    /// How many messages the rehearsed plan would act on; 0 until it is rehearsed.
    public long planned() {
        var found = preview();
        return found == null ? 0 : planned(found);
    }

    /// What the main button does next: rehearse, then start.
    public void goOn() {
        if (canStart.get()) {
            start();
        } else if (preview() == null && !rehearsal.runningProperty().get()) {
            rehearse();
        }
    }

    /// Stops a rehearsal under way and closes the sheet.
    public void close() {
        rehearsal.cancel();
        desk.navigation().closeSheet();
    }

    protected Desk desk() {
        return desk;
    }

    protected @Nullable P preview() {
        return rehearsal.previewProperty().get();
    }

    /// Brings the step and the button up to date with the form, the rehearsal and the confirmation.
    protected void settle() {
        var found = preview();
        boolean running = rehearsal.runningProperty().get();
        boolean acts = planned() > 0;
        step.set(acts ? Step.CONFIRM : running || found != null ? Step.REHEARSE : planning());
        canStart.set(acts && confirmation.givenProperty().get() && !starting.get());
        blocked.set(
                running
                        || rehearsal.overProperty().get()
                        || (found == null ? !isSound() : !canStart.get()));
    }

    private Step planning() {
        return steps.get(steps.size() - 3);
    }

    private void start() {
        var rehearsed = preview();
        if (rehearsed == null) {
            return;
        }
        var work = starting(rehearsed, confirmation.name());
        starting.set(true);
        rehearsal.fail(null);
        settle();
        desk.background()
                .run(
                        work,
                        job -> {
                            starting.set(false);
                            desk.navigation().closeSheet();
                            desk.dialogs()
                                    .say(
                                            started(rehearsed, job),
                                            "Show job",
                                            () -> desk.navigation().open(new Place.Jobs(job)));
                        },
                        failure -> {
                            starting.set(false);
                            confirmation.relock();
                            rehearsal.fail(failure);
                            settle();
                        });
    }
}
