package org.deadletteroffice.desktop.redrive;

import java.util.ArrayList;
import java.util.List;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.collections.FXCollections;
import javafx.collections.ListChangeListener;
import javafx.collections.ObservableList;
import org.deadletteroffice.core.job.HeaderEdit;
import org.deadletteroffice.core.job.HeaderPolicy;
import org.deadletteroffice.desktop.redrive.HeaderFate.Effect;
import org.deadletteroffice.desktop.shell.Desk;
import org.deadletteroffice.spi.message.Headers;
import org.deadletteroffice.spi.message.QueueRef;

/// What stays, what goes, what is added: the header policy as a difference, to be edited and kept
/// for the queue. FX thread only.
public final class HeaderPlan {
    private final Desk desk;
    private final QueueRef queue;
    private final PlanForm form;
    private final ObservableList<HeaderFate> fates = FXCollections.observableArrayList();
    private final ReadOnlyStringWrapper summary = new ReadOnlyStringWrapper("");
    private final ReadOnlyBooleanWrapper unkept = new ReadOnlyBooleanWrapper();
    private final ReadOnlyBooleanWrapper special = new ReadOnlyBooleanWrapper();
    private HeaderPolicy kept = HeaderPolicy.PRESET;
    private List<Headers> seen = List.of();

    HeaderPlan(Desk desk, QueueRef queue, PlanForm form) {
        this.desk = desk;
        this.queue = queue;
        this.form = form;
        form.headerEdits().addListener((ListChangeListener<HeaderEdit>) _ -> judge());
        form.keepFailureHeadersProperty().addListener((_, _, _) -> judge());
        form.keepTimestampProperty().addListener((_, _, _) -> judge());
        judge();
    }

    /// Takes over what is kept for the queue.
    ///
    /// @param then told when it is there, or could not be read
    void load(Runnable then) {
        desk.background()
                .run(
                        () -> desk.engine().headerPolicies().of(queue).orElse(HeaderPolicy.PRESET),
                        found -> {
                            kept = found;
                            form.adopt(found);
                            judge();
                            then.run();
                        },
                        failure -> {
                            desk.dialogs().tell(failure);
                            then.run();
                        });
    }

    void show(ScopeSample sample) {
        seen = sample.messages().stream().map(message -> message.letter().headers()).toList();
        judge();
    }

    /// Of some messages of the scope.
    ObservableList<HeaderFate> fates() {
        return fates;
    }

    /// `4 stay · 10 go · 3 are added`.
    ReadOnlyStringProperty summaryProperty() {
        return summary.getReadOnlyProperty();
    }

    /// Whether the plan differs from what is kept for the queue.
    ReadOnlyBooleanProperty unkeptProperty() {
        return unkept.getReadOnlyProperty();
    }

    /// Whether something other than the preset is kept for the queue.
    ReadOnlyBooleanProperty specialProperty() {
        return special.getReadOnlyProperty();
    }

    void drop(String name) {
        edit(name, new HeaderEdit.Drop(name));
    }

    /// Adds it where a message has none of this name.
    void set(String name, String value) {
        if (!name.isBlank()) {
            edit(name.strip(), new HeaderEdit.Set(name.strip(), value));
        }
    }

    /// As if the operator had not touched it.
    void takeBack(String name) {
        form.headerEdits().removeIf(edit -> edit.name().equals(name));
    }

    /// The same for every redrive out of this queue from now on.
    void keep() {
        var policy = form.policy();
        desk.background()
                .run(
                        () -> desk.engine().headerPolicies().save(queue, policy),
                        () -> {
                            kept = policy;
                            judge();
                            desk.dialogs()
                                    .say("Kept for every redrive out of " + queue.name() + ".");
                        },
                        desk.dialogs()::tell);
    }

    /// Back to what the program does by itself, here and for the queue.
    void forget() {
        desk.background()
                .run(
                        () -> desk.engine().headerPolicies().forget(queue),
                        () -> {
                            kept = HeaderPolicy.PRESET;
                            form.adopt(kept);
                            judge();
                        },
                        desk.dialogs()::tell);
    }

    private void edit(String name, HeaderEdit edit) {
        var edits = new ArrayList<>(form.headerEdits());
        edits.removeIf(each -> each.name().equals(name));
        edits.add(edit);
        form.headerEdits().setAll(edits);
    }

    private void judge() {
        var policy = form.policy();
        fates.setAll(HeaderFate.of(seen, policy));
        summary.set(words());
        unkept.set(!policy.equals(kept));
        special.set(!kept.equals(HeaderPolicy.PRESET));
    }

    private String words() {
        var parts = new ArrayList<String>();
        part(parts, Effect.STAYS, "stays", "stay");
        part(parts, Effect.CHANGES, "changes", "change");
        part(parts, Effect.GOES, "goes", "go");
        part(parts, Effect.ADDED, "is added", "are added");
        return String.join(" · ", parts);
    }

    private void part(List<String> parts, Effect effect, String one, String many) {
        long count = fates.stream().filter(fate -> fate.effect() == effect).count();
        if (count > 0) {
            parts.add(count + " " + (count == 1 ? one : many));
        }
    }
}
