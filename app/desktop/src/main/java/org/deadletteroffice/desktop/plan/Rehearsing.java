package org.deadletteroffice.desktop.plan;

import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import org.deadletteroffice.desktop.fx.Background;
import org.deadletteroffice.desktop.fx.Background.Running;
import org.deadletteroffice.desktop.fx.Background.Work;
import org.deadletteroffice.desktop.fx.Problem;
import org.jspecify.annotations.Nullable;

/// A rehearsal: what it found, whether it runs, what went wrong. A change of the plan makes it
/// void. FX thread only.
///
/// @param <T> what is found
public final class Rehearsing<T> {
    private final Background background;
    private final Runnable changed;
    private final ReadOnlyObjectWrapper<@Nullable T> preview = new ReadOnlyObjectWrapper<>();
    private final ReadOnlyBooleanWrapper running = new ReadOnlyBooleanWrapper();
    private final ReadOnlyBooleanWrapper over = new ReadOnlyBooleanWrapper();
    private final ReadOnlyObjectWrapper<@Nullable Problem> problem = new ReadOnlyObjectWrapper<>();
    private Running run = Running.NOTHING;

    /// @param changed told when it begins, ends or becomes void
    public Rehearsing(Background background, Runnable changed) {
        this.background = background;
        this.changed = changed;
    }

    /// Null until rehearsed, and again once the plan changed.
    public ReadOnlyObjectProperty<@Nullable T> previewProperty() {
        return preview.getReadOnlyProperty();
    }

    public ReadOnlyBooleanProperty runningProperty() {
        return running.getReadOnlyProperty();
    }

    /// Whether nothing is rehearsed any more; [#problemProperty] says why.
    public ReadOnlyBooleanProperty overProperty() {
        return over.getReadOnlyProperty();
    }

    /// Null while all is well.
    public ReadOnlyObjectProperty<@Nullable Problem> problemProperty() {
        return problem.getReadOnlyProperty();
    }

    /// Begins afresh; not once it is over.
    public void start(Work<? extends T> work) {
        if (over.get()) {
            return;
        }
        run.cancel();
        preview.set(null);
        problem.set(null);
        running.set(true);
        changed.run();
        run =
                background.run(
                        work,
                        found -> {
                            preview.set(found);
                            settle();
                        },
                        failure -> {
                            problem.set(failure);
                            settle();
                        });
    }

    /// Stops one under way and forgets what was found.
    public void forget() {
        run.cancel();
        running.set(false);
        preview.set(null);
        changed.run();
    }

    /// Stops one under way.
    public void cancel() {
        run.cancel();
    }

    /// What went wrong after it, when the job was to start.
    public void fail(@Nullable Problem failure) {
        if (!over.get()) {
            problem.set(failure);
        }
    }

    /// Stops one under way, forgets what was found, and begins none any more.
    public void end(Problem why) {
        over.set(true);
        problem.set(why);
        forget();
    }

    private void settle() {
        running.set(false);
        changed.run();
    }
}
